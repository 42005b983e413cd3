package languages

import "strconv"

// es is Spanish.
type es struct{ two }

func (es) Skip() string        { return "Ir al contenido" }
func (es) Pages() string       { return "Páginas" }
func (es) History() string     { return "Historial" }
func (es) Uptime() string      { return "Disponibilidad" }
func (es) Postmortems() string { return "Análisis post mortem" }
func (es) Languages() string   { return "Idioma" }
func (es) HowBars() string {
	return "Cada barra es un día en UTC. La disponibilidad se refiere al tiempo observado; cada porcentaje lleva a su cálculo."
}
func (es) PageOf() string             { return "Página actualizada: {}" }
func (es) TimesIn(zone string) string { return "Las horas están en " + zone + "." }
func (es) PoweredBy() string          { return "Con la tecnología de Candor" }
func (es) Colon() string              { return ": " }
func (es) Semicolon() string          { return "; " }
func (es) Stop() string               { return "." }

func (es) YourZone() string { return "Las horas están en su zona horaria ({})." }
func (es) Due() string      { return "en cualquier momento" }
func (es) Late() string     { return "{} de retraso" }
func (es) For() string      { return "{}" }
func (es) Close() string    { return "Cerrar" }

func (es) Works(product string) Sentence { return Sentence{"Todo " + product + " ", "funciona", "."} }
func (es) WorksAgain(product string) Sentence {
	return Sentence{"Todo " + product + " ", "vuelve a funcionar", ". Seguimos atentos."}
}
func (es) NotWorking(product string) Sentence { return Sentence{product + " ", "no funciona", "."} }
func (es) AllTroubled(product string) Sentence {
	return Sentence{"Todas las partes de " + product + " ", "tienen problemas", "."}
}
func (es) SomeNotWorking(product string) Sentence {
	return Sentence{"Una parte de " + product + " ", "no funciona", "."}
}
func (es) SomeSlow(product string) Sentence {
	return Sentence{"Una parte de " + product + " ", "funciona peor de lo habitual", "."}
}
func (es) SomeMaintained(product string) Sentence {
	return Sentence{"Una parte de " + product + " está ", "en mantenimiento", "."}
}
func (es) AllMaintained(product string) Sentence {
	return Sentence{product + " está ", "en mantenimiento", "."}
}
func (es) LookingInto(product string) Sentence {
	return Sentence{"Estamos investigando ", "un problema", " con " + product + "."}
}
func (es) CannotSee(product string) Sentence {
	return Sentence{"En este momento ", "no podemos ver", " si " + product + " funciona."}
}
func (es) AreAffected(names string, n int) string   { return "Con problemas: " + names + "." }
func (es) AreMaintained(names string, n int) string { return "En mantenimiento: " + names + "." }
func (w es) AreWorking(names string, n int) string {
	return w.count(n, "Funciona: ", "Funcionan: ") + names + "."
}
func (es) AreUnseen(names string, n int) string { return "No se puede ver ahora: " + names + "." }
func (es) ChecksSilent() string {
	return "Nuestras comprobaciones llevan un tiempo sin informar. Lo que figura abajo es lo último que supimos."
}
func (es) ChecksNotYet() string {
	return "Nuestras comprobaciones acaban de empezar. Vuelva a mirar dentro de un momento."
}
func (es) ChecksMiss(names string) string {
	return "Nuestras comprobaciones no pueden ver: " + names + ". El resto funciona."
}
func (es) Checked() string            { return "Comprobado {}." }
func (es) AtTime(clock string) string { return "a las " + clock }
func (es) LookAgain() string          { return "Volver a comprobar" }

