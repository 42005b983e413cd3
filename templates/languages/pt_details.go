package languages

import (
	"strconv"
	"strings"
)

// The words of Portuguese for what one looks into.

func (ptBR) WhatChecksSaw() string { return "O que nossas verificações viram" }
func (ptBR) UprightLine() string   { return "{} – {} · a linha vertical marca o início da falha." }
func (ptBR) RunTime() string       { return "tempo de execução" }
func (ptBR) NoResults() string     { return "Não há resultados desse período." }
func (ptBR) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": " + first + " (" + from + "), " + last + " (" + until + "), entre " + low + " e " + high
}

func (ptBR) PastIncidents(product string) string { return "Incidentes anteriores de " + product + "." }
func (ptBR) AllPostmortems() string              { return "Todos os post-mortems" }
func (ptBR) NoneOnRecord() string                { return "Nenhum incidente registrado." }
func (ptBR) OtherMonths() string                 { return "Outros meses" }
func (ptBR) OlderIncidents() string              { return "Incidentes mais antigos" }
func (ptBR) NewerIncidents() string              { return "Incidentes mais recentes" }
func (ptBR) Component() string                   { return "Componente" }
func (ptBR) All() string                         { return "Todos" }
func (ptBR) AtLeast() string                     { return "No mínimo" }
func (ptBR) AnyImpact() string                   { return "Qualquer impacto" }
func (ptBR) WithPostmortem() string              { return "Com post-mortem" }
func (ptBR) Show() string                        { return "Mostrar" }
func (ptBR) ShowAll() string                     { return "Mostrar tudo" }
func (ptBR) NoSuchIncident() string              { return "Nenhum incidente desse tipo." }
func (ptBR) NoIncident() string                  { return "Nenhum incidente." }

func (ptBR) NoCheck() string {
	return "Nenhuma verificação acompanha este componente: o que aparece aqui foi publicado por pessoas."
}
func (ptBR) UptimeOver(span string) string { return "Disponibilidade em " + span }
func (ptBR) Calendar() string              { return "Calendário" }
func (ptBR) MonthsAndComponents() string   { return "Outros meses e componentes" }
func (ptBR) Incidents() string             { return "Incidentes" }
func (ptBR) NoneInYear() string {
	return "Nenhum no último ano ou desde que este componente está na página."
}
func (ptBR) FollowIt() string             { return "Acompanhar este componente" }
func (ptBR) Badge() string                { return "Selo" }
func (ptBR) UptimeIn(month string) string { return "Disponibilidade em " + month }
func (ptBR) UptimeOfIn(product, month string) string {
	return "Disponibilidade de " + product + " em " + month + "."
}
func (ptBR) MonthBefore() string { return "Mês anterior" }
func (ptBR) MonthAfter() string  { return "Mês seguinte" }
func (ptBR) NoComponent() string { return "Não há nenhum componente nesta página." }
func (ptBR) ChooseDay() string {
	return "Cada dia é um dia em UTC. Escolha um para ver o que aconteceu."
}

func (ptBR) DayIsUTC() string  { return "Cada dia é um dia em UTC, de meia-noite a meia-noite." }
func (ptBR) DayBefore() string { return "Dia anterior" }
func (ptBR) DayAfter() string  { return "Dia seguinte" }

func (ptBR) UptimeOf(name string) string { return "Disponibilidade de " + name }
func (ptBR) HowItCame(uptime, span string) string {
	return uptime + " em " + span + ": como foi calculado"
}
func (ptBR) SecondsCounted() string         { return "Segundos contados" }
func (ptBR) Time() string                   { return "Tempo" }
func (ptBR) Seconds() string                { return "Segundos" }
func (ptBR) CountsAsDown() string           { return "Conta como indisponível" }
func (ptBR) AllTime() string                { return "Total" }
func (ptBR) NotSeenLeftOut() string         { return "Não observado: excluído" }
func (ptBR) SeenCounted() string            { return "Observado: contado" }
func (ptBR) OfItMajor() string              { return "dos quais interrupção grave" }
func (ptBR) OfItPartial() string            { return "dos quais interrupção parcial" }
func (ptBR) OfItDegraded() string           { return "dos quais desempenho degradado" }
func (ptBR) OfItMaintenance() string        { return "dos quais manutenção" }
func (ptBR) InFull() string                 { return "por inteiro" }
func (ptBR) ForShare(percent string) string { return "em " + percent }
func (ptBR) No() string                     { return "não" }
func (ptBR) TheRule() string                { return "A regra" }
func (ptBR) RuleFormula(weight string) string {
	return "A disponibilidade é 1 − (interrupção grave + " + weight + " × interrupção parcial) ÷ tempo observado. É o cálculo que a Statuspage publicou."
}
func (ptBR) RuleOverlap() string {
	return "Quando incidentes se sobrepõem, cada segundo conta uma só vez, como o pior deles."
}
func (ptBR) RuleBegins() string {
	return "Uma interrupção começa na primeira verificação que falhou, não quando foi confirmada ou comunicada."
}
func (ptBR) RuleSeen() string {
	return "O tempo é observado quando as verificações deram algum resultado: de cada dia, a parte correspondente das execuções previstas. Execuções sem resultado e as que não ocorreram não são observadas. Os dias antes da primeira execução também não."
}
func (ptBR) RuleUnwatched() string {
	return "Nenhuma verificação acompanha este componente. O tempo desde que ele está na página conta como observado, e vale o que as pessoas publicaram."
}
func (ptBR) RuleNotSeen() string {
	return "O que não é observado não conta nem como disponível nem como indisponível. Uma interrupção relatada por um incidente é sempre contada."
}
func (ptBR) RuleRounds() string {
	return "A página arredonda para baixo, para que nunca se diga 100% de algo menor."
}
func (ptBR) IncidentsInDays() string { return "Incidentes nestes dias" }
func (ptBR) NothingKnown() string    { return "Nada se sabe sobre eles." }

