"""What the board says: every verdict's sentence on a hand-worked standing, and no number that is not in it."""

import re
from collections.abc import Mapping
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import words
from metrics.calc.cells import Cell, Known, NotApplicable, NotReported, Status, Withheld, YearAxis
from metrics.calc.gaps import Gap, gap
from metrics.calc.rates import published
from metrics.calc.standing import standing
from metrics.calc.verdicts import Promise, Standing, Verdict

GRADUATION = words.Subject("graduation", "High school graduation", YearAxis.CLASS)
ENROLLMENT = words.Subject("enrollment", "Post-secondary enrollment", YearAxis.CLASS, decimals=0)
COMPLETION = words.Subject("completion", "Post-secondary completion", YearAxis.REPORT, decimals=0)
PLAIN = words.Subject("rate", "Rate", YearAxis.CLASS)
ABSENCE = words.Subject("absence", "Chronic absence", YearAxis.SCHOOL)

TO_95 = Promise("rate", Decimal("71.5"), 2014, Decimal(95), 2025)
TO_70 = Promise("rate", Decimal(61), 2015, Decimal(70), 2025)
TO_50 = Promise("rate", Decimal(24), 2016, Decimal(50), 2025)
TO_12 = Promise("rate", Decimal(24), 2014, Decimal(12), 2025, higher_is_better=False)
NO_YEAR = Promise("rate", Decimal(50), None, Decimal(70), 2025)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def years(**values: str) -> dict[int, Cell]:
    """y2014="71.5" → {2014: Known(71.5)}"""
    return {int(year[1:]): Known(Decimal(value)) for year, value in values.items()}


def judge(promise: Promise, cells: Mapping[int, Cell], as_of: int, indicator: str = "rate") -> Standing:
    return standing(promise, indicator, cells, as_of)


COUNTED = {2014: Known(Decimal("71.5"), 980, 1370), 2025: Known(Decimal("85.3"), 1019, 1194)}
ALMOST_SAME = {2014: Known(Decimal("71.5"), 980, 1370), 2018: Known(Decimal("73.0"), 1000, 1370)}
START = years(y2014="71.5")

