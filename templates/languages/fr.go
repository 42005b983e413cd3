package languages

import "strconv"

// fr is French.
type fr struct{ two }

func (fr) Skip() string        { return "Aller au contenu" }
func (fr) Pages() string       { return "Pages" }
func (fr) History() string     { return "Historique" }
func (fr) Uptime() string      { return "Disponibilité" }
func (fr) Postmortems() string { return "Post-mortems" }
func (fr) Languages() string   { return "Langue" }
func (fr) HowBars() string {
	return "Une barre représente un jour en UTC. La disponibilité porte sur le temps observé\u00a0; chaque pourcentage mène à son calcul."
}
func (fr) PageOf() string             { return "Page à jour au {}" }
func (fr) TimesIn(zone string) string { return "Heures affichées\u00a0: " + zone + "." }
func (fr) PoweredBy() string          { return "Propulsé par Candor" }
func (fr) Colon() string              { return "\u00a0: " }
func (fr) Semicolon() string          { return "\u00a0; " }
func (fr) Stop() string               { return "." }

func (fr) YourZone() string { return "Heures affichées dans votre fuseau horaire ({})." }
func (fr) Due() string      { return "d’un instant à l’autre" }
func (fr) Late() string     { return "{} de retard" }
func (fr) For() string      { return "{}" }
func (fr) Close() string    { return "Fermer" }

func (fr) Works(product string) Sentence {
	return Sentence{product + " ", "fonctionne", " entièrement."}
}
func (fr) WorksAgain(product string) Sentence {
	return Sentence{product + " ", "fonctionne de nouveau", " entièrement. Nous restons attentifs."}
}
func (fr) NotWorking(product string) Sentence {
	return Sentence{product + " ", "ne fonctionne pas", "."}
}
func (fr) AllTroubled(product string) Sentence {
	return Sentence{"Toutes les parties de " + product + " ", "rencontrent des problèmes", "."}
}
func (fr) SomeNotWorking(product string) Sentence {
	return Sentence{"Une partie de " + product + " ", "ne fonctionne pas", "."}
}
func (fr) SomeSlow(product string) Sentence {
	return Sentence{"Une partie de " + product + " ", "fonctionne moins bien que d’habitude", "."}
}
func (fr) SomeMaintained(product string) Sentence {
	return Sentence{"Une partie de " + product + " est ", "en maintenance", "."}
}
func (fr) AllMaintained(product string) Sentence {
	return Sentence{product + " est ", "en maintenance", "."}
}
func (fr) LookingInto(product string) Sentence {
	return Sentence{"Nous enquêtons sur ", "un problème", " avec " + product + "."}
}
func (fr) CannotSee(product string) Sentence {
	return Sentence{"Nous ", "ne pouvons pas voir", " en ce moment si " + product + " fonctionne."}
}
func (fr) AreAffected(names string, n int) string   { return "Éléments touchés\u00a0: " + names + "." }
func (fr) AreMaintained(names string, n int) string { return "En maintenance\u00a0: " + names + "." }
func (w fr) AreWorking(names string, n int) string {
	return w.count(n, "Fonctionne : ", "Fonctionnent : ") + names + "."
}
func (fr) AreUnseen(names string, n int) string {
	return "Non visibles pour le moment\u00a0: " + names + "."
}
func (fr) ChecksSilent() string {
	return "Nos contrôles n’ont rien signalé depuis un moment. Ce qui figure ci-dessous est notre dernier état connu."
}
func (fr) ChecksNotYet() string {
	return "Nos contrôles viennent de commencer. Revenez voir dans un instant."
}
func (fr) ChecksMiss(names string) string {
	return "Nos contrôles ne voient pas\u00a0: " + names + ". Le reste fonctionne."
}
func (fr) Checked() string            { return "Vérifié {}." }
func (fr) AtTime(clock string) string { return "à " + clock }
func (fr) LookAgain() string          { return "Vérifier à nouveau" }

