"""What members bring, in words: dollars, what was promised and delivered, and what nobody has said."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from coalition.rules.money import Kind, Totals

from .badges import Badge
from .numbers import count, first_letter_up, number_word

CENT = Decimal("0.01")


def dollars(value: Decimal) -> str:
    """$18,000 in both languages; with cents only where there are any: $18,000.50."""
    whole = value == value.to_integral_value()
    number = f"{value.to_integral_value():,f}" if whole else f"{value.quantize(CENT):,f}"
    return _("${number}").format(number=number)


def unknown() -> str:
    """Where a value would stand that nobody has said."""
    return _("not known")


def calendar_year(year: int) -> str:
    """Beside a grant, so that nobody takes its year for a school year: those of contributions read 2025–26."""
    return _("Calendar year {year}").format(year=year)


def kind_words(kind: Kind) -> str:
    return {Kind.FISCAL: _("In money"), Kind.IN_KIND: _("In kind")}[kind]


def delivery_badge(promised: Decimal | None, delivered: Decimal | None) -> Badge:
    """How far one contribution has come."""
    if delivered is None:
        return Badge("unsaid", pgettext("delivery", "Not said yet"), "void")
    if delivered and (promised is None or delivered >= promised):
        return Badge("done", pgettext("delivery", "Delivered"), "good")
    if delivered:
        return Badge("running", pgettext("delivery", "In part"), "good")
    return Badge("planned", pgettext("delivery", "Not yet"), "bad" if promised else "void")


def giving_sentence(organizations: int, totals: Totals, year: str) -> str:
    """Four organizations have promised $386,500 and delivered $258,000 so far. `year`: 2025–26, or empty for all."""
    if not totals.count:
        if year:
            return _("No contribution is on record for {year}.").format(year=year)
        return _("No contribution is on record yet.")
    who = ngettext("one organization", "{number} organizations", organizations)
    if totals.says_promised and totals.says_delivered:
        text = ngettext(
            "{who} has promised {promised} and delivered {delivered} so far.",
            "{who} have promised {promised} and delivered {delivered} so far.",
            organizations,
        )
    elif totals.says_promised:
        text = ngettext(
            "{who} has promised {promised}. Nobody has said yet what was delivered.",
            "{who} have promised {promised}. Nobody has said yet what was delivered.",
            organizations,
        )
    elif totals.says_delivered:
        text = ngettext("{who} has delivered {delivered}.", "{who} have delivered {delivered}.", organizations)
    else:
        text = ngettext(
            "{who} contributes. No value is on record.", "{who} contribute. No value is on record.", organizations
        )
    opening = text.format(
        who=who.format(number=number_word(organizations)),
        promised=dollars(totals.promised),
        delivered=dollars(totals.delivered),
    )
    if year:
        opening = _("for {year}, {sentence}").format(year=year, sentence=opening)
    return " ".join(part for part in (first_letter_up(opening), unvalued_words(totals)) if part)


def unvalued_words(totals: Totals) -> str:
    """Which contributions are in no sum, or in one sum only."""
    silent = totals.delivered_unknown - totals.unvalued
    said = (
        (
            totals.unvalued if totals.unvalued < totals.count else 0,
            ngettext(
                "The value of one contribution is not known; it is listed and in no sum.",
                "The value of {number} contributions is not known; they are listed and in no sum.",
                totals.unvalued,
            ),
        ),
        (
            silent if totals.says_delivered else 0,
            ngettext(
                "For one more, nobody has said yet what was delivered.",
                "For {number} more, nobody has said yet what was delivered.",
                silent,
            )
            if totals.unvalued
            else ngettext(
                "For one contribution, nobody has said yet what was delivered.",
                "For {number} contributions, nobody has said yet what was delivered.",
                silent,
            ),
        ),
    )
    return " ".join(text.format(number=number_word(number)) for number, text in said if number)


def left_out(totals: Totals) -> str:
    """Beside a sum: how many contributions it leaves out."""
    said = (
        (totals.unvalued, _("{number} of {all}: value not known")),
        (totals.promised_unknown - totals.unvalued, _("{number} of {all}: promise not known")),
        (totals.delivered_unknown - totals.unvalued, _("{number} of {all}: delivery not said")),
    )
    return "; ".join(text.format(number=count(n), all=count(totals.count)) for n, text in said if n)
