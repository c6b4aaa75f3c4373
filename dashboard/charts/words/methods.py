"""The methods page in words: how a verdict comes about, what others would say, and why the start decides."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.other_methods import ACCEPTABLE, DETECTABLE, POOR, Judged, Method, Outcome
from metrics.calc.standing import FAR_BEHIND, ON_TRACK
from metrics.calc.trend import RULE_OF_THUMB_SHARE, Z95

from .badges import Badge
from .numbers import Subject, change, first_letter_down, number_word, points_unit, share

#: Where each method is documented.
DOCUMENTS = {
    Method.SHARE_OF_TARGET: (
        "SAP Strategy Management, Achievement Scores",
        "https://help.sap.com/saphelp_stm75/helpdata/en/79/e2458916994fb89a795dee6965d622/content.htm",
    ),
    Method.TARGETED_CHANGE: (
        "Healthy People 2020, Final Progress Table (CDC)",
        "https://catalog.data.gov/dataset/healthy-people-2020-final-progress-table-eef88",
    ),
    Method.COMPOUND_GROWTH: (
        "Open SDG, Progress Measurement Methodology",
        "https://open-sdg.readthedocs.io/en/latest/progress-methodology/",
    ),
}


def steps() -> tuple[tuple[str, str], ...]:
    """How a verdict comes about: the question that is asked, and what follows."""
    paces = _(
        "The pace so far is divided by the pace that was needed. From {on} on the goal is on track, from {far} on it "
        "is behind, below that far behind; below 0 it moves away."
    ).format(on=share(ON_TRACK), far=share(FAR_BEHIND))
    real = _(
        "Where the students were counted, a test says so: z of {z} or more either way. Where they were not, a change "
        "counts from {share} of the way to the target on. A change that may be chance is called no detectable change."
    ).format(z=Z95, share=share(RULE_OF_THUMB_SHARE))
    return (
        (
            _("Is it the same measure?"),
            _("A promise is held only against figures that count the same thing. Otherwise nothing is subtracted, and "
              "the board says “not comparable”."),
        ),
        (
            _("Is there a figure?"),
            _("None, only the start, withheld, provisional or final: the board says which."),
        ),
        (
            _("Is the target year over?"),
            _("Then its own figure decides: met, or missed by so many points. If it is not out yet, the goal is due. A "
              "target that is reached in a later year is met late."),
        ),
        (_("If not, is it fast enough?"), paces),
        (_("Is the change real?"), real),
        (
            _("For whom?"),
            _("Groups are compared one by one. They are never averaged. All students can do better while a gap grows; "
              "the board says so where it happens."),
        ),
    )  # fmt: skip


def rounding() -> str:
    return _(
        "Figures are compared as they are printed, so that the words never disagree with the number beside them. "
        "Halves are rounded up. Nothing is rounded on the way."
    )


def trap_heading(name: str) -> str:
    return _("The trap: {name}, judged from two starts").format(name=first_letter_down(name))


def trap_intro(subject: Subject, start: Decimal, other: Decimal, document: str, other_document: str) -> str:
    text = _(
        "Two documents of the coalition state the same goal. “{document}” starts at {start}, “{other_document}” at "
        "{other}. The figure of today is one and the same. Here five known methods judge it from both starts."
    )
    return text.format(
        document=document, other_document=other_document, start=subject.stated(start), other=subject.stated(other)
    )


def trap_supposed(subject: Subject, year: int, latest: Decimal, latest_year: int) -> str:
    text = _(
        "The figure is {value} for {latest}. To have anything to reckon with, both starts are taken as of {year} and "
        "as the same measure. The second document says neither, and that is the trap."
    )
    return text.format(value=subject.value(latest), latest=subject.the_year(latest_year), year=subject.the_year(year))


def pair(groups: tuple[str, ...]) -> str:
    """Two groups by name; nothing where there are none."""
    return _("{best} and {worst}").format(best=groups[0], worst=groups[1]) if groups else ""


def from_start(subject: Subject, start: Decimal) -> str:
    """Over a column of answers."""
    return _("From a start of {start}").format(start=subject.stated(start))


def trap_lesson(opposite: int, of: int) -> str:
    text = ngettext(
        "{number} of the {of} methods turns its answer around when only the start changes.",
        "{number} of the {of} methods turn their answer around when only the start changes.",
        opposite,
    )
    return text.format(number=number_word(opposite).capitalize(), of=number_word(of))


def what_we_do() -> str:
    return _(
        "So the board holds a goal to the start of its current document alone, in one definition, and shows the other "
        "start beside it, not judged."
    )


def name(method: Method) -> str:
    return {
        Method.SHARE_OF_TARGET: _("Share of the target"),
        Method.TARGETED_CHANGE: _("Share of the promised change"),
        Method.STRAIGHT_PATH: _("Straight path"),
        Method.COMPOUND_GROWTH: _("Compound growth"),
        Method.DIRECTION: _("Up or down"),
    }[method]


def about(method: Method) -> str:
    """What the method looks at, and what it overlooks."""
    return {
        Method.SHARE_OF_TARGET: _(
            "The figure divided by the target: acceptable from {good} on, poor below {poor}. It looks at no start, so "
            "a goal can be nearly met before anybody has begun."
        ).format(good=share(ACCEPTABLE), poor=share(POOR)),
        Method.TARGETED_CHANGE: _(
            "The change so far divided by the change promised: improving from {share} on. Getting worse when the "
            "figure fell by {share} of the start or more. It asks for no pace."
        ).format(share=share(DETECTABLE)),
        Method.STRAIGHT_PATH: _(
            "The pace so far divided by the pace needed, in points a year. The board uses this one before a target "
            "year."
        ),
        Method.COMPOUND_GROWTH: _(
            "The same with yearly growth in percent of the figure: meant for quantities that grow, such as money. A "
            "low start makes it look easy."
        ),
        Method.DIRECTION: _("An arrow from the start to the figure. It says nothing of how far or how fast."),
    }[method]


def verdict(one: Judged) -> Badge:
    """In the method's own words."""
    shape, tone = {Outcome.GOOD: ("up", "good"), Outcome.BETWEEN: ("level", "void"), Outcome.BAD: ("down", "bad")}[
        one.outcome
    ]
    return Badge(shape, _VERDICTS[one.method][one.outcome](), tone)