func (fr) Operational() string         { return "Opérationnel" }
func (fr) UnderMaintenance() string    { return "En maintenance" }
func (fr) DegradedPerformance() string { return "Performances dégradées" }
func (fr) PartialOutage() string       { return "Panne partielle" }
func (fr) MajorOutage() string         { return "Panne majeure" }
func (fr) NotKnown() string            { return "Inconnu pour le moment" }
func (fr) NoTrouble() string           { return "Aucun problème" }
func (fr) Maintenance() string         { return "Maintenance" }
func (fr) NoData() string              { return "Aucune donnée" }
func (fr) NotSeen() string             { return "Non observé" }
func (fr) Investigating() string       { return "Enquête en cours" }
func (fr) Identified() string          { return "Cause identifiée" }
func (fr) Monitoring() string          { return "Sous surveillance" }
func (fr) Resolved() string            { return "Résolu" }
func (fr) Scheduled() string           { return "Planifié" }
func (fr) InProgress() string          { return "En cours" }
func (fr) Verifying() string           { return "Vérification" }
func (fr) Completed() string           { return "Terminé" }
func (fr) Cancelled() string           { return "Annulé" }
func (fr) Update() string              { return "Mise à jour" }

func (fr) DaysMean() string                  { return "Signification des jours" }
func (fr) HowFarBack() string                { return "Période affichée" }
func (fr) DaysLabel() string                 { return "Jours" }
func (fr) Components() string                { return "Composants" }
func (w fr) DaysAgo(n int) string            { return w.count(n, "il y a {0} jour", "il y a {0} jours") }
func (fr) Today() string                     { return "aujourd’hui" }
func (fr) UptimeIs(percent string) string    { return percent + " de disponibilité" }
func (fr) NoDataYet() string                 { return "pas encore de données" }
func (fr) Seen(percent string) string        { return percent + " observé" }
func (fr) LastDays(span, list string) string { return "Sur " + span + "\u00a0: " + list + "." }
func (fr) EarlierToday() string              { return "Plus tôt aujourd’hui" }
func (fr) BeforeToday() string               { return "Avant aujourd’hui" }
func (fr) NoIncidentSince(date string) string {
	return "Aucun incident depuis la création de cette page le " + date + "."
}
func (fr) NoOtherIncidentSince(date string) string {
	return "Aucun autre incident depuis la création de cette page le " + date + "."
}
func (fr) NoIncidentIn(span string) string { return "Aucun incident sur les " + span + " écoulés." }
func (fr) NoOtherIncidentIn(span string) string {
	return "Aucun autre incident sur les " + span + " écoulés."
}
func (w fr) MonthHad(n int) string {
	return w.count(n, "{}\u00a0: {0} incident.", "{}\u00a0: {0} incidents.")
}
func (fr) OpenSince() string         { return "en cours depuis le {}" }
func (fr) Lasted(span string) string { return "durée\u00a0: " + span }
func (fr) Postmortem() string        { return "Post-mortem" }
func (w fr) Others(names string, n int) string {
	return names + w.count(n, " et {0} autre", " et {0} autres")
}

func (fr) Started() string                  { return "Début\u00a0: {}" }
func (fr) NoticedIn(span string) string     { return "détecté par nos contrôles en " + span }
func (fr) Steps() string                    { return "Étapes" }
func (fr) NoLonger() string                 { return "(terminé)" }
func (fr) MayNotice() string                { return "Ce que vous pouvez constater" }
func (fr) MayHaveNoticed() string           { return "Ce que vous avez pu constater" }
func (fr) NextUpdateBy() string             { return "Prochaine mise à jour au plus tard\u00a0: {}" }
func (fr) Affects(names string) string      { return "touchés\u00a0: " + names }
func (fr) ThisAffected(names string) string { return "Cet incident a touché\u00a0: " + names + "." }
func (fr) Timeline() string                 { return "Chronologie" }
func (fr) NoticedAfter() string             { return "Détecté après" }
func (fr) ToldAfter() string                { return "Annoncé après" }
func (fr) Open() string                     { return "En cours" }
func (fr) SinceTime(clock string) string    { return "depuis " + clock }
func (fr) FixedAfter() string               { return "Résolu après" }
func (fr) UpdatesOnTime() string            { return "Mises à jour à l’heure" }
func (fr) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " sur " + strconv.Itoa(due) }
func (fr) PostedAutomatically() string      { return "Publié automatiquement" }
func (fr) ResolvedAfter(span string) string { return "Résolu après " + span }
func (fr) NewUpdate(title, status string) string {
	return "Nouvelle mise à jour\u00a0: " + title + ", " + status + "."
}
func (fr) NewUpdateAgain(title string) string { return "Nouvelle mise à jour\u00a0: " + title + "." }
func (fr) NewPostmortem(title string) string  { return "Nouveau post-mortem\u00a0: " + title + "." }

