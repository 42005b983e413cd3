package languages

import "strconv"

// ptBR is the Portuguese of Brazil.
type ptBR struct{ two }

func (ptBR) Skip() string        { return "Ir para o conteúdo" }
func (ptBR) Pages() string       { return "Páginas" }
func (ptBR) History() string     { return "Histórico" }
func (ptBR) Uptime() string      { return "Disponibilidade" }
func (ptBR) Postmortems() string { return "Post-mortems" }
func (ptBR) Languages() string   { return "Idioma" }
func (ptBR) HowBars() string {
	return "Cada barra é um dia em UTC. A disponibilidade se refere ao tempo observado; cada porcentagem leva ao seu cálculo."
}
func (ptBR) PageOf() string             { return "Página atualizada: {}" }
func (ptBR) TimesIn(zone string) string { return "Os horários estão em " + zone + "." }
func (ptBR) PoweredBy() string          { return "Desenvolvido com Candor" }
func (ptBR) Colon() string              { return ": " }
func (ptBR) Semicolon() string          { return "; " }
func (ptBR) Stop() string               { return "." }

func (ptBR) YourZone() string { return "Os horários estão no seu fuso horário ({})." }
func (ptBR) Due() string      { return "a qualquer momento" }
func (ptBR) Late() string     { return "{} de atraso" }
func (ptBR) For() string      { return "{}" }
func (ptBR) Close() string    { return "Fechar" }

func (ptBR) Works(product string) Sentence {
	return Sentence{"Tudo em " + product + " ", "está funcionando", "."}
}
func (ptBR) WorksAgain(product string) Sentence {
	return Sentence{"Tudo em " + product + " ", "voltou a funcionar", ". Continuamos de olho."}
}
func (ptBR) NotWorking(product string) Sentence {
	return Sentence{product + " ", "não está funcionando", "."}
}
func (ptBR) AllTroubled(product string) Sentence {
	return Sentence{"Todas as partes de " + product + " ", "estão com problemas", "."}
}
func (ptBR) SomeNotWorking(product string) Sentence {
	return Sentence{"Uma parte de " + product + " ", "não está funcionando", "."}
}
func (ptBR) SomeSlow(product string) Sentence {
	return Sentence{"Uma parte de " + product + " ", "está funcionando pior que o normal", "."}
}
func (ptBR) SomeMaintained(product string) Sentence {
	return Sentence{"Uma parte de " + product + " está ", "em manutenção", "."}
}
func (ptBR) AllMaintained(product string) Sentence {
	return Sentence{product + " está ", "em manutenção", "."}
}
func (ptBR) LookingInto(product string) Sentence {
	return Sentence{"Estamos investigando ", "um problema", " com " + product + "."}
}
func (ptBR) CannotSee(product string) Sentence {
	return Sentence{"No momento ", "não conseguimos ver", " se " + product + " está funcionando."}
}
func (ptBR) AreAffected(names string, n int) string   { return "Com problemas: " + names + "." }
func (ptBR) AreMaintained(names string, n int) string { return "Em manutenção: " + names + "." }
func (w ptBR) AreWorking(names string, n int) string {
	return w.count(n, "Funciona: ", "Funcionam: ") + names + "."
}
func (ptBR) AreUnseen(names string, n int) string {
	return "Não é possível ver agora: " + names + "."
}
func (ptBR) ChecksSilent() string {
	return "Nossas verificações não informam nada há algum tempo. O que aparece abaixo é o último estado conhecido."
}
func (ptBR) ChecksNotYet() string {
	return "Nossas verificações acabaram de começar. Volte daqui a pouco."
}
func (ptBR) ChecksMiss(names string) string {
	return "Nossas verificações não conseguem ver: " + names + ". O restante funciona."
}
func (ptBR) Checked() string            { return "Verificado {}." }
func (ptBR) AtTime(clock string) string { return "às " + clock }
func (ptBR) LookAgain() string          { return "Verificar novamente" }

