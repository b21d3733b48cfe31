"""Says in French why a figure has its verdict."""

from __future__ import annotations

from index.french.writing import date_in_french, period_in_french
from index.model import Figure, FigureKind
from qa_service.checking.checker import CheckedClaim, Verdict
from qa_service.checking.matching import Candidate
from qa_service.checking.values import AGREEING, Relation, tax_of
from qa_service.references import readable

NAMES = {
    Verdict.CONFIRMED: "confirmé",
    Verdict.ROUNDED: "arrondi",
    Verdict.CONTRADICTED: "contredit",
    Verdict.NOT_FOUND: "introuvable",
}


def explanation(checked: CheckedClaim) -> str:
    """Return one or two sentences, the figures of the report in guillemets as it prints them."""
    match checked.verdict, checked.nearest:
        case _, None:
            return "Le rapport ne donne pas ce chiffre."
        case Verdict.CONFIRMED, nearest:
            return f"Le rapport donne la même valeur : {printed(nearest.figure)}.{_notes(checked, nearest)}"
        case Verdict.ROUNDED, nearest:
            return f"L'arrondi est juste : le rapport imprime {printed(nearest.figure)}.{_notes(checked, nearest)}"
        case Verdict.CONTRADICTED, nearest:
            return _contradiction(checked, nearest)
        case _, nearest:
            return _near_miss(nearest)


def quoted(nearest: Candidate) -> str:
    """Return the sentence, item or row of the report that prints a figure, on one line and without mark-up."""
    return readable(nearest.unit.ref.unit.span.of(nearest.unit.index.document.text))


def printed(figure: Figure) -> str:
    """Return a figure as the report prints it, with what it counts and its period."""
    softened = f"{figure.qualifier} " if figure.qualifier and "…" not in figure.qualifier else ""
    text = readable(figure.text)
    if figure.kind is FigureKind.DATE:
        whole = date_in_french(figure.date or "")
        return f"« {text} »" if figure.date and figure.date[:4] in text else f"« {text} » ({whole})"
    label = "" if figure.label == figure.unit else readable(figure.label)
    counted = f" {figure.unit}" if figure.kind is FigureKind.COUNT and text[-1:].isdigit() and figure.unit else ""
    period = period_in_french(figure.period)
    about = ", ".join(filter(None, (label, "" if period in label else period)))
    return f"« {softened}{text}{counted} »" + (f" ({about})" if about else "")


def _contradiction(checked: CheckedClaim, nearest: Candidate) -> str:
    said, drafted = printed(nearest.figure), checked.claim.figure
    match nearest.relation:
        case Relation.TAX:
            return f"Le rapport donne ce montant {tax_of(nearest.figure)}, et non {tax_of(drafted)} : {said}."
        case Relation.UNIT:
            return f"Le nombre est le même, mais pas l'unité : le rapport imprime {said}."
        case Relation.SCALE:
            return f"Les chiffres sont les mêmes, mais pas l'ordre de grandeur : le rapport imprime {said}."
        case relation if relation in AGREEING:  # the words around it forbid it: another year, another direction, another side
            return f"Le rapport imprime ce chiffre, mais pas pour cela : {said}."
    return f"Le rapport donne un autre chiffre : {said}.{_elsewhere(checked)}"


def _elsewhere(checked: CheckedClaim) -> str:
    if checked.elsewhere is None or checked.nearest is None:
        return ""
    other, figure = checked.elsewhere.figure, checked.nearest.figure
    if other.period != figure.period and (other.unit, other.kind) == (figure.unit, figure.kind):
        return f" Celui du texte y est la valeur de {period_in_french(other.period)}."
    return f" Celui du texte y est celui d'autre chose : {printed(checked.elsewhere.figure)}."


def _near_miss(nearest: Candidate) -> str:
    if nearest.relation in AGREEING:
        return f"Le rapport imprime ce chiffre, mais rien n'assure que ce soit pour la même chose : {printed(nearest.figure)}."
    if nearest.relation is Relation.LESS_EXACT:
        return f"Le rapport est moins précis : {printed(nearest.figure)}."
    return f"Le rapport ne donne pas ce chiffre ; le plus proche qu'il donne est {printed(nearest.figure)}."


def _notes(checked: CheckedClaim, nearest: Candidate) -> str:
    """Return what to know of a figure before quoting it: that only one side says HT or TTC, what is wrong with it there."""
    ours, theirs = tax_of(checked.claim.figure), tax_of(nearest.figure)
    told = f" Précisez : {theirs}." if theirs else f" Il ne précise pas « {ours} »."
    findings = [finding for finding in nearest.unit.index.findings if nearest.figure.span in finding.figures]
    return (told if ours != theirs else "") + "".join(f" Attention : {finding.text}" for finding in findings)
