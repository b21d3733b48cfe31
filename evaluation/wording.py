"""What readers of the totals see, in French: names, explanations, percentages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A name and a sentence that explains it."""

    name: str
    explanation: str


METRICS = {
    "right": Wording("Réponses justes", "La réponse contient tout ce qui était attendu et reste courte."),
    "cite@1": Wording("Bon passage cité en premier", "La première citation vient d’un passage qui établit le fait."),
    "cite@3": Wording("Bon passage parmi trois", "L’une des trois premières citations vient d’un tel passage."),
    "figure_exact": Wording("Chiffre exact", "Le premier chiffre mis en avant est celui qui était demandé."),
    "refused": Wording("Refus justifiés", "Le rapport ne le dit pas, et le service le reconnaît."),
    "false_refusals": Wording("Refus à tort", "Le rapport le dit, mais le service ne l’a pas trouvé : à réduire."),
    "follow_up_right": Wording("Suites justes", "« Et en 2020 ? » est compris d’après la question d’avant."),
    "verbatim": Wording("Citations mot pour mot", "Chaque extrait cité se retrouve à l’identique dans le rapport."),
}

AXES = {"style": "Selon la façon de demander", "persona": "Selon la personne", "kind": "Selon ce qui est demandé"}

GROUPS = {
    "direct": "Formulation directe", "paraphrase": "Autres mots", "colloquial": "Langage familier",
    "typo": "Fautes de frappe",
    "agent": "Agents", "com": "Communication", "nouveau": "Nouveaux arrivants",
    "figure": "Chiffre", "date": "Date", "person": "Personne", "place": "Lieu", "list": "Liste",
    "definition": "Définition", "explanation": "Explication", "comparison": "Comparaison", "yesno": "Oui ou non",
    "unanswerable": "Absent du rapport",
}  # fmt: skip

VARIANTS = {
    "lexical": "Mots (lexical)", "dense": "Sens (vecteurs)", "fused": "Les deux ensemble",
    "cards": "Fiches", "all": "Tout ensemble"}  # fmt: skip

PLACES = {"in process": "Dans le programme", "http": "Par le réseau (HTTP)"}


def decimal(number: float, digits: int = 1, sign: str = "") -> str:
    """Return a number with a decimal comma; `sign` "+" also marks what is positive."""
    return f"{number:{sign}.{digits}f}".replace(".", ",")


def points(share: float | None, sign: str = "") -> str:
    """Return a share in hundredths ("62,5"), a dash for None."""
    return "–" if share is None else decimal(share * 100, sign=sign)


def percent(share: float | None) -> str:
    """Return a share as a percentage ("62,5 %"), a dash for None."""
    return "–" if share is None else f"{points(share)} %"