func (es) Operational() string         { return "Operativo" }
func (es) UnderMaintenance() string    { return "En mantenimiento" }
func (es) DegradedPerformance() string { return "Rendimiento degradado" }
func (es) PartialOutage() string       { return "Interrupción parcial" }
func (es) MajorOutage() string         { return "Interrupción grave" }
func (es) NotKnown() string            { return "Desconocido por ahora" }
func (es) NoTrouble() string           { return "Sin problemas" }
func (es) Maintenance() string         { return "Mantenimiento" }
func (es) NoData() string              { return "Sin datos" }
func (es) NotSeen() string             { return "No observado" }
func (es) Investigating() string       { return "Investigando" }
func (es) Identified() string          { return "Identificado" }
func (es) Monitoring() string          { return "En observación" }
func (es) Resolved() string            { return "Resuelto" }
func (es) Scheduled() string           { return "Programado" }
func (es) InProgress() string          { return "En curso" }
func (es) Verifying() string           { return "En verificación" }
func (es) Completed() string           { return "Completado" }
func (es) Cancelled() string           { return "Cancelado" }
func (es) Update() string              { return "Actualización" }

func (es) DaysMean() string                  { return "Qué significan los días" }
func (es) HowFarBack() string                { return "Periodo mostrado" }
func (es) DaysLabel() string                 { return "Días" }
func (es) Components() string                { return "Componentes" }
func (w es) DaysAgo(n int) string            { return w.count(n, "hace {0} día", "hace {0} días") }
func (es) Today() string                     { return "hoy" }
func (es) UptimeIs(percent string) string    { return percent + " de disponibilidad" }
func (es) NoDataYet() string                 { return "aún no hay datos" }
func (es) Seen(percent string) string        { return percent + " observado" }
func (es) LastDays(span, list string) string { return "En " + span + ": " + list + "." }
func (es) EarlierToday() string              { return "Hoy, más temprano" }
func (es) BeforeToday() string               { return "Antes de hoy" }
func (es) NoIncidentSince(date string) string {
	return "Ningún incidente desde que se creó esta página el " + date + "."
}
func (es) NoOtherIncidentSince(date string) string {
	return "Ningún otro incidente desde que se creó esta página el " + date + "."
}
func (es) NoIncidentIn(span string) string { return "Ningún incidente en los últimos " + span + "." }
func (es) NoOtherIncidentIn(span string) string {
	return "Ningún otro incidente en los últimos " + span + "."
}
func (w es) MonthHad(n int) string   { return w.count(n, "{}: {0} incidente.", "{}: {0} incidentes.") }
func (es) OpenSince() string         { return "abierto desde: {}" }
func (es) Lasted(span string) string { return "duración: " + span }
func (es) Postmortem() string        { return "Análisis post mortem" }
func (w es) Others(names string, n int) string {
	return names + w.count(n, " y {0} más", " y {0} más")
}

func (es) Started() string                  { return "Inicio: {}" }
func (es) NoticedIn(span string) string     { return "detectado por nuestras comprobaciones en " + span }
func (es) Steps() string                    { return "Etapas" }
func (es) NoLonger() string                 { return "(ya no)" }
func (es) MayNotice() string                { return "Lo que puede notar" }
func (es) MayHaveNoticed() string           { return "Lo que pudo haber notado" }
func (es) NextUpdateBy() string             { return "Próxima actualización, a más tardar: {}" }
func (es) Affects(names string) string      { return "afectado: " + names }
func (es) ThisAffected(names string) string { return "Este incidente afectó a: " + names + "." }
func (es) Timeline() string                 { return "Cronología" }
func (es) NoticedAfter() string             { return "Detectado tras" }
func (es) ToldAfter() string                { return "Comunicado tras" }
func (es) Open() string                     { return "Abierto" }
func (es) SinceTime(clock string) string    { return "desde las " + clock }
func (es) FixedAfter() string               { return "Resuelto tras" }
func (es) UpdatesOnTime() string            { return "Actualizaciones a tiempo" }
func (es) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " de " + strconv.Itoa(due) }
func (es) PostedAutomatically() string      { return "Publicado automáticamente" }
func (es) ResolvedAfter(span string) string { return "Resuelto tras " + span }
func (es) NewUpdate(title, status string) string {
	return "Nueva actualización: " + title + ", " + status + "."
}
func (es) NewUpdateAgain(title string) string { return "Nueva actualización: " + title + "." }
func (es) NewPostmortem(title string) string  { return "Nuevo análisis post mortem: " + title + "." }