func (ptBR) Operational() string         { return "Operacional" }
func (ptBR) UnderMaintenance() string    { return "Em manutenção" }
func (ptBR) DegradedPerformance() string { return "Desempenho degradado" }
func (ptBR) PartialOutage() string       { return "Interrupção parcial" }
func (ptBR) MajorOutage() string         { return "Interrupção grave" }
func (ptBR) NotKnown() string            { return "Desconhecido no momento" }
func (ptBR) NoTrouble() string           { return "Sem problemas" }
func (ptBR) Maintenance() string         { return "Manutenção" }
func (ptBR) NoData() string              { return "Sem dados" }
func (ptBR) NotSeen() string             { return "Não observado" }
func (ptBR) Investigating() string       { return "Investigando" }
func (ptBR) Identified() string          { return "Identificado" }
func (ptBR) Monitoring() string          { return "Monitorando" }
func (ptBR) Resolved() string            { return "Resolvido" }
func (ptBR) Scheduled() string           { return "Agendada" }
func (ptBR) InProgress() string          { return "Em andamento" }
func (ptBR) Verifying() string           { return "Em verificação" }
func (ptBR) Completed() string           { return "Concluída" }
func (ptBR) Cancelled() string           { return "Cancelada" }
func (ptBR) Update() string              { return "Atualização" }

func (ptBR) DaysMean() string                  { return "O que os dias significam" }
func (ptBR) HowFarBack() string                { return "Período exibido" }
func (ptBR) DaysLabel() string                 { return "Dias" }
func (ptBR) Components() string                { return "Componentes" }
func (w ptBR) DaysAgo(n int) string            { return w.count(n, "há {0} dia", "há {0} dias") }
func (ptBR) Today() string                     { return "hoje" }
func (ptBR) UptimeIs(percent string) string    { return percent + " de disponibilidade" }
func (ptBR) NoDataYet() string                 { return "ainda sem dados" }
func (ptBR) Seen(percent string) string        { return percent + " observado" }
func (ptBR) LastDays(span, list string) string { return "Em " + span + ": " + list + "." }
func (ptBR) EarlierToday() string              { return "Hoje, mais cedo" }
func (ptBR) BeforeToday() string               { return "Antes de hoje" }
func (ptBR) NoIncidentSince(date string) string {
	return "Nenhum incidente desde que esta página começou, em " + date + "."
}
func (ptBR) NoOtherIncidentSince(date string) string {
	return "Nenhum outro incidente desde que esta página começou, em " + date + "."
}
func (ptBR) NoIncidentIn(span string) string { return "Nenhum incidente nos últimos " + span + "." }
func (ptBR) NoOtherIncidentIn(span string) string {
	return "Nenhum outro incidente nos últimos " + span + "."
}
func (w ptBR) MonthHad(n int) string   { return w.count(n, "{}: {0} incidente.", "{}: {0} incidentes.") }
func (ptBR) OpenSince() string         { return "aberto desde: {}" }
func (ptBR) Lasted(span string) string { return "duração: " + span }
func (ptBR) Postmortem() string        { return "Post-mortem" }
func (w ptBR) Others(names string, n int) string {
	return names + w.count(n, " e mais {0}", " e mais {0}")
}

func (ptBR) Started() string                  { return "Início: {}" }
func (ptBR) NoticedIn(span string) string     { return "detectado pelas nossas verificações em " + span }
func (ptBR) Steps() string                    { return "Etapas" }
func (ptBR) NoLonger() string                 { return "(não mais)" }
func (ptBR) MayNotice() string                { return "O que você pode notar" }
func (ptBR) MayHaveNoticed() string           { return "O que você pode ter notado" }
func (ptBR) NextUpdateBy() string             { return "Próxima atualização até: {}" }
func (ptBR) Affects(names string) string      { return "afetado: " + names }
func (ptBR) ThisAffected(names string) string { return "Este incidente afetou: " + names + "." }
func (ptBR) Timeline() string                 { return "Linha do tempo" }
func (ptBR) NoticedAfter() string             { return "Detectado após" }
func (ptBR) ToldAfter() string                { return "Comunicado após" }
func (ptBR) Open() string                     { return "Aberto" }
func (ptBR) SinceTime(clock string) string    { return "desde " + clock }
func (ptBR) FixedAfter() string               { return "Resolvido após" }
func (ptBR) UpdatesOnTime() string            { return "Atualizações no prazo" }
func (ptBR) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " de " + strconv.Itoa(due) }
func (ptBR) PostedAutomatically() string      { return "Publicado automaticamente" }
func (ptBR) ResolvedAfter(span string) string { return "Resolvido após " + span }
func (ptBR) NewUpdate(title, status string) string {
	return "Nova atualização: " + title + ", " + status + "."
}
func (ptBR) NewUpdateAgain(title string) string { return "Nova atualização: " + title + "." }
func (ptBR) NewPostmortem(title string) string  { return "Novo post-mortem: " + title + "." }

