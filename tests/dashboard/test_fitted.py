"""Charts that fit their own figures: windows, gridlines, counts, and targets that lie below the start."""

from decimal import Decimal

import pytest
from django.utils import translation

from dashboard.charts import svg, words
from dashboard.charts.svg.scale import Scale
from dashboard.pages import drawings
from metrics.calc.cells import Cell, Known, Unit, YearAxis
from metrics.calc.standing import standing
from metrics.calc.verdicts import Promise, Standing

from .drawings import check_numbers, touching, words_of

D = Decimal
HUNDRED = D(100)
RATE = words.Subject("melt", "Summer melt", YearAxis.CLASS)
COUNT = words.Subject("tutored", "Students tutored", YearAxis.SCHOOL, decimals=0, unit=Unit.STUDENTS)
MONEY = words.Subject("spending", "Spending", YearAxis.SCHOOL, decimals=0, unit=Unit.DOLLARS)
DOWN = Promise("melt", D(24), 2021, D(12), 2028, higher_is_better=False)
UP = Promise("tutored", D(0), 2022, D(200), 2027)
LESS = Promise("spending", D(4000), 2022, D(1200), 2027, higher_is_better=False)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def cells(first: int, values: str) -> dict[int, Cell]:
    return {first + at: Known(D(value)) for at, value in enumerate(values.split())}


def judged(promise: Promise, first: int, values: str, as_of: int = 2026) -> Standing:
    return standing(promise, promise.indicator, cells(first, values), as_of)


@pytest.mark.parametrize(
    ("values", "most", "expected"),
    [
        ((24, 12, 17), HUNDRED, (0, 30)),
        ((60, 75), HUNDRED, (50, 80)),
        ((71.5, 95), HUNDRED, (70, 100)),
        ((0, 100), HUNDRED, (0, 100)),
        ((96, 99), HUNDRED, (95, 100)),
        ((4, 9), None, (0, 10)),
        ((0, 200, 75), None, (0, 250)),
        ((1200, 4000), None, (0, 5000)),
        ((100, 100), None, (99, 101)),
        ((0, 0), None, (0, 1)),
        ((-5, 5), None, (-10, 10)),
    ],
)
def test_a_window_fits_its_figures(values: tuple[float, ...], most: Decimal | None, expected: tuple[int, int]) -> None:
    seen = [D(str(value)) for value in values]
    found = svg.fitted(values=seen, target=seen[0], start=seen[1], most=most)
    assert (int(found.floor), int(found.ceiling)) == expected


@pytest.mark.parametrize(
    ("floor", "ceiling", "lines"),
    [
        (0, 30, "0 10 20 30"),
        (50, 100, "50 60 70 80 90 100"),
        (0, 10, "0 2 4 6 8 10"),
        (95, 100, "95 96 97 98 99 100"),
        (0, 250, "0 50 100 150 200 250"),
        (0, 5000, "0 1,000 2,000 3,000 4,000 5,000"),
    ],
)
def test_gridlines_stand_at_round_values_of_any_size(floor: int, ceiling: int, lines: str) -> None:
    scale = Scale.around(first=1, last=2, floor=D(floor), ceiling=D(ceiling), height=200, values=[])
    assert " ".join(f"{value:,f}" for value in scale.lines()) == lines