func (ptBR) WhatWeLearned(product string) string {
	return "O que aprendemos com os incidentes de " + product + "."
}
func (ptBR) WhatHappened() string {
	return "O que aconteceu, por quê e o que impede que aconteça de novo."
}
func (ptBR) Published() string { return "publicado: {}" }
func (ptBR) Changed() string   { return "alterado: {}" }
func (ptBR) Search() string    { return "Pesquisa" }
func (ptBR) Find() string      { return "Pesquisar" }
func (ptBR) NoneYet() string   { return "Nenhum foi publicado ainda." }
func (ptBR) NoneHasWords() string {
	return "Nenhum contém todas essas palavras. Tente menos palavras ou parte de uma."
}

func (ptBR) WhatWeDo() string { return "O que estamos fazendo a respeito" }
func (ptBR) DoneOf(done, all int) string {
	return strconv.Itoa(done) + " de " + strconv.Itoa(all) + " concluídas"
}
func (ptBR) DoneOn() string                { return "Concluído em {}" }
func (ptBR) DroppedOn() string             { return "Descartado em {}" }
func (ptBR) DueOn(date string) string      { return "Prazo: " + date }
func (ptBR) DueNotDone(date string) string { return "Prazo: " + date + ", ainda não concluído" }
func (ptBR) NotDoneYet() string            { return "Ainda não concluído" }
func (ptBR) WatchedSince() string          { return "Acompanhado por uma verificação desde {}" }
func (ptBR) FailingSince() string          { return "não se cumpre desde {}" }
func (ptBR) CheckRemoved() string          { return "a verificação foi removida e nunca informou nada" }
func (ptBR) CheckRemovedOn() string        { return "a verificação foi removida; último resultado em {}" }
func (ptBR) NotReportedYet() string        { return "ela ainda não informou nada" }
func (ptBR) NotReportedSince() string      { return "sem resultados desde {}" }
func (ptBR) HoldsAgain(date string) string { return "volta a se cumprir; falhou em " + date }
func (ptBR) Holding() string               { return "se cumpre" }
func (ptBR) HeldOf(percent, checks string) string {
	return percent + " de " + checks + " verificações bem-sucedidas"
}

func (ptBR) CorrectedTimes() string          { return "Horários corrigidos" }
func (ptBR) CorrectedOn() string             { return "Corrigido em {}" }
func (ptBR) Was() string                     { return "antes: {}" }
func (ptBR) NoImpact() string                { return "sem impacto" }
func (ptBR) ImpactFrom(status string) string { return strings.ToLower(status) + " desde {}" }
func (ptBR) ImpactFromUntil(status, span string) string {
	return strings.ToLower(status) + ", {} – {} (" + span + ")"
}
func (ptBR) EditedOn() string                 { return "Editado: {} · texto anterior" }
func (ptBR) CorrectedInDays() string          { return "Correções nestes dias" }
func (ptBR) BeforeCorrections() string        { return "Antes das correções era {}:" }
func (ptBR) OfItCorrected(span string) string { return "Dos quais corrigidos por pessoas: " + span }
func (ptBR) CorrectedByPeople() string        { return "Corrigido por pessoas" }
func (ptBR) AsCorrected() string              { return "conforme a correção" }
func (ptBR) RuleCorrected() string {
	return "Quando pessoas constataram que os horários de um incidente estavam errados, elas os corrigiram: vale o que está certo, e o que foi comunicado continua disponível para leitura."
}

func (ptBR) HowFast() string        { return "Tempos de resposta" }
func (ptBR) MeasuredAround() string { return "Medições em torno do incidente" }
func (ptBR) AroundIncident(list string) string {
	return "De uma hora antes até uma hora depois: " + list + "."
}
func (ptBR) Measured(name, value string) string { return value + " (" + name + ")" }
func (ptBR) NothingMeasured() string            { return "nada foi medido" }
func (ptBR) ChartsHowFar() string               { return "Período dos gráficos" }
func (ptBR) NothingToDraw() string              { return "Ainda não há nada para mostrar." }
func (ptBR) Figures() string                    { return "Valores" }
func (ptBR) Incident() string                   { return "Incidente" }
func (ptBR) ChartsExplained(zone string) string {
	return "Metade das medições fica na mediana ou abaixo dela, e 95 de cada 100 no percentil 95 ou abaixo dele, com margem de 2%. Onde falta a linha, nenhuma verificação foi executada ou nenhuma obteve resposta. Os períodos sombreados são incidentes. Os horários abaixo de um gráfico estão em " + zone + "."
}
func (ptBR) Percentile(p int) string { return percentile(p, "mediana", "máximo", "percentil {0}") }
