"""A made-up report of two pages with everything a seed folder may hold: read, indexed and asked for real."""

from __future__ import annotations

import json
from pathlib import Path

from index.reading.limits import Limits
from index.store.building import build_index
from index.store.report_index import ReportIndex
from tests.support.hashing import HashingEmbedder

TEXT = """Rapport d'activités 2019

Communauté de communes du Val-Fleuri

SOMMAIRE

3 Cadre de vie
- 3 Jardins partagés
- 5 Patinoire
7 Culture

Cadre de vie

Jardins partagés

En 2019, 37 jardins partagés ont été ouverts, contre 21 jardins en 2018.

Les outils prêtés aux jardiniers sont les suivants :

- 12 motoculteurs
- 8 brouettes
- 3 broyeurs de branches

Patinoire

La patinoire a accueilli 48 250 patineurs. Les travaux de la piste ont coûté 1 250 000 € HT.

Perspectives 2020

La patinoire fermera trois mois pour remplacer les compresseurs.

Culture

Le festival des marionnettes (FDM) s'est tenu du 4 au 6 juillet 2019. Il a réuni 5 600 spectateurs.

Salle\tPlaces\tSubvention
Le Tilleul\t320\t15 000 €
La Grange\t140\t9 500 €
"""

METADATA = """title = "Rapport d'activités 2019"
authority = "Communauté de communes du Val-Fleuri"
period = "2019"
published = "2020-06"
short_names = ["CCVF", "la communauté de communes"]
examples = ["Combien de jardins partagés ?"]
places = ["Val-Fleuri|Fleuri", "Bourg-Neuf"]
"""

CARDS = (
    {
        "quote": "37 jardins partagés ont été ouverts",
        "section": "Jardins partagés",
        "questions": ["Combien de potagers collectifs ?", "Le nombre de parcelles à cultiver ensemble ?"],
        "keywords": ["potager"],
    },
    {
        "quote": "La patinoire a accueilli 48 250 patineurs.",
        "section": "Patinoire",
        "questions": ["Combien de gens sont venus glisser ?"],
        "keywords": [],
    },
)

GLOSSARY = """[[entry]]
term = "FDM"
expansion = "festival des marionnettes"
writings = ["F.D.M."]
explanation = "Trois jours de spectacles de marionnettes en juillet."
quote = "Le festival des marionnettes (FDM) s'est tenu du 4 au 6 juillet 2019."
source = "rapport"
"""


def write_seed(folder: Path, *, text: str = TEXT, name: str = "report.txt", metadata: str = METADATA) -> Path:
    """Return `folder`, now a seed folder of the made-up report with its cards and its glossary."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "report.toml").write_text(metadata, encoding="utf-8")
    write_cards(folder, *CARDS)
    (folder / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    return folder


def write_cards(folder: Path, *cards: object) -> None:
    """Write these cards, and no other, into a seed folder."""
    lines = [json.dumps(card, ensure_ascii=False) for card in cards]
    (folder / "facts.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def build(seed: Path, folder: Path, *, limits: Limits | None = None, cards: bool = True) -> ReportIndex:
    """Return the index of `seed`, built in `folder` with the hashing embedder."""
    return build_index(seed, folder, HashingEmbedder(), limits=limits or Limits(), progress=lambda _step: None, cards=cards)


def write_second_seed(folder: Path) -> Path:
    """Return `folder`, now the report of another authority a year later: the same subjects, other figures, no cards."""
    text = TEXT
    for old, new in (("2020", "2021"), ("2019", "2020"), ("Val-Fleuri", "Bourg-Neuf"), ("48 250", "51 730")):
        text = text.replace(old, new)
    metadata = METADATA.replace("2020", "2021").replace("2019", "2020").replace("Val-Fleuri", "Bourg-Neuf")
    write_seed(folder, text=text, metadata=metadata)
    (folder / "facts.jsonl").unlink()
    (folder / "glossary.toml").unlink()
    return folder