# Verdict, promise, cells, calendar year, about what → badge, sentence, distance, finding. Worked out by hand:
# the path from 71.5 (2014) to 95 (2025) rises 23.5 / 11 a year and asks for 82.18 in 2019 and 80.05 in 2018.
CASES = [
    (
        Verdict.MISSED,
        judge(TO_95, COUNTED, 2026),
        GRADUATION,
        "Target missed",
        "85.3% of the class of 2025 graduated. The target was 95%: 9.7 points short, and 13.8 points above the start.",
        "9.7 points short",
        "13.8 of the 23.5 points needed",
    ),
    (
        Verdict.DUE,
        judge(TO_70, years(y2015="61", y2018="60"), 2026),
        ENROLLMENT,
        "2025 not yet reported",
        "The 2025 result has not been reported. Last report: 60% for the class of 2018, 3.7 points behind the path.",
        "10.0 points short for the class of 2018",
        "None of the 9 points needed",
    ),
    (
        Verdict.DUE,
        judge(TO_50, years(y2016="24", y2019="25"), 2026),
        COMPLETION,
        "2025 not yet reported",
        "The 2025 result has not been reported. Last report: 25% in 2019, 7.7 points behind the path.",
        "25.0 points short in 2019",
        "1.0 of the 26 points needed",
    ),
    (
        Verdict.MET,
        judge(TO_95, {**START, **years(y2025="95.4")}, 2026),
        GRADUATION,
        "Target met",
        "95.4% of the class of 2025 graduated. The target of 95% was met, with 0.4 points to spare.",
        "0.4 points to spare",
        "All 23.5 points, and 0.4 more",
    ),
    (
        Verdict.MET_LATE,
        judge(TO_95, {**START, **years(y2025="84.0", y2028="95.2")}, 2029),
        PLAIN,
        "Target met late, in 2028",
        "95.2% for the class of 2028. The target of 95% was met three years late.",
        "0.2 points to spare",
        "All 23.5 points, and 0.2 more",
    ),
    (
        Verdict.ON_TRACK,
        judge(TO_95, {**START, **years(y2019="83.1")}, 2020),
        PLAIN,
        "On the path",
        "83.1% for the class of 2019. The path asked for 82.2%: 0.9 points ahead. 11.9 points to go by 2025.",
        "11.9 points to go",
        "11.6 of the 23.5 points needed",
    ),
    (
        Verdict.ON_TRACK,
        judge(TO_12, years(y2014="24", y2019="17.9"), 2020),
        ABSENCE,
        "On the path",
        "17.9% for the 2018–19 school year. The path asked for 18.5%: 0.6 points ahead. 5.9 points to go by 2024–25.",
        "5.9 points to go",
        "6.1 of the 12 points needed",
    ),
    (
        Verdict.BEHIND,
        judge(TO_95, {**START, **years(y2019="78.9")}, 2020),
        PLAIN,
        "Behind the path",
        "78.9% for the class of 2019. The path asked for 82.2%: 3.3 points behind. "
        "69% of the gain due by then was made.",
        "16.1 points to go",
        "7.4 of the 23.5 points needed",
    ),
    (
        Verdict.FAR_BEHIND,
        judge(TO_95, {**START, **years(y2019="75.6")}, 2020),
        PLAIN,
        "Far behind the path",
        "75.6% for the class of 2019. The path asked for 82.2%: 6.6 points behind. "
        "38% of the gain due by then was made.",
        "19.4 points to go",
        "4.1 of the 23.5 points needed",
    ),
    (
        Verdict.MOVING_AWAY,
        judge(TO_95, {**START, **years(y2019="68.4")}, 2020),
        PLAIN,
        "Moving away from the target",
        "68.4% for the class of 2019. The path asked for 82.2%: 13.8 points behind. "
        "The rate is 3.1 points further from the target than the start was.",
        "26.6 points to go",
        "None of the 23.5 points needed",
    ),
    (
        Verdict.NO_DETECTABLE_CHANGE,
        judge(TO_95, ALMOST_SAME, 2019),
        PLAIN,
        "No detectable change",
        "73.0% for the class of 2018. The change since the start, 1.5 points, is too small to tell from chance. "
        "22.0 points to go by 2025.",
        "22.0 points to go",
        "1.5 of the 23.5 points needed",
    ),
    (
        Verdict.WITHHELD,
        judge(TO_95, {**START, 2025: Withheld()}, 2026),
        PLAIN,
        "Withheld to protect students’ privacy",
        "Withheld to protect students’ privacy. The target is 95%.",
        "",
        "23.5 points to go, the figure withheld",
    ),
    (
        Verdict.BASELINE_ONLY,
        judge(TO_95, START, 2020),
        PLAIN,
        "Nothing since the start",
        "No figure has been reported since the start, 71.5% for the class of 2014. The target is 95%.",
        "",
        "23.5 points to go, none reported",
    ),
    (
        Verdict.NO_DATA,
        judge(TO_95, {}, 2020),
        PLAIN,
        "No data yet",
        "No figure has been reported since the start. The target is 95%.",
        "",
        "23.5 points to go, none reported",
    ),
    (
        Verdict.NOT_COMPARABLE,
        judge(NO_YEAR, {}, 2026),
        ENROLLMENT,
        "Not comparable",
        "The document gives no year for its start of 50%, and it is not known whether that start counts the same "
        "thing as the figures reported since. Both are shown, but no distance between them.",
        "",
        "Two definitions, no distance",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].value)
def test_every_verdict_in_words(case: tuple) -> None:
    verdict, judged, subject, badge, sentence, distance, finding = case
    assert judged.verdict is verdict
    assert words.badge(judged, subject).word == badge
    assert words.sentence(judged, subject) == sentence
    assert words.distance(judged, subject) == distance
    assert words.finding(judged) == finding


def test_every_verdict_is_here() -> None:
    assert {case[0] for case in CASES} == set(Verdict)


def test_after_a_badge_nothing_is_said_twice() -> None:
    judged = judge(TO_70, years(y2015="61", y2018="60"), 2026)
    assert words.evidence(judged, ENROLLMENT) == "Last report: 60% for the class of 2018, 3.7 points behind the path."


