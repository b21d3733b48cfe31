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
    ],
)
def test_what_is_right_raises_no_alarm(text: str, tmp_path: Path) -> None:
    """Right sums, parts that need not be all, rounded percentages, another thing's percentage, a sentence without amount."""
    assert findings(text, tmp_path) == ()
