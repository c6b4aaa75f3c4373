"""Values, counts and marks that cannot be, contradict each other or mean something else than a number."""

import pytest

from tests.intake.hostile import STORED, case, check, row, tidy

pytestmark = [pytest.mark.django_db, pytest.mark.read]

PREFIX = "graduation-4yr 0640011 black 2025"
WHITE = row(group="white", value="90.0", numerator="90", denominator="100")
WHITE_STORED = "graduation-4yr 0640011 white 2025 90 90/100 final"


def bare(value: str, **more: str) -> str:
    """A line without counts."""
    return tidy(row(value=value, numerator="", denominator="", **more))


VALUES = [
    case("101 percent", bare("101"), refuses="Line 2: 101 is outside 0 to 100 percent."),
    case("100.05 percent", bare("100.05"), refuses="Line 2: 100.05 is outside 0 to 100 percent."),
    case("100 percent", bare("100"), f"{PREFIX} 100 –/– final"),
    case("0 percent", bare("0"), f"{PREFIX} 0 –/– final"),
    case("minus five", bare("-5"), refuses="Line 2: -5 is outside 0 to 100 percent."),
    case("minus zero", bare("-0"), f"{PREFIX} 0 –/– final"),
    case("a plus before it", bare("+80.1"), refuses="Line 2: +80.1 is not a number"),
    case("an exponent", bare("1e2"), refuses="Line 2: 1e2 is not a number; write it like 85.3."),
    case("an underscore", bare("9_5"), refuses="Line 2: 9_5 is not a number"),
    case("NaN", bare("NaN"), refuses="Line 2: this cell is not a number"),
    case("infinity", bare("inf"), refuses="Line 2: this cell is not a number"),
    case("hexadecimal", bare("0x50"), refuses="Line 2: this cell is not a number"),
    case(
        "a percent sign",
        bare("95%"),
        refuses="Line 2: 95% is not a number; write it like 85.3 without the percent sign.",
    ),
    case("a percent sign after a blank", bare("95 %"), refuses="without the percent sign"),
    case("about", bare("~80"), refuses="Line 2: this cell is not a number"),
    case("less than", bare("<5"), refuses="Line 2: this cell is not a number"),
    case("greater than or equal", bare(">=95"), refuses="Line 2: this cell is not a number"),
    case("a range", bare("80-85"), refuses="Line 2: 80-85 is not a number"),
    case("a fraction of one", bare("0.801"), refuses="Line 2: 0.801 looks like a fraction; write 80.1"),
    case("1 without counts", bare("1"), refuses="Line 2: 1 looks like a fraction; write 100.0"),
    case(
        "a share of one with both counts",
        tidy(row(value="0.8", numerator="3", denominator="375")),
        f"{PREFIX} 0.8 3/375 final",
    ),
    case("a fraction with a bar", bare("331/413"), refuses="Line 2: 331/413 is not a number"),
    case("a point and no digit before it", bare(".801"), refuses="Line 2: .801 is not a number"),
    case("a point and no digit behind it", bare("80."), refuses="Line 2: 80. is not a number"),
    case("two points", bare("80.1.2"), refuses="Line 2: 80.1.2 is not a number"),
    case("a point of another country for thousands", bare('"1.194,5"'), refuses="Line 2: 1.194,5 is not a number"),
    case("zeros before it", bare("080.1"), f"{PREFIX} 80.1 –/– final"),
    case(
        "more decimals than anybody prints",
        bare("80.14527845"),
        refuses="Line 2: 80.14527845 has more than four decimals",
    ),
    case("two numbers", bare("80.1 81.2"), refuses="Line 2: 80.1 81.2 is not a number"),
    case("a number and a star", bare("80.1*"), refuses="Line 2: 80.1* is not a number"),
    case(
        "dollars",
        tidy(
            row(
                indicator="spending-per-pupil",
                group="all-students",
                value="$17600",
                numerator="",
                denominator="",
                source="edsight-spending",
            )
        ),
        refuses="Line 2: this cell is not a number",
    ),
    case(
        "dollars in thousands with a comma",
        tidy(
            row(
                indicator="spending-per-pupil",
                group="all-students",
                value='"17,600"',
                numerator="",
                denominator="",
                source="edsight-spending",
            )
        ),
        refuses="Line 2: “17,600” has a comma",
    ),
    case(
        "an amount nobody spends",
        tidy(
            row(
                indicator="spending-per-pupil",
                group="all-students",
                value="100000000",
                numerator="",
                denominator="",
                source="edsight-spending",
            )
        ),
        whole="Line 2 looks like it tells about a single person",
    ),
    case("a word for a value", bare("suppressed"), refuses="Line 2: this cell is not a number"),
    case(
        "several lines of which one is good",
        tidy(row(value="101"), WHITE, row(period="1776")),
        WHITE_STORED,
        refuses=("Line 2", "Line 4"),
    ),
]

