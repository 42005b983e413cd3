package languages

import (
	"strconv"
	"strings"
)

// The words of Spanish for what one looks into.

func (es) WhatChecksSaw() string { return "Lo que vieron nuestras comprobaciones" }
func (es) UprightLine() string   { return "{} – {} · la línea vertical marca el inicio del fallo." }
func (es) RunTime() string       { return "duración de la ejecución" }
func (es) NoResults() string     { return "No hay resultados de ese momento." }
func (es) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": " + first + " (" + from + "), " + last + " (" + until + "), entre " + low + " y " + high
}

func (es) PastIncidents(product string) string { return "Incidentes anteriores de " + product + "." }
func (es) AllPostmortems() string              { return "Todos los análisis post mortem" }
func (es) NoneOnRecord() string                { return "No hay ningún incidente registrado." }
func (es) OtherMonths() string                 { return "Otros meses" }
func (es) OlderIncidents() string              { return "Incidentes anteriores" }
func (es) NewerIncidents() string              { return "Incidentes más recientes" }
func (es) Component() string                   { return "Componente" }
func (es) All() string                         { return "Todos" }
func (es) AtLeast() string                     { return "Como mínimo" }
func (es) AnyImpact() string                   { return "Cualquier impacto" }
func (es) WithPostmortem() string              { return "Con análisis post mortem" }
func (es) Show() string                        { return "Mostrar" }
func (es) ShowAll() string                     { return "Mostrar todo" }
func (es) NoSuchIncident() string              { return "Ningún incidente de este tipo." }
func (es) NoIncident() string                  { return "Ningún incidente." }

func (es) NoCheck() string {
	return "Ninguna comprobación vigila este componente: lo que figura aquí lo publicaron personas."
}
func (es) UptimeOver(span string) string { return "Disponibilidad en " + span }
func (es) Calendar() string              { return "Calendario" }
func (es) MonthsAndComponents() string   { return "Otros meses y componentes" }
func (es) Incidents() string             { return "Incidentes" }
func (es) NoneInYear() string {
	return "Ninguno en el último año o desde que este componente figura en la página."
}
func (es) FollowIt() string             { return "Seguir este componente" }
func (es) Badge() string                { return "Insignia" }
func (es) UptimeIn(month string) string { return "Disponibilidad en " + month }
func (es) UptimeOfIn(product, month string) string {
	return "Disponibilidad de " + product + " en " + month + "."
}
func (es) MonthBefore() string { return "Mes anterior" }
func (es) MonthAfter() string  { return "Mes siguiente" }
func (es) NoComponent() string { return "No hay ningún componente en esta página." }
func (es) ChooseDay() string   { return "Cada día es un día en UTC. Elija uno para ver qué ocurrió." }

func (es) DayIsUTC() string  { return "Cada día es un día en UTC, de medianoche a medianoche." }
func (es) DayBefore() string { return "Día anterior" }
func (es) DayAfter() string  { return "Día siguiente" }

func (es) UptimeOf(name string) string          { return "Disponibilidad de " + name }
func (es) HowItCame(uptime, span string) string { return uptime + " en " + span + ": cómo se calcula" }
func (es) SecondsCounted() string               { return "Segundos contados" }
func (es) Time() string                         { return "Tiempo" }
func (es) Seconds() string                      { return "Segundos" }
func (es) CountsAsDown() string                 { return "Cuenta como caída" }
func (es) AllTime() string                      { return "Total" }
func (es) NotSeenLeftOut() string               { return "No observado: excluido" }
func (es) SeenCounted() string                  { return "Observado: contado" }
func (es) OfItMajor() string                    { return "de ello, interrupción grave" }
func (es) OfItPartial() string                  { return "de ello, interrupción parcial" }
func (es) OfItDegraded() string                 { return "de ello, rendimiento degradado" }
func (es) OfItMaintenance() string              { return "de ello, mantenimiento" }
func (es) InFull() string                       { return "por completo" }
func (es) ForShare(percent string) string       { return "en un " + percent }
func (es) No() string                           { return "no" }
func (es) TheRule() string                      { return "La regla" }
func (es) RuleFormula(weight string) string {
	return "La disponibilidad es 1 − (interrupción grave + " + weight + " × interrupción parcial) ÷ tiempo observado. Es el cálculo que publicó Statuspage."
}
func (es) RuleOverlap() string {
	return "Cuando los incidentes se solapan, cada segundo cuenta una sola vez, como el peor de ellos."
}
func (es) RuleBegins() string {
	return "Una interrupción empieza con la primera comprobación fallida, no cuando se confirma o se comunica."
}
func (es) RuleSeen() string {
	return "El tiempo está observado cuando las comprobaciones dieron un resultado: de cada día, la parte correspondiente de las ejecuciones previstas. Las ejecuciones sin resultado y las que no llegaron no están observadas. Tampoco lo están los días anteriores a la primera ejecución."
}
func (es) RuleUnwatched() string {
	return "Ninguna comprobación vigila este componente. El tiempo desde que figura en la página cuenta como observado, y lo que publicaron personas es lo que se observó."
}
func (es) RuleNotSeen() string {
	return "Lo que no se observó no cuenta ni como disponible ni como caído. Una interrupción que relata un incidente siempre se cuenta."
}
func (es) RuleRounds() string {
	return "La página redondea hacia abajo, para que nunca se diga 100 % de algo menor."
}
func (es) IncidentsInDays() string { return "Incidentes en estos días" }
func (es) NothingKnown() string    { return "No se sabe nada de ellos." }

