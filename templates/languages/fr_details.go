package languages

import (
	"strconv"
	"strings"
)

// The words of French for what one looks into.

func (fr) WhatChecksSaw() string { return "Ce que nos contrôles ont vu" }
func (fr) UprightLine() string {
	return "De {} à {} · la ligne verticale marque le début de la défaillance."
}
func (fr) RunTime() string   { return "durée d’exécution" }
func (fr) NoResults() string { return "Aucun résultat pour cette période." }
func (fr) ChartWords(name, first, from, last, until, low, high string) string {
	return name + "\u00a0: de " + first + " à " + from + " jusqu’à " + last + " à " + until + ", entre " + low + " et " + high
}

func (fr) PastIncidents(product string) string { return "Incidents passés de " + product + "." }
func (fr) AllPostmortems() string              { return "Tous les post-mortems" }
func (fr) NoneOnRecord() string                { return "Aucun incident enregistré." }
func (fr) OtherMonths() string                 { return "Autres mois" }
func (fr) OlderIncidents() string              { return "Incidents plus anciens" }
func (fr) NewerIncidents() string              { return "Incidents plus récents" }
func (fr) Component() string                   { return "Composant" }
func (fr) All() string                         { return "Tous" }
func (fr) AtLeast() string                     { return "Au moins" }
func (fr) AnyImpact() string                   { return "Tout impact" }
func (fr) WithPostmortem() string              { return "Avec un post-mortem" }
func (fr) Show() string                        { return "Afficher" }
func (fr) ShowAll() string                     { return "Tout afficher" }
func (fr) NoSuchIncident() string              { return "Aucun incident de ce type." }
func (fr) NoIncident() string                  { return "Aucun incident." }

func (fr) NoCheck() string {
	return "Aucun contrôle ne surveille ce composant\u00a0: ce qui figure ici a été publié par des personnes."
}
func (fr) UptimeOver(span string) string { return "Disponibilité sur " + span }
func (fr) Calendar() string              { return "Calendrier" }
func (fr) MonthsAndComponents() string   { return "Autres mois et composants" }
func (fr) Incidents() string             { return "Incidents" }
func (fr) NoneInYear() string {
	return "Aucun durant l’année écoulée, ou depuis que ce composant figure sur la page."
}
func (fr) FollowIt() string             { return "Suivre ce composant" }
func (fr) Badge() string                { return "Badge" }
func (fr) UptimeIn(month string) string { return "Disponibilité en " + month }
func (fr) UptimeOfIn(product, month string) string {
	return "Disponibilité de " + product + " en " + month + "."
}
func (fr) MonthBefore() string { return "Mois précédent" }
func (fr) MonthAfter() string  { return "Mois suivant" }
func (fr) NoComponent() string { return "Aucun composant ne figure sur cette page." }
func (fr) ChooseDay() string {
	return "Un jour s’entend en UTC. Choisissez-en un pour voir ce qui s’est passé."
}

func (fr) DayIsUTC() string  { return "Un jour s’entend en UTC, de minuit à minuit." }
func (fr) DayBefore() string { return "Jour précédent" }
func (fr) DayAfter() string  { return "Jour suivant" }

func (fr) UptimeOf(name string) string          { return "Disponibilité de " + name }
func (fr) HowItCame(uptime, span string) string { return uptime + " sur " + span + "\u00a0: le calcul" }
func (fr) SecondsCounted() string               { return "Secondes comptées" }
func (fr) Time() string                         { return "Temps" }
func (fr) Seconds() string                      { return "Secondes" }
func (fr) CountsAsDown() string                 { return "Compté comme indisponible" }
func (fr) AllTime() string                      { return "Total" }
func (fr) NotSeenLeftOut() string               { return "Non observé\u00a0: exclu" }
func (fr) SeenCounted() string                  { return "Observé\u00a0: compté" }
func (fr) OfItMajor() string                    { return "dont panne majeure" }
func (fr) OfItPartial() string                  { return "dont panne partielle" }
func (fr) OfItDegraded() string                 { return "dont performances dégradées" }
func (fr) OfItMaintenance() string              { return "dont maintenance" }
func (fr) InFull() string                       { return "en totalité" }
func (fr) ForShare(percent string) string       { return "pour " + percent }
func (fr) No() string                           { return "non" }
func (fr) TheRule() string                      { return "La règle" }
func (fr) RuleFormula(weight string) string {
	return "La disponibilité vaut 1 − (panne majeure + " + weight + " × panne partielle) ÷ temps observé. C’est le calcul que Statuspage a publié."
}
func (fr) RuleOverlap() string {
	return "Quand des incidents se chevauchent, chaque seconde ne compte qu’une fois, comme le plus grave d’entre eux."
}
func (fr) RuleBegins() string {
	return "Une panne commence au premier contrôle échoué, et non à sa confirmation ou à son annonce."
}
func (fr) RuleSeen() string {
	return "Le temps est observé lorsque les contrôles ont donné un résultat\u00a0: pour un jour, la part correspondante des exécutions prévues. Les exécutions sans résultat et celles qui n’ont pas eu lieu ne sont pas observées. Les jours antérieurs à la première exécution ne le sont pas non plus."
}
func (fr) RuleUnwatched() string {
	return "Aucun contrôle ne surveille ce composant. Le temps écoulé depuis son ajout à la page compte comme observé, et c’est ce que des personnes ont publié qui fait foi."
}
func (fr) RuleNotSeen() string {
	return "Ce qui n’est pas observé ne compte ni comme disponible ni comme indisponible. Une panne rapportée par un incident est toujours comptée."
}
func (fr) RuleRounds() string {
	return "La page arrondit à l’inférieur, afin que 100 % ne soit jamais affiché pour moins."
}
func (fr) IncidentsInDays() string { return "Incidents durant ces jours" }
func (fr) NothingKnown() string    { return "On ne sait rien de ces jours." }

