"""What a careful reader would stop at, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.auditing import Finding, FindingCode
from tests.support.mini import build, write_seed

TWICE = "De plus, une subvention exceptionnelle de 12 000 € a été accordée pour acheter une scène mobile."


def findings(text: str, folder: Path) -> tuple[Finding, ...]:
    """Return what is found in a made-up report of that text."""
    seed = write_seed(folder / "seed", text=f"Patinoire\n\n{text}\n")
    for name in ("facts.jsonl", "glossary.toml"):
        (seed / name).unlink()
    return build(seed, folder / "index").findings


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Les subventions atteignent 16 069 633 M€.", FindingCode.UNIT, "ferait 16 069,63 milliards d'euros"),
        ("Il y a eu 30 médailles soit 22 médailles en argent et 5 médailles en or.", FindingCode.SUM, "22 + 5 font 27"),
        ("Elle passe de 200 visiteurs à 250 visiteurs soit une hausse de 20 %.", FindingCode.CHANGE, "25 %, et non de 20 %"),
        ("Coût pour la ville : 42 M€ (base de 800 € / logement). La cité compte 5 200 logements.",
         FindingCode.RATE, "font 4 160 000 €, et non 42 M€"),
        ("Les fonds de relance atteignent 1 000 000 €, dont :\n\n- pistes : 400 000 €\n- gare : 350 000 €\n- quai : 249 996 €",
         FindingCode.SUM, "font 999 996 €"),
        ("Les dossiers sont notés sur 4 critères : rayonnement, accès, foncier, bâti, qualité.", FindingCode.COUNT, "compte 5"),
        ("Le chantier suit 3 axes :\n\n- eau\n- air", FindingCode.COUNT, "compte 2"),
        ("Piscine du Val-Fleuri : ouverture au public en 2024.\n\nPiscine du Val-Fleuri : livraison prévue fin 2025.",
         FindingCode.DATES, "2024 ici, fin 2025 ailleurs"),
        (f"{TWICE} Le festival a reçu 35 000 €. {TWICE}", FindingCode.REPEATED, "deux fois"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(text: str, code: FindingCode, said: str, tmp_path: Path) -> None:
    """One finding, which says in French what is wrong."""
    (finding,) = findings(text, tmp_path)
    assert finding.code is code
    assert said in finding.text


@pytest.mark.parametrize(
    "text",
    [
        "Les subventions atteignent 16 M€ et le budget 198,5 millions d'euros.",
        "Il y a eu 30 médailles soit 22 médailles en argent, 5 médailles en vermeil et 3 médailles en or.",
        "Il y a eu 30 médailles dont 22 médailles en argent et 5 médailles en or.",
        "La fréquentation est passée de 200 visiteurs à 250 visiteurs soit une hausse de 25 %.",
        "La masse est passée de 12 607 476 € à 13 056 634 € soit une augmentation de 3,6 %.",
        "Le stock passe de 10 653 dossiers à 11 122 dossiers, malgré une augmentation des attributions de 15,5 %.",
        "La piste ouvre en 2019. La piste ouvre en 2019.",
        "Coût pour la ville : 4,2 M€ (base de 800 € / logement). La cité compte 5 200 logements.",
        "Les fonds de relance atteignent 900 000 €, dont :\n\n- pistes : 400 000 €\n- gare : 350 000 €\n- quai : 50 000 €",
        "Les dossiers sont notés sur 4 thèmes : l'éducation, l'insertion professionnelle et sociale, la santé et le numérique.",
        "Le chantier suit 2 axes :\n\n- eau\n- air",
        "Piscine du Val-Fleuri : ouverture en 2024.\n\nPatinoire du Val-Fleuri : ouverture en 2025.",
        "Piscine du Val-Fleuri : fin des études en 2022.\n\nPiscine du Val-Fleuri : ouverture en 2024.",
    ],
)
def test_what_is_right_raises_no_alarm(text: str, tmp_path: Path) -> None:
    """Right sums, parts that need not be all, rounded percentages, another thing's percentage, a sentence without amount."""
    assert findings(text, tmp_path) == ()