class TestLowerIsBetter:
    def far(self, values: str) -> svg.Chart:
        return drawings.distance("melt", judged(DOWN, 2021, values), RATE, whole=D(30))

    def pieces(self, values: str) -> list[tuple[str, str, str]]:
        return [(band.look, band.x, band.width) for band in self.far(values).bands[1:]]

    def test_on_the_way_the_gain_is_between_today_and_the_start(self) -> None:
        assert self.pieces("24 21 18") == [("gnd", "0%", "40%"), ("mish", "40%", "20%"), ("rep", "60%", "20%")]
        assert words_of(self.far("24 21 18")) == ["18.0% 2023", "target 12%", "start 24"]

    def test_past_the_target_nothing_is_hatched(self) -> None:
        assert self.pieces("24 15 9") == [("gnd", "0%", "30%"), ("rep", "30%", "50%")]

    def test_above_the_start_all_of_it_is_hatched(self) -> None:
        assert self.pieces("24 27") == [("gnd", "0%", "40%"), ("mish", "40%", "50%")]

    @pytest.mark.parametrize("values", ["24 21 18", "24 15 9", "24 27", "24", "24 23.8 12.5", "24 12.1", "24 4 0.5"])
    @pytest.mark.parametrize("width", [208, 284, 640])
    def test_no_two_labels_touch(self, values: str, width: float) -> None:
        chart = self.far(values)
        check_numbers(chart)
        assert touching(chart, width) == []

    def test_the_trajectory_falls_to_its_ring(self) -> None:
        found = judged(DOWN, 2021, "24.0 23.5 21.0 19.5 17.0")
        frame = svg.fitted(values=[D(17)], target=D(12), start=D(24), most=HUNDRED)
        chart = drawings.trajectory(
            "melt",
            found,
            RATE,
            cells(2021, "24.0 23.5 21.0 19.5 17.0"),
            size=svg.Size.PAIR,
            path_label=True,
            frame=frame,
        )
        check_numbers(chart)
        # 240 px for 30 points: 24 lies 48 px under the top, 12 lies 144 px under it.
        (path,) = (rule for rule in chart.rules if rule.look == "path")
        assert (path.y1, path.y2) == ("3em", "9em")
        assert {"30%", "0", "24", "target 12", "17.0%", "required path"} <= set(words_of(chart))
        for width in (170, 250, 360, 700):
            assert touching(chart, width) == []

    def test_words_call_a_drop_a_drop(self) -> None:
        said = words.sentence(judged(DOWN, 2021, "24.0 24.0 22.0 20.0 20.0"), RATE)
        # The path asks for 17.14 in 2025; 4 of the 6.86 points due were made: 58 %.
        assert said == (
            "20.0% for the class of 2025. The path asked for 17.1%: 2.9 points behind. "
            "58% of the drop due by then was made."
        )

    def test_a_missed_target_tells_the_side_it_was_missed_on(self) -> None:
        found = judged(Promise("melt", D(24), 2014, D(12), 2016, higher_is_better=False), 2014, "24 20 15")
        assert words.sentence(found, RATE) == (
            "15.0% for the class of 2016. The target was 12%: 3.0 points short, and 9.0 points below the start."
        )


class TestOtherUnits:
    def test_students_are_counted_in_students(self) -> None:
        found = judged(UP, 2022, "0 20 61 75")
        assert words.distance(found, COUNT) == "125 students to go"
        assert words.finding(found, Unit.STUDENTS) == "75 of the 200 students needed"

    def test_one_student_is_one(self) -> None:
        assert words.distance(judged(UP, 2022, "0 199"), COUNT) == "1 student to go"

    def test_what_a_path_asks_for_may_be_a_part_of_a_student(self) -> None:
        found = judged(Promise("tutored", D(0), 2022, D(10), 2025), 2022, "0 3", as_of=2023)
        assert "The path asked for 3.3: 0.3 students behind." in words.sentence(found, COUNT)

    def test_dollars_are_told_in_dollars(self) -> None:
        found = judged(LESS, 2022, "4000 3000 2500")
        assert words.distance(found, MONEY) == "$1,300 to go"
        assert words.finding(found, Unit.DOLLARS) == "$1,500 of the $2,800 needed"

    def test_the_bar_says_where_it_ends(self) -> None:
        said = words.distance_description(judged(UP, 2022, "0 20 61 75"), COUNT, D(250))
        assert said == (
            "A bar from 0 to 250, solid to 75, hatched from there to the target at 200, a gap of 125 students."
        )
