"""Numbers with what they measure, in every writing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.figures import figures_in
from index.model import Figure, FigureKind


def quantities(text: str) -> tuple[Figure, ...]:
    """Return the figures of `text` but its dates."""
    return tuple(figure for figure in figures_in(text, default_period="2021") if figure.kind is not FigureKind.DATE)


def read(text: str) -> list[str]:
    """Return what is read in `text`, each figure as "text | value unit | kind"."""
    return [f"{figure.text} | {figure.value} {figure.unit} | {figure.kind}" for figure in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dont 3,8 M€ d'ANAH", "3,8 M€ | 3800000 EUR | money"),
        ("un budget de 430k€ (taux", "430k€ | 430000 EUR | money"),
        ("est d'environ 43 millions d'euros H.T., dont", "43 millions d'euros H.T. | 43000000 EUR HT | money"),
        ("Sous-total : 352,4 M € HT", "352,4 M € HT | 352400000 EUR HT | money"),
        ("environ 30,7 millions d'€ HT.", "30,7 millions d'€ HT | 30700000 EUR HT | money"),
        ("près de 3,7 millions de concours financiers", "3,7 millions | 3700000 EUR | money"),
        ("passée de 12 607 476.20 € en 2020", "12 607 476.20 € | 12607476.20 EUR | money"),
        ("à 13 056 633.72€ en 2021", "13 056 633.72€ | 13056633.72 EUR | money"),
        ("un montant de **16 069 633 M€**, pour", "16 069 633 M€ | 16069633000000 EUR | money"),
        ("un montant de 1 273 411,67 € TTC pour", "1 273 411,67 € TTC | 1273411.67 EUR TTC | money"),
        ("deux millions d'euros de travaux", "deux millions d'euros | 2000000 EUR | money"),
        ("une somme de 1.234.567,89 €", "1.234.567,89 € | 1234567.89 EUR | money"),
        ("une aide de 1.500 € par", "1.500 € | 1500 EUR | money"),
        ("une augmentation de 3.563%.", "3.563% | 3.563 % | percentage"),
        ("une baisse de 14% par rapport", "14% | 14 % | percentage"),
        ("dix pour cent des agents", "dix pour cent | 10 % | percentage"),
        ("Près d'un quart de la population", "un quart | 25 % | percentage"),
        ("la moitié des communes", "la moitié | 50 % | percentage"),
        ("plus d'un tiers des déchets", "un tiers | 33.33 % | percentage"),
        ("de 5 800 m² SDP avec", "5 800 m² | 5800 m² | area"),
        ("une emprise de 26 ha.", "26 ha | 26 ha | area"),
        ("11 870 353 m³ ont été", "11 870 353 m³ | 11870353 m³ | volume"),
        ("une précision de 10cm et", "10cm | 10 cm | length"),
        ("de 1500 kms d'éclairage", "1500 kms | 1500 km | length"),
        ("480 ml de canalisation", "480 ml | 480 ml | length"),
        ("conduite DN 125MM posée", "125MM | 125 mm | length"),
        ("156 402 tonnes de déchets", "156 402 tonnes | 156402 t | mass"),
        ("19 jours de délai", "19 jours | 19 jours | duration"),
        ("pour trois ans avec", "trois ans | 3 ans | duration"),
        ("sur les 3 prochaines années.", "3 | 3 ans | duration"),
        ("pendant près d'une année en raison", "une année | 1 ans | duration"),
        ("une vingtaine de jours", "une vingtaine de jours | 20 jours | duration"),
        ("à raison de 1,50€ par entrée.", "1,50€ par entrée | 1.50 EUR/entrée | rate"),
        ("soit 2,64 €/m3 pour", "2,64 €/m3 | 2.64 EUR/m³ | rate"),
        ("de 150 K€/logement avec", "150 K€/logement | 150000 EUR/logement | rate"),
        ("couvrant 133 m² pour 10 000 habitants.", "133 m² pour 10 000 habitants | 133 m²/10 000 habitants | rate"),
        ("1,8 kg de déchets par jour et par habitant", "1,8 kg | 1.8 kg/jour/habitant | rate"),
        ("à travailler deux jours par semaine et", "deux jours par semaine | 2 jours/semaine | rate"),
        ("plus de 45 000 véhicules par an.", "45 000 | 45000 véhicules/an | rate"),
        ("c'est plus de 800 interventions à l'année", "800 | 800 interventions/an | rate"),
        ("262 agents (tous statuts)", "262 | 262 agents | count"),
        ("12 nouvelles demandes de", "12 | 12 demandes | count"),
        ("200 millions de couches y seront", "200 millions | 200000000 couches | count"),
        ("2158 arbres/arbustes plantés", "2158 | 2158 arbres/arbustes | count"),
        ("10 000 Pass Numériques, répartie", "10 000 | 10000 Pass Numériques | count"),
        ("393 ETP créés", "393 | 393 ETP | count"),
        ("3 mutations, soit 1 décès", "1 | 1 décès | count"),
        ("les **429 projets** examinés", "429 | 429 projets | count"),
        ("Les six CCAG sont", "six | 6 CCAG | count"),
        ("Deux services reliés", "Deux | 2 services | count"),
        ("Une quarantaine d'ULM sont", "Une quarantaine | 40 ULM | count"),
        ("plus d'une centaine d'acteurs", "une centaine | 100 acteurs | count"),
        ("2000 ouvrages empruntables", "2000 | 2000 ouvrages | count"),
    ],
)
def test_a_figure_has_the_printed_text_and_the_exact_value(text: str, expected: str) -> None:
    """A figure keeps what is printed and resolves scale, separators, unit and what it is per."""
    assert read(text)[-1] == expected


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_any_space_parts_thousands(space: str) -> None:
    """A plain, a no-break and a narrow no-break space part thousands and stand before a unit."""
    [figure] = quantities(f"soit 65{space}500{space}€ versés")
    assert (figure.text, figure.value) == (f"65{space}500{space}€", Decimal(65500))


def test_numbers_side_by_side_are_not_one() -> None:
    """A year and the count behind it are two numbers, though a space and three digits stand between."""
    assert read("en 2021 7 actes et en 2020 262 agents") == ["7 | 7 actes | count", "262 | 262 agents | count"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("- - 0,12 % pour le verre", "-0.12"),
        ("- 37% des marchés", "37"),
        ("- + 47,44 % pour le verre", "47.44"),
        ("Une hausse de + 16,47 % des", "16.47"),
        ("en 2021 (+14,8% par rapport", "14.8"),
        ("le solde (- 5 %) baisse", "-5"),
        ("le solde évolue de -5 % cette", "-5"),
    ],
)
def test_a_sign_is_part_of_the_value(text: str, value: str) -> None:
    """A plus or minus belongs to the number; the dash that opens a list item does not."""
    assert [figure.value for figure in quantities(text)] == [Decimal(value)]


def test_a_dash_before_a_count_is_no_minus() -> None:
    """A list item that begins with a count is not negative, and "CALL + 15" adds nothing to 15."""
    assert read("- 40 agents\n(CALL + 15 communes)") == ["40 | 40 agents | count", "15 | 15 communes | count"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "entre 800 et 1000 visiteurs par jour",
            ["800 | 800 visiteurs/jour | rate", "1000 | 1000 visiteurs/jour | rate"],
        ),
        ("5 à 6 communes pourront", ["5 | 5 communes | count", "6 | 6 communes | count"]),
        ("jeune public (6-12ans)", ["6 | 6 ans | duration", "12ans | 12 ans | duration"]),
        (
            "de 16% à 14% (règle à 25%)",
            ["16% | 16 % | percentage", "14% | 14 % | percentage", "25% | 25 % | percentage"],
        ),
        ("atteint 60, 70 ou 95%, les", ["60 | 60 % | percentage", "70 | 70 % | percentage", "95% | 95 % | percentage"]),
        ("65% (soit 171/264)", ["65% | 65 % | percentage", "171 | 171  | count", "264 | 264  | count"]),
        ("cinq des huit systèmes", ["cinq | 5 systèmes | count", "huit | 8 systèmes | count"]),
    ],
)
def test_numbers_that_share_a_unit(text: str, expected: list[str]) -> None:
    """Both ends of a range, each number of a list and both terms of a ratio are figures."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 000 actes contre 7500 en 2020", "7500 | 7500 actes | count"),
        ("13 agents ont demandé, dont 7 sont effectives", "7 | 7 agents | count"),
        ("29 cités minières dont 21 situées en", "21 | 21 cités | count"),
        ("53 logements à réhabiliter, 102 neufs", "102 | 102 logements | count"),
        (
            "la création d'une dizaine d'emplois en plus de la quarantaine existante",
            "la quarantaine | 40 emplois | count",
        ),
        ("une hausse du nombre d'attributions, de 3 147 en 2020", "3 147 | 3147 attributions | count"),
        ("Nombre de journées : Cat A : 77.8 ; Cat B : 42", "42 | 42 jours | duration"),
        ("**5 conventions conclues**\n\n- 1 avec la Ville", "1 | 1 conventions | count"),
    ],
)
def test_a_number_without_noun_counts_what_was_said_before(text: str, expected: str) -> None:
    """The noun of the count before, or of "nombre de ...", stands for the one that is not repeated."""
    assert read(text)[-1] == expected


@pytest.mark.timeout(30)
def test_a_text_of_numbers_only_is_read_in_bounded_time() -> None:
    """Twenty thousand characters of numbers, the most that may be checked at once, take seconds at worst."""
    assert len(figures_in("1, 2, " * 3333, default_period="2021")) == 6666