func (fr) WhatWeLearned(product string) string {
	return "Ce que nous avons appris des incidents de " + product + "."
}
func (fr) WhatHappened() string {
	return "Ce qui s’est passé, pourquoi, et ce qui empêche que cela se reproduise."
}
func (fr) Published() string { return "publié le {}" }
func (fr) Changed() string   { return "modifié le {}" }
func (fr) Search() string    { return "Recherche" }
func (fr) Find() string      { return "Rechercher" }
func (fr) NoneYet() string   { return "Aucun n’a encore été publié." }
func (fr) NoneHasWords() string {
	return "Aucun ne contient tous ces mots. Essayez-en moins, ou une partie de l’un d’eux."
}

func (fr) WhatWeDo() string { return "Ce que nous faisons pour y remédier" }
func (fr) DoneOf(done, all int) string {
	return strconv.Itoa(done) + " sur " + strconv.Itoa(all) + " terminées"
}
func (fr) DoneOn() string           { return "Terminé le {}" }
func (fr) DroppedOn() string        { return "Abandonné le {}" }
func (fr) DueOn(date string) string { return "Échéance\u00a0: " + date }
func (fr) DueNotDone(date string) string {
	return "Échéance\u00a0: " + date + ", pas encore terminé"
}
func (fr) NotDoneYet() string   { return "Pas encore terminé" }
func (fr) WatchedSince() string { return "Surveillé par un contrôle depuis le {}" }
func (fr) FailingSince() string { return "non respecté depuis le {}" }
func (fr) CheckRemoved() string {
	return "le contrôle a été supprimé et n’a jamais donné de résultat"
}
func (fr) CheckRemovedOn() string {
	return "le contrôle a été supprimé\u00a0; dernier résultat le {}"
}
func (fr) NotReportedYet() string   { return "il n’a pas encore donné de résultat" }
func (fr) NotReportedSince() string { return "aucun résultat depuis le {}" }
func (fr) HoldsAgain(date string) string {
	return "de nouveau respecté\u00a0; non respecté le " + date
}
func (fr) Holding() string { return "respecté" }
func (fr) HeldOf(percent, checks string) string {
	return percent + " des " + checks + " contrôles réussis"
}

func (fr) CorrectedTimes() string          { return "Horaires corrigés" }
func (fr) CorrectedOn() string             { return "Corrigé le {}" }
func (fr) Was() string                     { return "auparavant\u00a0: {}" }
func (fr) NoImpact() string                { return "aucune incidence" }
func (fr) ImpactFrom(status string) string { return strings.ToLower(status) + " depuis\u00a0: {}" }
func (fr) ImpactFromUntil(status, span string) string {
	return strings.ToLower(status) + ", {} – {} (" + span + ")"
}
func (fr) EditedOn() string                 { return "Modifié\u00a0: {} · version précédente" }
func (fr) CorrectedInDays() string          { return "Corrections durant ces jours" }
func (fr) BeforeCorrections() string        { return "Avant les corrections, la valeur était de {}\u00a0:" }
func (fr) OfItCorrected(span string) string { return "Dont corrigé par des personnes\u00a0: " + span }
func (fr) CorrectedByPeople() string        { return "Corrigé par des personnes" }
func (fr) AsCorrected() string              { return "tel que corrigé" }
func (fr) RuleCorrected() string {
	return "Lorsque des personnes ont constaté que les horaires d’un incident étaient faux, elles les ont corrigés\u00a0: c’est la valeur juste qui compte, et ce qui avait été annoncé reste consultable."
}

func (fr) HowFast() string        { return "Temps de réponse" }
func (fr) MeasuredAround() string { return "Mesures autour de l’incident" }
func (fr) AroundIncident(list string) string {
	return "D’une heure avant à une heure après\u00a0: " + list + "."
}
func (fr) Measured(name, value string) string { return name + " " + value }
func (fr) NothingMeasured() string            { return "aucune mesure" }
func (fr) ChartsHowFar() string               { return "Période des graphiques" }
func (fr) NothingToDraw() string              { return "Il n’y a encore rien à tracer." }
func (fr) Figures() string                    { return "Valeurs" }
func (fr) Incident() string                   { return "Incident" }
func (fr) ChartsExplained(zone string) string {
	return "La moitié des mesures est inférieure ou égale à la médiane, 95 sur 100 au 95e centile, à 2\u00a0% près. Là où une courbe s’interrompt, aucun contrôle n’a eu lieu ou aucun n’a obtenu de réponse. Les périodes ombrées sont des incidents. Les heures sous un graphique sont celles de " + zone + "."
}
func (fr) Percentile(p int) string { return percentile(p, "médiane", "maximum", "{0}e centile") }
