"""The words of the board, explained: the field's standard terms in plain language."""

from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.calc.trend import Z95

from .numbers import share

_TENTH = Decimal("0.1")
#: A term, what it means, and the page where it is at work (a name of an address; empty: none).
Term = tuple[str, str, str]


def terms() -> tuple[Term, ...]:
    """Every term, in the order of the alphabet of the language that is read."""
    found = (*_of_figures(), *_of_promises(), *_of_publishing(), *_of_students(), *_of_the_coalition())
    return tuple(sorted(found, key=lambda term: term[0].casefold()))


def _of_figures() -> tuple[Term, ...]:
    return (
        (_("Indicator"), _("One thing that is measured in one way. Counting other students makes it another "
                           "indicator."),
         "dashboard:indicators"),
        (_("Numerator"), _("The students who are counted: those who graduated, for example."), "dashboard:methods"),
        (_("Denominator"), _("All the students they are counted among: the whole class, for example."),
         "dashboard:methods"),
        (_("Rate"), _("The numerator as a share of the denominator, in percent."), "dashboard:methods"),
        (_("Percentage point"), _("The distance between two percentages. From 71 to 85 percent it is 14 points."),
         "dashboard:how_to_read"),
        (_("Cohort"), _("Students who began together. They stay in the count even when they leave without a diploma."),
         "dashboard:pipeline"),
        (_("Class of a year"), _("The students who were to graduate in that year, four years after ninth grade began."),
         ""),
        (_("Interval"), _("Where the true rate most likely lies, given that chance had a part in it. Small groups have "
                          "wide intervals."), "dashboard:methods"),
        (_("z"), _("A number that says how surprising a change would be if only chance were at work. From {z} on the "
                   "board calls the change real.").format(z=Z95), "dashboard:methods"),
        (_("Derived figure"), _("A figure that this board worked out from published counts. It is drawn in a tint."),
         "dashboard:methods"),
        (_("Gap"), _("The points between the best and the worst group. Groups are never averaged."), "dashboard:gaps"),
    )  # fmt: skip


def _of_promises() -> tuple[Term, ...]:
    return (
        (_("Goal"), _("One of the three promises of the Compact for 2025."), "dashboard:home"),
        (_("Baseline"), _("The figure and the year that progress is measured from. The board also calls it the start."),
         "dashboard:methods"),
        (_("Target"), _("The figure that was promised, and the year it was promised for."), "dashboard:home"),
        (_("Required path"), _("The straight line from the start to the target: where the figure had to be each year."),
         "dashboard:how_to_read"),
        (_("Standing"), _("What the board says of a goal: met, missed, due, on track and so on."), "dashboard:methods"),
        (_("Comparable"), _("Counted in the same way, out of the same kind of students. Other figures are not "
                            "subtracted from each other."), "dashboard:methods"),
        (_("Statement"), _("A goal as one document puts it. Documents can start from different figures."),
         "dashboard:methods"),
    )  # fmt: skip


def _of_publishing() -> tuple[Term, ...]:
    return (
        (_("Release"), _("One act of publishing figures. Each has a number, and what it showed can be read for ever."),
         "history:updates"),
        (_("Revision"), _("A published figure that was changed. The old one stays beside it, with the reason."),
         "history:corrections"),
        (_("Withheld"), _("The figure exists. Showing it could tell something about one student, so it is not shown. "
                          "Also called suppression."), "about:privacy"),
        (_("Not reported"), _("Nobody has published the figure yet."), "about:privacy"),
        (_("Provisional"), _("Published, and still to be confirmed by its publisher."), "dashboard:methods"),
        (_("Source"), _("The publication that a figure is taken from. Each figure has one."), "dashboard:data"),
    )  # fmt: skip


def _of_students() -> tuple[Term, ...]:
    return (
        (_("Student group"), _("Students who have something in common, such as gender or language. Showing figures by "
                               "group is also called disaggregation."), "dashboard:gaps"),
        (_("English learner"), _("A student who is still learning English, as the state counts them."),
         "dashboard:gaps"),
        (_("High needs"), _("The state’s name for students who learn English, have a disability, or come from a family "
                            "with a low income."), "dashboard:gaps"),
        (_("Chronic absence"), _("Missing a tenth of the school days or more, that is {share} of them.").format(
            share=share(_TENTH)), "dashboard:indicators"),
        (_("Post-secondary"), _("After high school: college, university or another school for a degree."), ""),
        (_("Persistence"), _("Coming back to college for a second year."), "dashboard:pipeline"),
        (_("Completion"), _("Finishing a college degree, here within six years."), "dashboard:pipeline"),
    )  # fmt: skip


def _of_the_coalition() -> tuple[Term, ...]:
    return (
        (_("Compact"), _("The document by which organizations join the coalition and say what they will do."),
         "coalition:compact"),
        (_("Commitment"), _("One thing that a signer of the Compact promised to do."), "coalition:ledger"),
        (_("Backbone organization"), _("The one that keeps the work together: Achieve Hartford!"),
         "coalition:coalition"),
        (_("Action team"), _("Members who work on one problem together, with a plan and a measure."),
         "coalition:teams"),
        (_("Steering Committee"), _("The members who decide for the coalition."), "coalition:coalition"),
    )  # fmt: skip