def test_a_year_that_is_withheld_is_not_called_unreported() -> None:
    due = judge(TO_70, years(y2015="61", y2018="60"), 2026)
    assert words.unreported_label(due, ENROLLMENT, 2018) == ("2019–2025", "not yet", "reported")
    assert words.unreported_label(due, ENROLLMENT, 2020) == ("2021–2025", "not yet", "reported")
    assert words.unreported_label(due, ENROLLMENT, 2024) == ("2025", "not yet", "reported")


def test_a_goal_due_without_a_report_since_the_start() -> None:
    assert words.sentence(judge(TO_50, years(y2016="24"), 2026), COMPLETION) == (
        "The 2025 result has not been reported. "
        "No figure has been reported since the start, 24% in 2016. The target is 50%."
    )


def test_a_figure_that_is_not_final_says_so() -> None:
    cells: dict[int, Cell] = {2025: Known(Decimal("84.0"), status=Status.PROVISIONAL)}
    assert words.sentence(judge(TO_95, cells, 2026), PLAIN).endswith(" The figure is provisional.")


def test_people_are_named_by_what_they_would_be() -> None:
    assert words.young_people(CASES[0][1], GRADUATION) == ("116", "more graduates needed in a class of 1,194")
    assert words.young_people(CASES[1][1], ENROLLMENT) is None


# --- The headline -----------------------------------------------------------------------------------------------------

MET, MISSED, DUE_ONE, NOTHING = CASES[3][1], CASES[0][1], CASES[1][1], CASES[13][1]


@pytest.mark.parametrize(
    ("standings", "answer", "tone"),
    [
        ([MET, MET, MET], "Yes.", "good"),
        ([MET, MISSED, DUE_ONE], "In part.", "bad"),
        ([MISSED, DUE_ONE, DUE_ONE], "Not yet.", "bad"),
        ([NOTHING, NOTHING], "We cannot say yet.", "void"),
        ([], "We cannot say yet.", "void"),
    ],
)
def test_the_answer(standings: list[Standing], answer: str, tone: str) -> None:
    headline = words.headline(standings)
    assert (headline.question, headline.answer, headline.tone) == ("Are we there?", answer, tone)


def test_the_count_under_the_headline() -> None:
    expected = "One target was missed. Two have no 2025 result yet."
    assert words.counting([MISSED, DUE_ONE, DUE_ONE]) == expected
    assert words.counting([MET, MET, NOTHING]) == "Two targets were met. About one, nothing can be said yet."


# --- Numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.points(Decimal("9.7")), "9.7 points"),
        (words.points(Decimal(1)), "1.0 point"),
        (words.points(Decimal("-1.04")), "1.0 point"),
        (words.points(Decimal(0)), "0.0 points"),
        (words.figure(Decimal("-0.04")), "0.0"),
        (words.figure(Decimal("-9.7")), "−9.7"),
        (words.change(Decimal("13.8")), "+13.8"),
        (words.stated(Decimal("95.00")), "95"),
        (words.share(Decimal("0.587")), "59%"),
        (words.count(1194), "1,194"),
        (ENROLLMENT.value(Decimal("60")), "60%"),
        (ABSENCE.year(2019), "2018–19 school year"),
        (ABSENCE.year(2000), "1999–00 school year"),
        (COMPLETION.year(2019), "report of 2019"),
    ],
)
def test_formats(said: str, expected: str) -> None:
    assert said == expected


def test_the_four_kinds_of_nothing_are_four() -> None:
    cells: list[Cell] = [Known(Decimal("0.0")), Withheld(), NotReported(), NotApplicable()]
    assert [words.cell_words(cell, 1) for cell in cells] == [
        "0.0",
        "withheld to protect students’ privacy",
        "not yet reported",
        "does not apply",
    ]


