"""Charts as geometry: what each goal looks like, which mark each verdict has, how a drawing is printed."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from dashboard.charts import svg, theme
from dashboard.charts.svg import labels
from metrics.calc.standing import Verdict

from .drawings import (
    GRADUATION,
    D,
    check_numbers,
    completion,
    drawn,
    enrollment,
    looks,
    number,
    series,
    touching,
    words_of,
)

# --- The three goals as they are --------------------------------------------------------------------------------------


def test_graduation_is_missed_by_its_post() -> None:
    chart = drawn(series(2011, GRADUATION))
    (post,) = chart.posts
    assert post.look == "mish"
    assert number(post.height) * 16 == pytest.approx((95 - 85.3) / 50 * 208, abs=0.1)
    assert {"target 95", "9.7 short", "85.3%", "71.5", "2011", "2014", "2025"} <= set(words_of(chart))
    assert len([curve for curve in chart.curves if curve.look == "act"]) == 1


def test_graduation_on_its_bar() -> None:
    chart = svg.distance(
        key="k", title="t", description="d", start=D("71.5"), today=D("85.3"), target=D(95),
        labels=svg.DistanceLabels(start="start 71.5", target="target 95%", today="85.3%", year="2025"),
    )  # fmt: skip
    assert [(band.look, band.x, band.width) for band in chart.bands] == [
        ("trk", "0%", "100%"),
        ("gnd", "0%", "71.5%"),
        ("rep", "71.5%", "13.8%"),
        ("mish", "85.3%", "9.7%"),
    ]
    assert words_of(chart) == ["2025 85.3%", "target 95%", "start 71.5"]


@pytest.mark.parametrize(("chart", "first"), [(enrollment(), 2018.5), (completion(), 2019.5)])
def test_silent_years_are_hatched_from_the_last_report_to_the_goal(chart: svg.Chart, first: float) -> None:
    (band,) = (band for band in chart.bands if band.look == "silent")
    assert number(band.x) == pytest.approx((first - 2014) / 11 * 100, abs=0.01)
    assert number(band.x) + number(band.width) == pytest.approx(100, abs=0.01)
    assert [post.look for post in chart.posts] == ["voidh"]
    assert {"2019–2025", "not yet", "reported"} <= set(words_of(chart))
    assert str(int(first)) in words_of(chart)


def test_restated_starts_stay_on_every_chart() -> None:
    assert "50 at launch" in words_of(enrollment())
    assert "oldd" in looks(enrollment())
    near = completion(labels=svg.TrajectoryLabels(start="24", target="target 50", value="25.0%", old_start="23"))
    assert "24 23" in words_of(near)
    assert "oldd" not in looks(near)


def test_the_window_of_each_goal() -> None:
    def window(**asked: Any) -> tuple[int, int]:
        span = svg.window(**asked)
        return int(span.floor), int(span.ceiling)

    assert window(values=[D("63.2"), D("85.3")], target=D(95), start=D("71.5")) == (50, 100)
    assert window(values=[D(60), D(66), D(50)], target=D(70), start=D(61)) == (30, 80)
    assert window(values=[D(22), D(27), D(23)], target=D(50), start=D(24)) == (10, 60)
    assert window(values=[D(17)], target=D(12), start=D(24), higher_is_better=False) == (10, 60)
    assert window(values=[D(40), D(98)], target=D(95), start=None) == (40, 100)
    assert window(values=[], target=None, start=None) == (0, 50)


# --- Grammar ----------------------------------------------------------------------------------------------------------

SHORT = "71.5 73 75 77 78 80"
MARK_OF = {
    Verdict.MET: (series(2014, "71.5 74 76 78 80 82 84 86 88 90 92 95.4"), {"act", "ring", "path"}),
    Verdict.MET_LATE: (series(2014, f"{SHORT} 81 82 83 84 85 86 95.2"), {"act", "mish", "zone", "tline"}),
    Verdict.MISSED: (series(2011, GRADUATION), {"act", "mish", "path"}),
    Verdict.DUE: (series(2014, SHORT), {"act", "silent", "voidh", "path"}),
    Verdict.ON_TRACK: (series(2014, SHORT), {"act", "path"}),
    Verdict.BEHIND: (series(2014, SHORT), {"act", "path"}),
    Verdict.FAR_BEHIND: (series(2014, SHORT), {"act", "path"}),
    Verdict.MOVING_AWAY: (series(2014, "71.5 70 69 68"), {"act", "path"}),
    Verdict.NO_DETECTABLE_CHANGE: (series(2014, "71.5 71.7"), {"act", "path"}),
    Verdict.NO_DATA: ((), {"silent", "path", "ring"}),
    Verdict.BASELINE_ONLY: (series(2014, "71.5"), {"silent", "path", "ring"}),
    Verdict.WITHHELD: (series(2014, f"{SHORT} 81 82 83 84 85 *"), {"act", "voidh", "path"}),
    Verdict.NOT_COMPARABLE: (series(2014, SHORT), {"act", "ring"}),
}


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_texture(verdict: Verdict) -> None:
    points, expected = MARK_OF[verdict]
    last = max([2025, *(point.year for point in points)])
    begin = None if verdict is Verdict.NOT_COMPARABLE else 2014
    chart = drawn(points, verdict=verdict, last_year=last, start_year=begin)
    assert expected <= looks(chart)
    check_numbers(chart)
    if verdict is Verdict.NOT_COMPARABLE:
        assert "path" not in looks(chart)


def test_missing_and_withheld_years_break_the_line() -> None:
    chart = drawn(series(2011, "63.2 64.6 - 71.5 70.1 * * 70.7 ~72.5 ~68.6 ? 73.8 78.4 78.6 85.3"))
    lines = [curve.points.split() for curve in chart.curves if "act" in curve.look]
    spans = [[float(pair.split(",")[0]) for pair in line] for line in lines]
    step = 1000 / 14
    for xs in spans:
        assert all(b - a == pytest.approx(step, abs=0.02) for a, b in pairwise(xs))
    assert [(band.look, band.width) for band in chart.bands] == [
        ("silent", "7.14%"),
        ("voidh", "14.29%"),
        ("silent", "7.14%"),
    ]


def test_estimates_are_tinted_and_dotted() -> None:
    other = series(2011, "82.7 84.8 85.5 87.0 87.2 87.4 87.9 88.3 88.5 ~88.9 ~89.7 ~88.9 ~88.6 ~89.1 ~91.3")
    chart = svg.comparison(
        key="k", title="t", description="d", own=series(2011, GRADUATION), other=other, first_year=2011, last_year=2025,
        floor=D(50), ceiling=D(100),
        labels=svg.ComparisonLabels(
            own_value="85.3", own_name="Hartford", other_value="91.3", other_name="Connecticut"
        ),
    )  # fmt: skip
    assert [curve.look for curve in chart.curves] == ["cmp", "tint", "cmp est", "act"]
    assert not touching(chart, 160)


def test_ring_and_dot_are_both_seen_when_the_target_is_just_met() -> None:
    chart = drawn(series(2014, "71.5 74 76 78 80 82 84 86 88 90 92 95"), verdict=Verdict.MET)
    ring, last = chart.dots[-2:]
    assert (ring.look, last.look) == ("ring", "dot")
    assert float(ring.r) - float(last.r) >= 3


def test_withheld_group_row_and_bar_are_hatched() -> None:
    span = svg.Window(D(50), D(100))
    row = svg.dot_row(value=None, best=D(90), target=D(95), span=span, withheld=True)
    assert {"voidh"} == {band.look for band in row.posts}
    assert not row.dots
    bar = svg.distance(
        key="k", title="t", description="d", start=None, today=None, target=D(95),
        labels=svg.DistanceLabels(note="fewer than 20 students"),
    )  # fmt: skip
    assert [band.look for band in bar.bands] == ["trk", "voidh"]


def test_a_point_holds_a_value_exactly_when_its_kind_does() -> None:
    with pytest.raises(ValueError, match="2018"):
        svg.PlotPoint(2018, None)
    with pytest.raises(ValueError, match="2018"):
        svg.PlotPoint(2018, D(1), svg.WITHHELD)


# --- The template and the style sheet ---------------------------------------------------------------------------------


def test_the_template_names_and_describes_the_drawing() -> None:
    text = render_to_string("charts/chart.svg", {"chart": drawn(series(2011, GRADUATION), title="85 < 95 & rising")})
    root = ElementTree.fromstring(text)
    (picture,) = (element for element in root.iter("svg") if element.get("role") == "img")
    named = {element.get("id"): element.text for element in picture if element.tag in ("title", "desc")}
    assert named == {"k-t": "85 < 95 & rising", "k-d": "A description"}
    assert picture.get("aria-labelledby") == "k-t k-d"
    assert "style=" not in text
    assert "nan" not in text.lower()


def test_a_decorative_drawing_is_hidden_from_readers() -> None:
    row = svg.dot_row(value=D(80), best=D(90), target=D(95), span=svg.Window(D(50), D(100)))
    text = render_to_string(row.template, {"chart": row})
    assert 'aria-hidden="true"' in text
    assert 'role="img"' not in text


def test_styles_hold_the_sizes_that_the_geometry_reckons_with() -> None:
    css = (Path(settings.BASE_DIR) / "static/css/charts.css").read_text()
    sizes = dict.fromkeys(labels.LOOKS, 13.0)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        found = re.search(r"font-size:([\d.]+)rem", body)
        for name in re.findall(r"\.c \.(\w+)", selectors) if found else ():
            sizes[name] = float(found[1]) * 16  # type: ignore[index]
    assert sizes == {name: size for name, (size, _) in labels.LOOKS.items()}


def test_styles_cover_every_look() -> None:
    css = (Path(settings.BASE_DIR) / "static/css/charts.css").read_text()
    charts = [enrollment(), completion(), *(drawn(points, verdict=name) for name, (points, _) in MARK_OF.items())]
    for look in set().union(*(looks(chart) for chart in charts)):
        for name in look.split():
            assert re.search(rf"\.{name}\b", css), name


@pytest.mark.parametrize(("name", "opening"), [("LIGHT", ":root{"), ("DARK", "prefers-color-scheme:dark){:root{")])
def test_theme_and_styles_hold_the_same_colours(name: str, opening: str) -> None:
    css = (Path(settings.BASE_DIR) / "static/css/base.css").read_text()
    block = css.split(opening, 1)[1].split("}", 1)[0]
    tokens = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", block))
    full = {k: v if len(v) == 7 else "#" + "".join(c * 2 for c in v[1:]) for k, v in tokens.items()}
    assert {key: full.get(key) for key in getattr(theme, name)} == dict(getattr(theme, name))
