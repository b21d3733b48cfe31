"""The style sheet: colours that can be read."""

import re
from pathlib import Path

import pytest

import web

STYLE = (Path(web.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): #(\w{6}|\w{3});", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.S)[:2]
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a hexadecimal colour (WCAG 2.2)."""
    digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("ink", "paper"), ("ink", "surface"), ("ink", "tint"), ("soft", "paper"), ("soft", "surface"), ("soft", "tint"),
        ("accent", "paper"), ("accent", "surface"), ("on-accent", "accent"), ("marked", "marker"),
        ("caution", "caution-tint"), ("caution", "paper"),
    ],
)  # fmt: skip
def test_text_stands_out_from_its_background(colours: dict[str, str], text: str, background: str) -> None:
    """At least 4.5 to 1, the ratio of WCAG AA for text of any size."""
    lighter, darker = sorted((luminance(colours[text]), luminance(colours[background])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