def test_groups_and_places() -> None:
    apart = gap({"white": Known(Decimal("92.4")), "hispanic": Known(Decimal("64.3"))})
    assert apart is not None
    assert words.gap_words(apart, "White", "Hispanic", GRADUATION, 2019) == (
        "White 92.4%, Hispanic 64.3%: 28.1 points apart for the class of 2019."
    )
    assert words.comparison_heading(Decimal("-19.5"), Decimal("-6.0")) == "6.0 points below Connecticut, down from 19.5"
    assert words.comparison_heading(Decimal("-2"), Decimal("1")) == "1.0 point above Connecticut"
    assert words.groups_heading([Decimal(-1), Decimal(3)], GRADUATION, Decimal(95)) == (
        "One group reached 95% in its latest figures"
    )


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (1, "For the class of 2025, Hartford had the lowest rate among 98 town districts."),
        (4, "For the class of 2025, Hartford had the fourth lowest rate among 98 town districts."),
        (
            31,
            "For the class of 2025, Hartford’s rate was number 31 of 98 town districts, counted from the lowest.",
        ),
    ],
)
def test_a_place_among_districts(place: int, said: str) -> None:
    assert words.rank_words(place, 98, "the class of 2025") == said


def test_what_became_of_a_gap() -> None:
    then = Gap("white", Decimal("86.5"), "hispanic", Decimal("63.6"))
    assert words.gap_change_words(then, Decimal("10"), GRADUATION, 2014) == (
        "For the class of 2014 the gap was 22.9 points; it has grown by 10.0 points."
    )
    assert words.gap_change_words(then, Decimal("-1"), GRADUATION, 2014, ("White", "Hispanic")) == (
        "For the class of 2014 the gap was 22.9 points, between White 86.5% and Hispanic 63.6%; "
        "it has narrowed by 1.0 point."
    )
    assert words.comparison_words(GRADUATION, (2011, 2025), Decimal("-19.5"), Decimal("-6")) == (
        "Hartford was 19.5 points below the state for the class of 2011 "
        "and 6.0 points below the state for the class of 2025."
    )


def test_small_numbers_of_a_formula_are_set_low() -> None:
    assert [(piece.text, piece.is_low) for piece in words.letters()][:4] == [
        ("b is the start and t", False),
        ("0", True),
        (" its year; x the latest figure and t its year; T the target and t", False),
        ("1", True),
    ]


def test_a_restated_start_keeps_both_figures() -> None:
    now = words.Stated("compact", "The Compact", Decimal(61))
    before = words.Stated("launch", "Launch announcement", Decimal(50))
    assert (
        words.restated(now, (before,), ENROLLMENT) == "The start was stated as 50% at launch and as 61% in the Compact."
    )
    assert words.restated(now, (), ENROLLMENT) == ""


# --- Every number in a sentence comes from the standing ---------------------------------------------------------------

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def allowed(judged: Standing) -> set[str]:
    """Every number the standing holds, as the pages print it."""
    promise, found = judged.promise, {str(judged.promise.target_year)}
    found |= {words.stated(value) for value in (promise.baseline_value, promise.target_value)}
    for reading in (judged.reading, judged.start):
        if reading is not None:
            found |= {
                str(reading.year),
                str(published(reading.value, 1)),
                str(published(promise.required(reading.year), 1)),
            }
    exact = (judged.short, judged.since_start, judged.behind_path)
    found |= {str(published(abs(value), 1)) for value in exact if value is not None}
    return found | ({words.share(judged.pace).strip("−%")} if judged.pace is not None else set())


percents = st.decimals(min_value=0, max_value=100, places=1)


@settings(deadline=None)
@given(
    promised=st.tuples(percents, percents, st.booleans()),
    readings=st.dictionaries(st.integers(2014, 2030), percents, max_size=8),
    withheld=st.sets(st.integers(2014, 2030), max_size=2),
    as_of=st.integers(2015, 2031),
)
def test_no_number_is_made_up(promised, readings, withheld, as_of) -> None:
    baseline, target, up = promised
    promise = Promise("rate", baseline, 2014, target, 2025, higher_is_better=up)
    cells: dict[int, Cell] = {year: Known(value) for year, value in readings.items()}
    cells |= dict.fromkeys(withheld, Withheld())
    judged = judge(promise, cells, as_of)
    said = f"{words.sentence(judged, PLAIN)} {words.distance(judged, PLAIN)}"
    assert set(NUMBER.findall(said)) <= allowed(judged)
    assert "{" not in said
    assert "  " not in said