func (es) WhatWeLearned(product string) string {
	return "Lo que aprendimos de los incidentes de " + product + "."
}
func (es) WhatHappened() string { return "Qué ocurrió, por qué y qué evita que vuelva a ocurrir." }
func (es) Published() string    { return "publicado: {}" }
func (es) Changed() string      { return "modificado: {}" }
func (es) Search() string       { return "Búsqueda" }
func (es) Find() string         { return "Buscar" }
func (es) NoneYet() string      { return "Aún no se ha publicado ninguno." }
func (es) NoneHasWords() string {
	return "Ninguno contiene todas esas palabras. Pruebe con menos, o con parte de una."
}

func (es) WhatWeDo() string { return "Qué estamos haciendo al respecto" }
func (es) DoneOf(done, all int) string {
	return strconv.Itoa(done) + " de " + strconv.Itoa(all) + " completadas"
}
func (es) DoneOn() string                { return "Completado el {}" }
func (es) DroppedOn() string             { return "Descartado el {}" }
func (es) DueOn(date string) string      { return "Fecha límite: " + date }
func (es) DueNotDone(date string) string { return "Fecha límite: " + date + ", aún sin completar" }
func (es) NotDoneYet() string            { return "Aún sin completar" }
func (es) WatchedSince() string          { return "Vigilado por una comprobación desde el {}" }
func (es) FailingSince() string          { return "no se cumple desde el {}" }
func (es) CheckRemoved() string          { return "la comprobación se eliminó y nunca informó" }
func (es) CheckRemovedOn() string {
	return "la comprobación se eliminó; informó por última vez el {}"
}
func (es) NotReportedYet() string        { return "todavía no ha informado" }
func (es) NotReportedSince() string      { return "no informa desde el {}" }
func (es) HoldsAgain(date string) string { return "se cumple de nuevo; falló el " + date }
func (es) Holding() string               { return "se cumple" }
func (es) HeldOf(percent, checks string) string {
	return percent + " de " + checks + " comprobaciones correctas"
}

func (es) CorrectedTimes() string          { return "Horas corregidas" }
func (es) CorrectedOn() string             { return "Corregido el {}" }
func (es) Was() string                     { return "antes: {}" }
func (es) NoImpact() string                { return "sin impacto" }
func (es) ImpactFrom(status string) string { return strings.ToLower(status) + " desde: {}" }
func (es) ImpactFromUntil(status, span string) string {
	return strings.ToLower(status) + ", {} – {} (" + span + ")"
}
func (es) EditedOn() string                 { return "Editado: {} · texto anterior" }
func (es) CorrectedInDays() string          { return "Correcciones en estos días" }
func (es) BeforeCorrections() string        { return "Antes de las correcciones era {}:" }
func (es) OfItCorrected(span string) string { return "De ello, corregido por personas: " + span }
func (es) CorrectedByPeople() string        { return "Corregido por personas" }
func (es) AsCorrected() string              { return "según la corrección" }
func (es) RuleCorrected() string {
	return "Cuando las personas comprobaron que las horas de un incidente eran erróneas, las corrigieron: cuenta lo correcto, y lo que se comunicó puede seguir leyéndose."
}

func (es) HowFast() string        { return "Tiempos de respuesta" }
func (es) MeasuredAround() string { return "Mediciones en torno al incidente" }
func (es) AroundIncident(list string) string {
	return "Desde una hora antes hasta una hora después: " + list + "."
}
func (es) Measured(name, value string) string { return value + " (" + name + ")" }
func (es) NothingMeasured() string            { return "no se midió nada" }
func (es) ChartsHowFar() string               { return "Periodo de los gráficos" }
func (es) NothingToDraw() string              { return "Todavía no hay nada que mostrar." }
func (es) Figures() string                    { return "Cifras" }
func (es) Incident() string                   { return "Incidente" }
func (es) ChartsExplained(zone string) string {
	return "La mitad de las mediciones no supera la mediana, y 95 de cada 100 no superan el percentil 95, con un margen del 2 %. Donde falta la línea, no se ejecutó ninguna comprobación o ninguna obtuvo respuesta. Las zonas sombreadas son incidentes. Las horas bajo un gráfico están en " + zone + "."
}
func (es) Percentile(p int) string { return percentile(p, "mediana", "máximo", "percentil {0}") }
