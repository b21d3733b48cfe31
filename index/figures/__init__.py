"""The figures of a report: each number with its value, unit, kind, period, softening word and what it counts.

General rules of French and of administrative writing; their word lists stand in `data/`. No name of one report, no
retrieval and no answering here: a figure is what the report prints, and whether it is right is judged elsewhere.

What is decided where writers differ:
- a change keeps the sign it is printed with: "- 0,12 %" is -0.12, "une baisse de 14%" is 14;
- "171/264" is two counts, and only after "soit", "(", ":" or "="; elsewhere "11/19" is a name;
- what is said per something is a rate, all of it in the unit: "EUR/entrée", "visiteurs/jour", "m²/10 000 habitants";
- measures have the symbol of their unit ("1500 kms" is km, "tonnes" t), durations the plural word ("3 années" is ans);
- a fraction is a percentage ("un quart" is 25 %); "un" and "une" alone are articles; an hour of the day is no figure;
- a number without a noun ("contre 7500 en 2020") counts what the count before it counts;
- a title between quotation marks is a name: « 1 000 jardins » counts no garden, its years are dates.
"""

from index.figures.extract import extract_figures
from index.figures.reading import bare_numbers, figures_in, months_in
from index.figures.shares import shares_in

__all__ = ["bare_numbers", "extract_figures", "figures_in", "months_in", "shares_in"]