func (es) PlannedMaintenance() string   { return "Mantenimiento programado" }
func (es) CancelledMaintenance() string { return "Mantenimiento cancelado" }
func (es) MaintainedSince() string      { return "Mantenimiento programado, inicio: {}" }
func (es) PlannedEnd() string           { return "Fin previsto: {}" }
func (es) PlannedFor() string           { return "programado para: {}" }
func (es) FromUntil() string            { return "{} – {}" }
func (es) Planned() string              { return "Programado: {} – {}" }
func (es) NowPlanned() string           { return "Nuevo horario: {} – {}" }
func (es) Describe(status, from, until string) string {
	return "Mantenimiento, " + status + ". Inicio: " + from + ". Fin: " + until + "."
}
func (es) WillAffect(names string) string      { return "afecta a: " + names }
func (es) ThisMaintenance(names string) string { return "Este mantenimiento afecta a: " + names + "." }
func (es) CompletedAfter(span string) string   { return "Completado tras " + span }
func (es) AddToCalendar() string               { return "Añadir a su calendario" }
func (es) MaintenanceCalendar() string         { return "El mantenimiento como calendario al que suscribirse" }

func (es) StatusSince(status string) string { return status + " desde: {}" }
func (w es) MoreNotices(n int) string       { return w.count(n, "y {0} aviso más", "y {0} avisos más") }
func (es) More() string                     { return "Más" }
func (es) Dismiss() string                  { return "Cerrar este aviso" }

func (es) PrivatePage() string   { return "Página privada" }
func (es) PageIsPrivate() string { return "Esta página es privada" }
func (es) Password() string      { return "Contraseña" }
func (es) OpenThePage() string   { return "Abrir la página" }
func (es) OpenByLink() string {
	return "Ábrala con el enlace que le dieron o desde la red a la que está destinada."
}
func (es) SignInAsResponder() string { return "Iniciar sesión como responsable" }
func (es) LinkExpired() string       { return "Ese enlace ha caducado o está incompleto. Pida uno nuevo." }
func (es) WrongPassword() string {
	return "Esa no es la contraseña de esta página. Inténtelo de nuevo."
}
func (es) DidNotWork() string { return "No ha funcionado." }

func (es) ToStatusPage() string { return "Ir a la página de estado" }
func (es) AskUs() string {
	return "Si nos consulta sobre esto, indíquenos el número de la solicitud: {}"
}
func (es) NotFound() string { return "Esta página no existe" }
func (es) NotFoundText() string {
	return "Puede que la dirección esté mal escrita o que lo que había aquí ya no exista."
}
func (es) Gone() string { return "Esto ya no está en la página" }
func (es) GoneText() string {
	return "Lo que había aquí se retiró de la página. Sus incidentes siguen en el historial."
}
func (es) NotAllowed() string     { return "Esta página no se usa así" }
func (es) NotAllowedText() string { return "Ábrala desde la página que enlaza a ella." }
func (es) Forbidden() string      { return "No permitido" }
func (es) ForbiddenText() string {
	return "La solicitud vino de otro sitio, o su cuenta no tiene permiso para esto."
}
func (es) TooLarge() string { return "Demasiado de una vez" }
func (es) TooLargeText(most string) string {
	return "Lo que envió supera " + most + ". Acórtelo y envíelo de nuevo."
}
func (es) TooMany() string     { return "Demasiadas solicitudes" }
func (es) TooManyText() string { return "Espere un minuto e inténtelo de nuevo." }
func (es) NotReady() string    { return "La página aún no está lista" }
func (es) NotReadyText() string {
	return "El servidor acaba de arrancar. Inténtelo de nuevo en unos segundos. Esto no dice nada de lo que la página vigila."
}
func (es) BadRequest() string     { return "No se pudo entender la solicitud" }
func (es) BadRequestText() string { return "Vuelva atrás e inténtelo de nuevo." }
func (es) Failed() string         { return "Algo falló por nuestra parte" }
func (es) FailedText() string {
	return "Ha quedado registrado. Esto no dice nada de lo que la página vigila: es posible que la página de estado se pueda seguir leyendo."
}
