"""Portraits of services, from the real report and from a made-up one."""

from pathlib import Path

import pytest

from index.model import Section
from index.store.report_index import ReportIndex
from qa_service.discovering.discovery import Discovery
from qa_service.discovering.portrait import Portrait
from qa_service.service import QAService
from tests.support import mini
from tests.support.report import SLUG


@pytest.fixture
def discovery(service: QAService) -> Discovery:
    """What the real report offers."""
    return service.discoveries[SLUG]


def portrait(discovery: Discovery, title: str) -> Portrait:
    """Return the portrait of the section with that title."""
    return discovery.portrait(section(discovery.report, title))


def section(report: ReportIndex, title: str) -> Section:
    """Return the section with that title."""
    return next(one for one in report.document.walk() if one.title == title)


def test_it_opens_with_what_the_service_does(discovery: Discovery) -> None:
    """The passage that opens the section, before what it tells of the year."""
    mission = portrait(discovery, "Ressources et relations humaines").mission
    assert mission
    assert mission.text.startswith("La DRH met en œuvre la politique de Ressources Humaines")


def test_the_year_and_the_plans_are_told_apart(discovery: Discovery) -> None:
    """By the headings that the report gives them; a heading that only names the year is not repeated."""
    shown, text = portrait(discovery, "Gestion des déchets"), discovery.report.document.text
    plans = [one.opening.span.of(text) for one in shown.plans]
    assert plans[0] == "Ouverture de la déchèterie et de la ressourcerie de Liévin en juin 2022"
    assert [one.heading for one in shown.milestones if one.heading][:2] == [
        "Rappel des nouvelles consignes de Tri",
        "Le développement du réseau de déchèteries communautaires",
    ]
    assert not set(plans) & {one.opening.span.of(text) for one in shown.milestones}


def test_what_happened_is_told_by_its_headings(discovery: Discovery) -> None:
    """What "Ça s'est passé en 2021" stands over, the missions stand apart."""
    shown = portrait(discovery, "Ressources et relations humaines")
    assert [one.heading for one in shown.milestones] == [
        "Gestion de la crise sanitaire", "Refonte du règlement du temps de travail", "Le télétravail",
        "Plan d'égalité Hommes/Femmes",
    ]  # fmt: skip


def test_key_figures_stand_by_themselves(discovery: Discovery) -> None:
    """In reading order, one a sentence, in digits, no date, no change, no row of a table."""
    for one in discovery.report.document.walk():
        rows = discovery.portrait(one).figures
        assert len({row.sentence for row in rows}) == len(rows) <= 6
        assert [row.figure.span for row in rows] == sorted(row.figure.span for row in rows)
        assert not [row.text for row in rows if "\t" in row.text or row.figure.text[0] in "+-" or row.figure.date]


def test_people_are_named_with_what_they_are(discovery: Discovery) -> None:
    """A place that bears somebody's name is not a person of the service."""
    text = discovery.report.document.text
    named = [one.span.of(text) for one in portrait(discovery, "Animation culturelle et patrimoniale").people]
    assert any("Louise de Contes (illustratrice)" in sentence for sentence in named)
    assert not [sentence for sentence in named if "Espace François Mitterrand" in sentence]


def test_partners_are_named(discovery: Discovery) -> None:
    """Sentences that say with whom the service works."""
    shown, text = portrait(discovery, "Gestion des déchets"), discovery.report.document.text
    assert ["en partenariat avec l'association Récup Tri" in " ".join(one.span.of(text).split()) for one in shown.partners] == [
        True
    ]


def test_its_words_are_those_of_the_glossary(discovery: Discovery) -> None:
    """Each once, in alphabetical order."""
    terms = [entry.term for entry in portrait(discovery, "Fourrière animale").terms]
    assert {"CALL", "Icad", "SACPA"} <= set(terms)
    assert "PLU" not in terms  # it speaks of "plus", not of the plan


def test_a_report_without_such_headings_has_portraits(tmp_path: Path) -> None:
    """Whatever is not plans tells the year; what is missing is left out."""
    report = mini.build(mini.write_seed(tmp_path / "seed"), tmp_path / "index")
    discovery = Discovery(report, ask=lambda _question: pytest.fail("nothing is asked for a portrait"))
    rink, text = discovery.portrait(section(report, "Patinoire")), report.document.text
    assert rink.mission
    assert rink.mission.text.startswith("La patinoire a accueilli 48 250 patineurs.")
    assert [one.opening.span.of(text) for one in rink.plans] == [
        "La patinoire fermera trois mois pour remplacer les compresseurs."
    ]
    assert (rink.people, rink.partners) == ((), ())
    assert [row.figure.text for row in rink.figures] == ["48 250", "1 250 000 € HT"]


def test_white_space_does_not_move_what_is_looked_for(tmp_path: Path) -> None:
    """A partner stands after the words that name one, wherever the line breaks."""
    said = f"Des ateliers{30 * ' '}du Nord ont été menés en partenariat avec les habitants du quartier."
    text = mini.TEXT.replace("Perspectives 2020", f"{said}\n\nPerspectives 2020")
    report = mini.build(mini.write_seed(tmp_path / "seed", text=text), tmp_path / "index")
    discovery = Discovery(report, ask=lambda _question: pytest.fail("nothing is asked for a portrait"))
    assert discovery.portrait(section(report, "Patinoire")).partners == ()