func (fr) PlannedMaintenance() string   { return "Maintenance planifiée" }
func (fr) CancelledMaintenance() string { return "Maintenance annulée" }
func (fr) MaintainedSince() string      { return "Maintenance planifiée, début\u00a0: {}" }
func (fr) PlannedEnd() string           { return "Fin prévue\u00a0: {}" }
func (fr) PlannedFor() string           { return "prévue le {}" }
func (fr) FromUntil() string            { return "du {} au {}" }
func (fr) Planned() string              { return "Prévu\u00a0: {} – {}" }
func (fr) NowPlanned() string           { return "Nouveaux horaires\u00a0: {} – {}" }
func (fr) Describe(status, from, until string) string {
	return "Maintenance, " + status + ". Début\u00a0: " + from + ". Fin\u00a0: " + until + "."
}
func (fr) WillAffect(names string) string { return "concerne\u00a0: " + names }
func (fr) ThisMaintenance(names string) string {
	return "Cette maintenance concerne\u00a0: " + names + "."
}
func (fr) CompletedAfter(span string) string { return "Terminé après " + span }
func (fr) AddToCalendar() string             { return "Ajouter à votre agenda" }
func (fr) MaintenanceCalendar() string {
	return "Les maintenances sous forme d’agenda auquel s’abonner"
}

func (fr) StatusSince(status string) string { return status + " depuis\u00a0: {}" }
func (w fr) MoreNotices(n int) string       { return w.count(n, "et {0} autre avis", "et {0} autres avis") }
func (fr) More() string                     { return "En savoir plus" }
func (fr) Dismiss() string                  { return "Fermer cet avis" }

func (fr) PrivatePage() string   { return "Page privée" }
func (fr) PageIsPrivate() string { return "Cette page est privée" }
func (fr) Password() string      { return "Mot de passe" }
func (fr) OpenThePage() string   { return "Ouvrir la page" }
func (fr) OpenByLink() string {
	return "Ouvrez-la avec le lien qui vous a été donné, ou depuis le réseau auquel elle est destinée."
}
func (fr) SignInAsResponder() string { return "Se connecter en tant qu’intervenant" }
func (fr) LinkExpired() string       { return "Ce lien a expiré ou est incomplet. Demandez-en un nouveau." }
func (fr) WrongPassword() string     { return "Ce n’est pas le mot de passe de cette page. Réessayez." }
func (fr) DidNotWork() string        { return "Cela n’a pas fonctionné." }

func (fr) ToStatusPage() string { return "Vers la page d’état" }
func (fr) AskUs() string {
	return "Si vous nous contactez à ce sujet, indiquez-nous le numéro de la requête\u00a0: {}"
}
func (fr) NotFound() string { return "Cette page n’existe pas" }
func (fr) NotFoundText() string {
	return "L’adresse est peut-être mal saisie, ou ce qui se trouvait ici n’existe plus."
}
func (fr) Gone() string { return "Ceci ne figure plus sur la page" }
func (fr) GoneText() string {
	return "Ce qui se trouvait ici a été retiré de la page. Ses incidents restent dans l’historique."
}
func (fr) NotAllowed() string     { return "Cette page ne s’utilise pas ainsi" }
func (fr) NotAllowedText() string { return "Ouvrez-la depuis la page qui y mène." }
func (fr) Forbidden() string      { return "Non autorisé" }
func (fr) ForbiddenText() string {
	return "La requête vient d’un autre site, ou votre compte n’y est pas autorisé."
}
func (fr) TooLarge() string { return "Envoi trop volumineux" }
func (fr) TooLargeText(most string) string {
	return "Ce que vous avez envoyé dépasse " + most + ". Raccourcissez-le et renvoyez-le."
}
func (fr) TooMany() string     { return "Trop de requêtes" }
func (fr) TooManyText() string { return "Attendez une minute et réessayez." }
func (fr) NotReady() string    { return "La page n’est pas encore prête" }
func (fr) NotReadyText() string {
	return "Le serveur vient de démarrer. Réessayez dans quelques secondes. Cela ne dit rien de ce que la page surveille."
}
func (fr) BadRequest() string     { return "La requête n’a pas été comprise" }
func (fr) BadRequestText() string { return "Revenez en arrière et réessayez." }
func (fr) Failed() string         { return "Une erreur s’est produite de notre côté" }
func (fr) FailedText() string {
	return "Elle a été consignée. Cela ne dit rien de ce que la page surveille\u00a0: la page d’état elle-même reste peut-être lisible."
}