func (ptBR) PlannedMaintenance() string   { return "Manutenção programada" }
func (ptBR) CancelledMaintenance() string { return "Manutenção cancelada" }
func (ptBR) MaintainedSince() string      { return "Manutenção programada, início: {}" }
func (ptBR) PlannedEnd() string           { return "Término previsto: {}" }
func (ptBR) PlannedFor() string           { return "programada para: {}" }
func (ptBR) FromUntil() string            { return "{} – {}" }
func (ptBR) Planned() string              { return "Programada: {} – {}" }
func (ptBR) NowPlanned() string           { return "Novo horário: {} – {}" }
func (ptBR) Describe(status, from, until string) string {
	return "Manutenção, " + status + ". Início: " + from + ". Término: " + until + "."
}
func (ptBR) WillAffect(names string) string      { return "afeta: " + names }
func (ptBR) ThisMaintenance(names string) string { return "Esta manutenção afeta: " + names + "." }
func (ptBR) CompletedAfter(span string) string   { return "Concluída após " + span }
func (ptBR) AddToCalendar() string               { return "Adicionar ao seu calendário" }
func (ptBR) MaintenanceCalendar() string         { return "As manutenções como um calendário para assinar" }

func (ptBR) StatusSince(status string) string { return status + " desde: {}" }
func (w ptBR) MoreNotices(n int) string       { return w.count(n, "e mais {0} aviso", "e mais {0} avisos") }
func (ptBR) More() string                     { return "Mais" }
func (ptBR) Dismiss() string                  { return "Fechar este aviso" }

func (ptBR) PrivatePage() string   { return "Página privada" }
func (ptBR) PageIsPrivate() string { return "Esta página é privada" }
func (ptBR) Password() string      { return "Senha" }
func (ptBR) OpenThePage() string   { return "Abrir a página" }
func (ptBR) OpenByLink() string {
	return "Abra-a com o link que você recebeu ou a partir da rede à qual ela se destina."
}
func (ptBR) SignInAsResponder() string { return "Entrar como responsável" }
func (ptBR) LinkExpired() string       { return "Esse link expirou ou está incompleto. Peça um novo." }
func (ptBR) WrongPassword() string     { return "Essa não é a senha desta página. Tente novamente." }
func (ptBR) DidNotWork() string        { return "Isso não funcionou." }

func (ptBR) ToStatusPage() string { return "Ir para a página de status" }
func (ptBR) AskUs() string {
	return "Se nos perguntar sobre isto, informe o número da solicitação: {}"
}
func (ptBR) NotFound() string { return "Esta página não existe" }
func (ptBR) NotFoundText() string {
	return "O endereço pode estar incorreto, ou o que havia aqui não existe mais."
}
func (ptBR) Gone() string { return "Isto não está mais na página" }
func (ptBR) GoneText() string {
	return "O que havia aqui foi retirado da página. Os incidentes continuam no histórico."
}
func (ptBR) NotAllowed() string     { return "Esta página não é usada assim" }
func (ptBR) NotAllowedText() string { return "Abra-a a partir da página que leva a ela." }
func (ptBR) Forbidden() string      { return "Não permitido" }
func (ptBR) ForbiddenText() string {
	return "A solicitação veio de outro site, ou sua conta não pode fazer isto."
}
func (ptBR) TooLarge() string { return "Grande demais" }
func (ptBR) TooLargeText(most string) string {
	return "O que você enviou é maior que " + most + ". Encurte e envie novamente."
}
func (ptBR) TooMany() string     { return "Solicitações demais" }
func (ptBR) TooManyText() string { return "Aguarde um minuto e tente novamente." }
func (ptBR) NotReady() string    { return "A página ainda não está pronta" }
func (ptBR) NotReadyText() string {
	return "O servidor acabou de iniciar. Tente novamente em alguns segundos. Isto nada diz sobre o que a página acompanha."
}
func (ptBR) BadRequest() string     { return "Não foi possível entender a solicitação" }
func (ptBR) BadRequestText() string { return "Volte e tente novamente." }
func (ptBR) Failed() string         { return "Algo falhou do nosso lado" }
func (ptBR) FailedText() string {
	return "A falha foi registrada. Isto nada diz sobre o que a página acompanha: a própria página de status talvez ainda possa ser lida."
}