_VERDICTS = {
    Method.SHARE_OF_TARGET: {
        Outcome.GOOD: lambda: _("Acceptable"),
        Outcome.BETWEEN: lambda: _("Adequate"),
        Outcome.BAD: lambda: _("Poor"),
    },
    Method.TARGETED_CHANGE: {
        Outcome.GOOD: lambda: _("Improving"),
        Outcome.BETWEEN: lambda: _("Little or no change"),
        Outcome.BAD: lambda: _("Getting worse"),
    },
    Method.STRAIGHT_PATH: {
        Outcome.GOOD: lambda: _("On track"),
        Outcome.BETWEEN: lambda: _("Behind"),
        Outcome.BAD: lambda: _("Far behind or moving away"),
    },
    Method.COMPOUND_GROWTH: {
        Outcome.GOOD: lambda: _("Substantial progress"),
        Outcome.BETWEEN: lambda: _("Moderate progress"),
        Outcome.BAD: lambda: _("Limited or negative progress"),
    },
    Method.DIRECTION: {
        Outcome.GOOD: lambda: _("Better"),
        Outcome.BETWEEN: lambda: _("The same"),
        Outcome.BAD: lambda: _("Worse"),
    },
}


def result(one: Judged) -> str:
    moved = one.line.result
    return f"{change(moved)} {points_unit(moved)}" if one.method is Method.DIRECTION else share(moved)
