"""Charts and cards as files: they stand alone, say what the page says, and look the same on every machine."""

import io
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from PIL import Image

from dashboard import pictures
from dashboard.charts.svg.wrapping import wrapped
from dashboard.pictures import drawing

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def fetched(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content


def words(svg: bytes) -> list[str]:
    return [" ".join("".join(text.itertext()).split()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "path",
    [
        "/goals/graduation/chart.svg", "/goals/enrollment/chart.svg", "/es/goals/completion/chart.svg",
        "/indicators/graduation-4yr/chart.svg?group=black&group=white", "/indicators/spending-per-pupil/chart.svg",
    ],
)  # fmt: skip
def test_a_drawing_is_xml_that_needs_no_page_around_it(path):
    svg = fetched(path)
    root = ElementTree.fromstring(svg)
    assert root.get("width") == "720"
    left, top, width, _height = map(float, root.get("viewBox").split())
    assert (left, top, width) == (0, 0, 720)
    for mark in root.iter():
        for name in ("x", "y", "x1", "y1", "cx", "cy", "width", "height"):
            assert "%" not in mark.get(name, "") or mark.tag == f"{SVG}pattern", "nothing stretches"
            assert "em" not in mark.get(name, "")
    assert b"var(" not in svg
    assert b"rem" not in svg.partition(b"</style>")[0]
    assert b"http" not in svg.replace(b"http://www.w3.org/2000/svg", b""), "nothing is loaded from anywhere"


def test_it_holds_its_name_what_it_shows_and_where_that_comes_from():
    said = words(fetched("/goals/graduation/chart.svg"))
    assert said[0] == "High school graduation"
    assert " ".join(said).startswith("High school graduation Target missed. 85.3% of the class of 2025 graduated.")
    assert {"target 95", "9.7 short", "85.3%", "required path", "2014", "2025"} <= set(said)
    assert "Connecticut State Department of Education, EdSight" in " ".join(said)
    assert "Published by Achieve Hartford! for the ALL IN! Coalition, release 1," in " ".join(said)


def test_in_spanish_it_is_in_spanish():
    svg = fetched("/es/goals/graduation/chart.svg")
    assert b'xml:lang="es"' in svg
    assert words(svg)[0] == "Graduación de escuela secundaria"


def test_no_word_is_printed_outside_the_picture():
    for path in ("/goals/graduation/chart.svg", "/goals/enrollment/chart.svg", "/indicators/attendance/chart.svg"):
        root = ElementTree.fromstring(fetched(path))
        height = float(root.get("height"))
        assert all(0 < float(text.get("y")) < height for text in root.findall(f"{SVG}text"))


def test_letters_at_the_lines_are_spelled_out_in_the_picture():
    said = " ".join(words(fetched("/indicators/graduation-4yr/chart.svg?group=black&group=white")))
    assert "A Hartford School District, Black or African American, 75.2%" in said


def test_what_has_no_figure_has_no_picture():
    assert Client().get("/indicators/enrollment-launch/chart.svg").status_code == 404
    assert Client().get("/indicators/nowhere/chart.png").status_code == 404
    assert Client().get("/goals/nowhere/card.png").status_code == 404


def test_a_picture_is_twice_as_fine_as_the_drawing():
    png = Image.open(io.BytesIO(fetched("/goals/graduation/chart.png")))
    root = ElementTree.fromstring(fetched("/goals/graduation/chart.svg"))
    assert (png.format, png.width) == ("PNG", 1440)
    assert abs(png.height - 2 * float(root.get("height"))) <= 2


@pytest.mark.parametrize(
    "path",
    [
        "/goals/graduation/card.png", "/es/goals/completion/card.png", "/indicators/attendance/card.png",
        "/indicators/enrollment-launch/card.png", "/es/indicators/sbac-ela-level-1/card.png",
    ],
)  # fmt: skip
def test_a_card_is_one_page_of_1200_by_630_with_something_on_it(path):
    card = Image.open(io.BytesIO(fetched(path))).convert("L")
    assert card.size == (1200, 630)
    assert card.getextrema()[0] < 60
    assert card.crop((0, 0, 60, 630)).getextrema() == (255, 255), "nothing runs out on the left"
    assert card.crop((1140, 0, 1200, 630)).getextrema() == (255, 255), "nor on the right"


def test_every_goal_and_indicator_has_a_card():
    pages = Client().get("/sitemap.xml").content.decode()
    paths = set(re.findall(r"(/(?:es/)?(?:goals|indicators)/[\w-]+/)</loc>", pages))
    assert len(paths) == 2 * (3 + 46)
    for path in sorted(paths):
        assert fetched(f"{path}card.png").startswith(b"\x89PNG"), path


def test_the_same_words_give_the_same_bytes():
    svg = fetched("/goals/graduation/chart.svg").decode()
    first = pictures.as_png(svg)
    pictures.as_png.cache_clear()
    assert pictures.as_png(svg) == first


def test_a_name_cannot_be_a_command():
    words_of = pictures.Words(
        board="ALL IN!", name="#panic() $x$ *bold* <a>", status="“]", tone="void", sentence="#import", source="\\"
    )
    assert pictures.card(pictures.Card(words=words_of, chart=None)).startswith(b"\x89PNG")


def test_the_rules_of_the_page_are_those_of_the_picture():
    rules = drawing.style()
    assert ".act{stroke:#1d439b;stroke-width:3.25" in rules
    assert ".c .now{fill:#141b26;font-size:19px" in rules
    assert "@" not in rules
    assert "<" not in rules


def test_a_long_text_is_broken_between_words():
    lines = wrapped("one two three four", look="lab", width=60)
    assert " ".join(lines) == "one two three four"
    assert len(lines) > 1
    assert wrapped("unbreakable", look="lab", width=1) == ("unbreakable",)