COUNTS = [
    case(
        "a rate that its counts contradict",
        tidy(row(value="90.1")),
        refuses="Line 2: 90.1 contradicts its counts: 331 of 413 is 80.1 percent.",
    ),
    case(
        "more counted than there are",
        tidy(row(numerator="413", denominator="331")),
        refuses="Line 2: the numerator 413 is above the denominator 331.",
    ),
    case(
        "out of nobody",
        tidy(row(value="0", numerator="0", denominator="0")),
        refuses="Line 2: a rate out of 0 students cannot be",
    ),
    case(
        "thousands with a comma",
        tidy(row(value="80.1", numerator='"3,310"', denominator='"4,130"')),
        f"{PREFIX} 80.1 3310/4130 final",
    ),
    case(
        "thousands with a blank",
        tidy(row(numerator="3 310", denominator="4130")),
        refuses="Line 2: 3 310 is not a whole number of students",
    ),
    case(
        "thousands divided wrongly",
        tidy(row(numerator='"33,10"', denominator="4130")),
        refuses="Line 2: 33,10 is not a whole number of students",
    ),
    case("whole counts with a fraction of zero", tidy(row(numerator="331.0", denominator="413.0")), STORED),
    case("half a student", tidy(row(numerator="330.5")), refuses="Line 2: 330.5 is not a whole number of students"),
    case("fewer than none", tidy(row(numerator="-331")), refuses="Line 2: -331 is not a whole number of students"),
    case(
        "a count with an exponent", tidy(row(numerator="3e2")), refuses="Line 2: 3e2 is not a whole number of students"
    ),
    case(
        "a count with a word",
        tidy(row(numerator="331 students")),
        refuses="Line 2: this cell is not a whole number of students",
    ),
    case("a denominator alone", tidy(row(numerator="")), f"{PREFIX} 80.1 –/413 final"),
    case("a numerator alone", tidy(row(denominator="")), f"{PREFIX} 80.1 331/– final"),
    case(
        "a withheld figure with its count",
        tidy(row(value="*", status="")),
        refuses="Line 2: a figure that is suppressed cannot have a numerator",
    ),
    case(
        "a withheld figure with a count that says withheld too",
        tidy(row(value="*", numerator="*", status="")),
        f"{PREFIX} – –/413 suppressed",
    ),
    case(
        "a withheld figure out of nobody",
        tidy(row(value="*", numerator="", denominator="0", status="")),
        f"{PREFIX} – –/0 suppressed",
    ),
    case("a figure whose counts are withheld", tidy(row(numerator="*", denominator="*")), f"{PREFIX} 80.1 –/– final"),
]

MARKS = [
    case("a star", bare("*", status=""), f"{PREFIX} – –/– suppressed"),
    case("not applicable", bare("N/A", status=""), f"{PREFIX} – –/– not_applicable"),
    case("not applicable in small letters", bare("n/a", status=""), f"{PREFIX} – –/– not_applicable"),
    case("-9999", bare("-9999", status=""), f"{PREFIX} – –/– suppressed"),
    case("-9999 as a fraction", bare("-9999.0", status=""), f"{PREFIX} – –/– suppressed"),
    case("-6666", bare("-6666", status=""), f"{PREFIX} – –/– not_yet_available"),
    case(
        "NA",
        bare("NA", status=""),
        refuses="Line 2: the cell says NA, and not whether the figure is withheld or missing",
    ),
    case(
        "nothing",
        bare("", status=""),
        refuses="Line 2: there is no value; write the figure, or say in the status column why",
    ),
    case(
        "nothing, and a status that says why", bare("", status="not_yet_available"), f"{PREFIX} – –/– not_yet_available"
    ),
    case("zero", bare("0", status=""), f"{PREFIX} 0 –/– final"),
    case("two stars", bare("**", status=""), refuses="Line 2: ** is not a number"),
    case("a dash", bare("--", status=""), refuses="Line 2: -- is not a number"),
    case("a blank alone", bare(" ", status=""), refuses="Line 2: there is no value"),
    case(
        "a star that is called final",
        bare("*", status="final"),
        refuses="Line 2: “*” means suppressed, the status column says final.",
    ),
    case(
        "a figure that is called withheld",
        tidy(row(numerator="", status="suppressed")),
        refuses="Line 2: the status suppressed says that there is no value, and there is 80.1.",
    ),
    case("a status that is none", tidy(row(status="done")), refuses="Line 2: this status is not known; use one of"),
    case("a status in capitals", tidy(row(status="FINAL")), STORED),
    case("no status", tidy(row(status="")), STORED),
    case(
        "four marks that mean four things",
        tidy(
            *(
                row(group=group, value=mark, numerator="", denominator="", status="")
                for group, mark in (("asian", "*"), ("black", "N/A"), ("hispanic", "-6666"), ("white", "0"))
            )
        ),
        "graduation-4yr 0640011 asian 2025 – –/– suppressed",
        f"{PREFIX} – –/– not_applicable",
        "graduation-4yr 0640011 hispanic 2025 – –/– not_yet_available",
        "graduation-4yr 0640011 white 2025 0 –/– final",
    ),
]


@pytest.mark.parametrize("one", [*VALUES, *COUNTS, *MARKS], ids=str)
def test_a_figure_is_what_it_can_be_or_its_line_is_refused(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)
