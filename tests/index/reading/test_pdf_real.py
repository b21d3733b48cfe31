"""Two municipal reports as they were published: pages, headings and tables as a reader sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.model import SourceText
from index.reading.pdf import read_pdf

DATA = Path(__file__).parents[3] / "../shared/data/pdf"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published PDFs are not part of the project")


@pytest.fixture(scope="module")
def genouilly() -> SourceText:
    """A report of ten pages, dense with ruled tables, whose contents lack page numbers for the chapters."""
    return read_pdf(DATA / "RPQS_Genouilly_AC_2021.pdf")


@pytest.fixture(scope="module")
def abainville() -> SourceText:
    """A report of fourteen pages with coloured tables, charts, check boxes and a registry's stamp on each page."""
    return read_pdf(DATA / "RPQS_Abainville_AC_2021.pdf")


def page(source: SourceText, number: int) -> str:
    """Return the text of a page."""
    return source.pages[number - 1].span.of(source.text)


def headings(source: SourceText, number: int) -> list[tuple[int, str]]:
    """Return the levels and words of the headings on a page."""
    span = source.pages[number - 1].span
    return [(mark.level, mark.span.of(source.text)) for mark in source.headings if mark.span in span]


def test_every_page_is_there(genouilly: SourceText, abainville: SourceText) -> None:
    """Pages are counted as they lie in the file, and known words stand on theirs."""
    assert len(genouilly.pages) == 10
    assert len(abainville.pages) == 14
    assert "dessert 340 habitants (permanents et saisonniers)" in page(genouilly, 3)
    assert "L’année 2021, le service a reçu _0_ demandes d’abandon de créance" in page(abainville, 13)


def test_numbered_titles_are_headings(genouilly: SourceText, abainville: SourceText) -> None:
    """Chapters are level 1, sections level 2, those that take two lines included; cover and contents give none."""
    assert headings(genouilly, 9) == [
        (2, "4.4) Présentation des projets à l'étude en vue d'améliorer la qualité du service à l'usager et les "
            "performances environnementales du service"),
        (2, "4.5) Présentation des programmes pluriannuels de travaux adoptés par l'assemblée délibérante au cours du "
            "dernier exercice"),
        (1, "5 – Actions de solidarité et de coopération décentralisée dans le domaine de l'eau"),
        (2, "5.1) Montant des abandons de créance ou des versements à un fonds de solidarité"),
        (2, "5.2) Descriptifs et montants financiers des opérations de coopération décentralisée conduites en "
            "application de l'article L.1115-1-1 du CGCT"),
    ]  # fmt: skip
    assert headings(abainville, 7) == [
        (1, "2. Tarification de l’assainissement et recettes du service"), (2, "2.1. Modalités de tarification"),
    ]  # fmt: skip
    assert [headings(source, 1) for source in (genouilly, abainville)] == [[], []]
    assert headings(abainville, 2) == [(1, "Table des matières")]


def test_contents_keep_titles_and_pages(genouilly: SourceText, abainville: SourceText) -> None:
    """Entries over two lines are joined, words cut at the line's end too; an entry without a page number stays bare."""
    assert "\n3.6) Taux de boues issues des ouvrages d'épuration évacuées selon les filières conforme à la " in (
        page(genouilly, 2)
    )
    assert "1 – Caractéristique technique du service\n1.1) Présentation du service\t3\n" in page(genouilly, 2)
    assert "(envoi vers une autre collectivité\t3\n" in page(genouilly, 2)
    assert "2.3. Recettes\t9\n3. Indicateurs de performance\t10\n" in page(abainville, 2)


def test_stamp_and_page_numbers_are_left_out(genouilly: SourceText, abainville: SourceText) -> None:
    """The registry's stamp and the numbers at the foot of the pages are no part of the text."""
    assert "PREFECTURE" not in abainville.text
    assert page(abainville, 13).endswith("soit 0 €/m3 pour l’année 2021 (0 €/m3 en 2020).\n\n")
    assert page(genouilly, 6).endswith("4.92 € H.T./m3 pour 2022\n\n")


def test_ruled_tables_keep_their_cells(genouilly: SourceText, abainville: SourceText) -> None:
    """Cells that touch, are empty or take several lines stay in their row and column."""
    assert (
        "\t2020\t2021\tVariation\nFacturation du service assainissement aux abonnés\t20 000,00 €\t20 600.00 €*\t1.03\n"
    ) in page(genouilly, 7)
    assert "Abonnés domestiques (1)\t10 692\t8 451\t\nAbonnés non domestiques\t0\t0\t\n" in page(abainville, 4)
    assert "P203.3\tConformité de la collecte des effluents aux prescriptions définies" in page(abainville, 14)
    assert "\nTotal\t194,92\t194,92\t0%\nPrix TTC au m3\t1,62\t1,62\t0%\n" in page(abainville, 8)


def test_prices_within_one_ruled_row_are_rows(genouilly: SourceText) -> None:
    """The tariff, ruled around its lines only, gives a row for each price under the part it belongs to."""
    assert (
        "Part de l'exploitant\tPart fixe (€ HT/an) abon. ordinaire\t69.13\t71.21\t1.03\n"
        "Part de l'exploitant\tPart proportionnelle (€ HT/m3)\t\t\t\n"
        "Part de l'exploitant\t- de 0 à 10 m3\t1,2223\t1.2591\t1.03\n"
    ) in page(genouilly, 6)
    assert "Redevance et taxes\tRedevance de modernisation des réseaux de collecte\t0,15\t0.15\t0\n" in page(genouilly, 6)


def test_merged_cells_reach_their_rows_and_columns(genouilly: SourceText, abainville: SourceText) -> None:
    """A merged row header is repeated, a header of three rows is stacked, a band keeps the columns of its table."""
    assert "A - Plan du réseau de collecte\tMise à jour du plan au moins annuelle\tOUI\t10\t10\n" in page(genouilly, 7)
    rejections = page(abainville, 6).split("Charges rejetées par l’ouvrage\n\n")[1].split("\n")
    assert rejections[0].split("\t")[:4] == [
        "Date du bilan 24h", "Conformité (Oui/Non)",
        "Conformité du rejet en concentration et/ou en rendement selon arrêté DBO5 Conc mg/l",
        "Conformité du rejet en concentration et/ou en rendement selon arrêté DBO5 Rend %",
    ]  # fmt: skip
    assert rejections[1] == "Juin 2017\tOui\t19\t94\t82\t91\t16\t94\t\t\t9\t25"
    assert "\nTaxes et redevances\t\t\t\nRedevance de modernisation" in page(abainville, 8)


def test_paragraphs_and_items_are_whole(genouilly: SourceText, abainville: SourceText) -> None:
    """Justified lines are joined, and the line after a list's last item is not part of it."""
    assert (
        "\n- Facturation du montant, en même temps et avec la même périodicité que l'eau potable.\n"
        "- Recouvrement des sommes dues en effectuant, si nécessaire, la relance des usagers retardataires, dans "
        "le cadre du processus qui lui est habituel pour la facturation de l'eau, l'exclusion des procédures "
        "contentieuses qui s'avéreraient nécessaires après l'envoi de la mise en demeure.\n"
    ) in page(genouilly, 3)
    assert (
        "\n- 0 km de réseau séparatif d'eaux usées hors branchements,\n\n"
        "soit un linéaire de collecte total de 4 km (4 km au 31/12/2020).\n"
    ) in page(abainville, 5)
