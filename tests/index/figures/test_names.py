"""Numbers that are no figures."""

from __future__ import annotations

import pytest

from index.figures import figures_in


@pytest.mark.parametrize(
    "text",
    [
        "1 - Les missions",
        "2- Effectif et masse salariale",
        "4. Service études et travaux",
        "2.6 Recettes",
        "- 1 - favoriser l'égal accès",
        "Phase 1 – Réalisation d'un rapport",
        "La phase 2 de cette étude",
        "Atelier 2 : Performance",
        "Lot 4 / Base Camp",
        "la cité du 12/14, et",
        "(cités 12/14 et 4 à Lens, cité 10 à Méricourt)",
        "Cité 4-11, Cité 5-12",
        "Le site du 11/19 à Loos",
        "Mémorial 14'18', etc.",
        "de l'Eurovélo 5 au droit",
        "EV5 et A21",
        "la Covid-19 et le Covid 19, puis COVID19",
        "CO2, M14, M57, CD2E, TEAM2",
        "avec TEAM 2 (et le concours",
        "territoire Rev 3, a mis",
        "l'ordonnance n°2021-175 et la loi n° 2021-1104",
        "l'article L.229-26 du code et L2224 - 5",
        "la norme ISO 50001 qui concerne",
        "de la Fosse 12 en vue",
        "Route Départementale 937 avenue Mitterrand",
        "RD 917 : démarrage",
        "l'école de la 2ème chance et la 2^{ème} chance",
        "la 1^{ère} édition, le 2nd appel",
        "Territoires 62, de nombreux",
        "L'association émergences 62 avec sa caravane",
        "l'hôtel d'entreprise 2 de Liévin",
        "la copropriété Les 4 Vents à Liévin",
        "la ZI des 14 à Avion, les Jardins",
        "ZAC de l'an 2000), Lens",
        "la bibliothèque 3.0 : l'intervention",
        "la marque de jeans « 1083 » apportant",
        "l'appel à projets « 100 000 arbres ». Ils",
        "« Actions 100% public FEMININ ».",
        "obligations de Zéro Artificialisation Nette",
        "la Quinzaine de l'Art déco",
        "objectif zéro déchet",
        "un agent et une conseillère",
        "la première moitié de l'année et un quart d'heure",
        "la deuxième phase, le troisième réseau",
        "du lundi au vendredi de 13h à 17h, sur RDV",
        "par internet 24h/24h et 7j/7j.",
        "un automate 24/24.",
        "21 rue Marcel Sembat",
        "BP65 - 62302 LENS Cedex",
        "03 21 79 05 05",
        "https://gnau.example.fr/2021/45 et a.b12@example.fr",
        "ID : 062-246200364-20221117-C171122_D23-DE",
        "Code : 35500101000",
        "les abonnés domestiques (1) et [2]",
        "4 Administration générale\n\n- 5 Ressources\n- 9 Finances\n- 11 Documentation\n",
        "\n12\n",
    ],
)
def test_a_number_of_a_name_is_no_figure(text: str) -> None:
    """Numbering, names, references, addresses, ordinals, hours, slogans and articles give no figure."""
    assert [figure.text for figure in figures_in(text, default_period="2021")] == []


def test_a_figure_beside_a_name_is_kept() -> None:
    """A name that ends in a number does not swallow the count or the measure behind it."""
    found = figures_in("canalisation en diamètre 200, 65 branchements et phase 2 : 5 ateliers", default_period="2021")
    assert [(figure.text, figure.unit) for figure in found] == [("65", "branchements"), ("5", "ateliers")]


def test_the_years_of_a_title_are_dates() -> None:
    """A title between quotation marks hides its counts, not its years."""
    found = figures_in("« Plan National 2018-2019 » : 50 000 €", default_period="2021")
    assert [figure.text for figure in found] == ["2018", "2019", "50 000 €"]
