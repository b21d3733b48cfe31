"""Generated reports: as the real one is made, and others in every name and figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluation.benchmarks.collection import Generator
from index.reading.limits import Limits
from index.reading.report import Report, read_report


@pytest.fixture(scope="module")
def generator(report: Report) -> Generator:
    """Return the generator over the real report."""
    return Generator(report)


def test_the_same_number_gives_the_same_report(generator: Generator, report: Report) -> None:
    """Whoever generates it, and whatever was generated before."""
    assert Generator(report).text(3) == generator.text(3)
    assert Generator(report, seed=2).text(3) != generator.text(3)


def test_it_is_as_long_as_the_real_one(generator: Generator, report: Report) -> None:
    """Within a twentieth."""
    assert abs(len(generator.text(1)) / len(report.document.text) - 1) < 0.05


def test_it_is_read_as_the_real_one(generator: Generator, report: Report, tmp_path: Path) -> None:
    """The same outline under its own title, and as many passages and units within a twentieth."""
    read = read_report(generator.write(tmp_path, 1), limits=Limits())
    assert [s.title.removesuffix(" (1)") for s in read.document.sections] == [s.title for s in report.document.sections]
    assert abs(len(read.passages) / len(report.passages) - 1) < 0.05
    units, real = (sum(len(p.units) for p in made.passages) for made in (read, report))
    assert abs(units / real - 1) < 0.05


def test_each_report_has_words_of_its_own(generator: Generator) -> None:
    """The vocabulary of a collection grows, as that of real ones does."""
    words = [set(re.findall(r"[^\W\d_]+", generator.text(number))) for number in (1, 2, 3)]
    assert all(len(mine - others) > 100 for mine, others in ((words[2], words[0] | words[1]), (words[0], words[1])))


def test_no_long_figure_is_left(generator: Generator, report: Report) -> None:
    """Sums of six digits and more that stand in its units are other sums."""
    long = re.compile(r"\d[\d ]{5,}\d")
    sums = {found for passage in report.passages for unit in passage.units for found in long.findall(unit.text)}
    assert len(sums & set(long.findall(generator.text(1)))) < len(sums) / 10
