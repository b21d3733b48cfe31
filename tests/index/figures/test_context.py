"""What the words around a figure say of it: its period, what softens it, what it counts."""

from __future__ import annotations

import pytest

from index.figures import figures_in
from index.model import Figure, FigureKind


def quantities(text: str) -> list[Figure]:
    """Return the figures of `text` but its dates, in a report of 2021."""
    return [figure for figure in figures_in(text, default_period="2021") if figure.kind is not FigureKind.DATE]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("passée de 12 € en 2020 à 13 € en 2021", ["2020", "2021"]),
        ("(2020 : 1150 interventions, 2021 : 835 interventions)", ["2020", "2021"]),
        ("comptabilise au 31/12/2020, 262 agents", ["2020-12-31"]),
        ("dessert 275 habitants au 31/12/2020 (270 au 31/12/2019)", ["2020-12-31", "2019-12-31"]),
        ("En 2019, 65 visites ont été faites, pour 3,8 M€", ["2019", "2019"]),
        ("- 32 communes en 2016\n- 33 communes", ["2016", "2021"]),
        ("7 actes signés en 2020 (contre 24 actes en 2019), soit 45 000 m² acquis", ["2020", "2019", "2020"]),
        ("dossiers instruits en 2020 (10 000 actes contre 7500 en 2019)", ["2020", "2019"]),
        ("251 personnes, contre 135 l'année précédente", ["2021", "2020"]),
        ("de 10 653 à 11 122 entre décembre 2019 et décembre 2020", ["2019", "2020"]),
        ("350 emplois lors de la phase 2023-2025 et 500 sont attendus d'ici 2030", ["2023/2025", "2030"]),
        ("la saison 2020-2021, 25 associations", ["2020/2021"]),
        ("une hausse de 70% par rapport à 2020", ["2021"]),
        ("Comme en 2020, la ville a acquis 12 lots", ["2021"]),
        ("Depuis 2018, 300 agents ont été formés", ["2021"]),
        ("la loi du 6 août 2019 prévoit 40 logements", ["2021"]),
        ("Perspectives 2022\n\n40 logements", ["2021"]),
    ],
)
def test_the_period_is_the_year_that_governs(text: str, periods: list[str]) -> None:
    """The nearest year of the sentence governs, unless it compares, dates a law or is a heading; else the report's."""
    assert [figure.period for figure in quantities(text)] == periods


def test_no_period_where_nothing_tells() -> None:
    """Without a period of its own and of the report, a figure has none; a date has none either."""
    assert [figure.period for figure in figures_in("5 agents\nle 6 mai 2021", default_period=None)] == [None, None]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("près de 600 emplois", "près de"),
        ("près d'une centaine d'élèves", "près de"),
        ("Plus de 6 000 visiteurs", "plus de"),
        ("un peu plus de 45 000 m²", "un peu plus de"),
        ("moins de 100 000 €", "moins de"),
        ("un montant d'environ 48 000€", "environ"),
        ("1 500 emplois environ", "environ"),
        ("pouvant aller jusqu'à 20% des", "jusqu'à"),
        ("de l'ordre de 70%", "de l'ordre de"),
        ("quelque 7 800 hommes", "quelque"),
        ("au moins 40 points", "au moins"),
        ("10 logements et plus afin", "au moins"),
        ("inférieurs à 25 000 € HT", "inférieur à"),
        ("une quarantaine d'avions", "une …aine"),
        ("En plus des 16 communes", None),
        ("65 visites", None),
    ],
)
def test_the_qualifier_is_the_word_that_softens(text: str, qualifier: str | None) -> None:
    """The word that softens stands before or behind the figure, or in the number itself."""
    assert [figure.qualifier for figure in quantities(text)] == [qualifier]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("au 31/12/2021, 262 agents (tous statuts confondus). La", "agents (tous statuts confondus)"),
        ("La masse salariale est passée de 12 €", "masse salariale"),
        ("le montant des primes s'est élevé à 490 265,61 €", "montant des primes"),
        ("- 125 logements démolis\n- 3 opérations", "logements démolis"),
        ("15,3 M€ de subventions versées en 2021 (dont", "subventions versées en 2021"),
        ("- Espace Culturel à Avion : 32 169 €", "Espace Culturel à Avion"),
        ("- Association des Communes (10 000 €)", "Association des Communes"),
        ("Le gain énergétique moyen est de 51%.", "gain énergétique moyen"),
        ("a bénéficié d'un soutien financier de 35 000 €", "soutien financier"),
        ("- - 0,12 % pour les ordures ménagères,", "ordures ménagères"),
        ("10 000 actes contre 7500 en 2020", "actes"),
        ("Près d'un quart de la population est", "population"),
    ],
)
def test_the_label_is_what_the_figure_counts(text: str, label: str) -> None:
    """The label is a noun phrase of the report that says what the number is of."""
    assert quantities(text)[0].label == label


def test_spans_count_from_the_offset() -> None:
    """A stretch of a document gives spans into the document."""
    [figure] = figures_in("soit 42 %", offset=100, default_period=None)
    assert (figure.span.start, figure.span.end) == (105, 109)
