"""Numbers and years in words: what a figure looks like wherever the board prints one."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from metrics.calc.cells import Unit, YearAxis
from metrics.calc.rates import plain, published

#: Differences are printed with this many decimals, always.
POINT_DECIMALS = 1
MINUS = "−"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is about: one figure, how many decimals it has, and what its years count."""

    slug: str
    name: str
    axis: YearAxis
    decimals: int = 1
    unit: Unit = Unit.PERCENT

    def value(self, value: Decimal) -> str:
        """A reported figure with its unit, with the decimals its publisher prints: 85.3%."""
        return with_unit(figure(value, self.decimals), self.unit)

    def stated(self, value: Decimal) -> str:
        """A promised figure with its unit, as the document gives it: 71.5%, 95%."""
        return with_unit(stated(value), self.unit)

    def path(self, value: Decimal) -> str:
        """What the path asks for, a computed figure: 84.6%."""
        return with_unit(figure(value, self._places(value)), self.unit)

    def apart(self, value: Decimal) -> str:
        """A distance without a direction, in the unit it has: 9.7 points, 12 students, $4,000."""
        if self.unit is Unit.PERCENT:
            return points(value)
        number = figure(abs(value), self._places(value))
        return students(number, value) if self.unit is Unit.STUDENTS else with_unit(number, self.unit)

    def moved(self, value: Decimal) -> str:
        """A change with its sign and without its unit: +6.7, −501."""
        return change(value, self._places(value))

    def _places(self, value: Decimal) -> int:
        """Decimals of a computed figure: one, but none for dollars and for whole students."""
        whole = self.unit is Unit.STUDENTS and value == value.to_integral_value()
        return self.decimals if whole or self.unit is Unit.DOLLARS else POINT_DECIMALS

    def the_year(self, year: int) -> str:
        return the_year(self.axis, year)

    def year(self, year: int) -> str:
        return year_words(self.axis, year)


def figure(value: Decimal, decimals: int = POINT_DECIMALS) -> str:
    """A number without its unit: 85.3, −9.7, 1,194."""
    return _signed(published(value, decimals))


def change(value: Decimal, decimals: int = POINT_DECIMALS) -> str:
    """A difference that shows which way it goes: +13.8, −1.0, 0.0."""
    rounded = published(value, decimals)
    return f"+{rounded:,}" if rounded > 0 else _signed(rounded)


def stated(value: Decimal) -> str:
    """A promised number as its document gives it: 71.5, 95."""
    return _signed(plain(value))


def count(number: int) -> str:
    return f"{number:,}"


def with_unit(number: str, unit: Unit) -> str:
    if unit is Unit.PERCENT:
        return _("{number}%").format(number=number)
    return _("${number}").format(number=number) if unit is Unit.DOLLARS else number


def points(value: Decimal) -> str:
    """A distance without a direction: 9.7 points, 1.0 point."""
    return _points(figure(abs(value)), value)


def points_apart(value: Decimal) -> tuple[str, str]:
    """The same in two parts, for a number set large with its unit beside it."""
    return figure(abs(value)), points_unit(value)


def points_unit(value: Decimal) -> str:
    return ngettext("point", "points", number_of(value))


def number_of(distance: Decimal) -> int:
    """What ngettext goes by: printed as 1.0 it is one. In Spanish the verb beside a distance follows it too."""
    return 1 if abs(published(distance, POINT_DECIMALS)) == 1 else 2


def stated_points(value: Decimal) -> str:
    """The distance that was promised, as the promised figures give it: 23.5 points, 9 points."""
    return _points(stated(abs(value)), value)


def stated_apart(value: Decimal, unit: Unit) -> str:
    """The same in any unit: 23.5 points, 20 students, $4,000."""
    if unit is Unit.PERCENT:
        return stated_points(value)
    number = stated(abs(value))
    return students(number, value) if unit is Unit.STUDENTS else with_unit(number, unit)


def students(number: str, value: Decimal) -> str:
    """`number` is `value` as it is printed."""
    return ngettext("{number} student", "{number} students", 1 if abs(value) == 1 else 2).format(number=number)


def share(value: Decimal) -> str:
    """A share of 1 in whole percent: 0.587 is 59%."""
    return with_unit(figure(value.scaleb(2), 0), Unit.PERCENT)


def year_words(axis: YearAxis, year: int) -> str:
    """class of 2018 · 2018–19 school year · report of 2019"""
    if axis is YearAxis.CLASS:
        return _("class of {year}").format(year=year)
    if axis is YearAxis.SCHOOL:
        return _("{years} school year").format(years=short_year(axis, year))
    return _("report of {year}").format(year=year)


def the_year(axis: YearAxis, year: int) -> str:
    """The same inside a sentence: the class of 2018."""
    if axis is YearAxis.CLASS:
        return _("the class of {year}").format(year=year)
    if axis is YearAxis.SCHOOL:
        return _("the {years} school year").format(years=short_year(axis, year))
    return _("the report of {year}").format(year=year)


def short_year(axis: YearAxis, year: int) -> str:
    """The year as an axis or a table prints it; a school year is named by both of its years."""
    return f"{year - 1}–{year % 100:02}" if axis is YearAxis.SCHOOL else str(year)


def year_head(axis: YearAxis) -> str:
    """Above a column of years."""
    return {YearAxis.CLASS: _("Class of"), YearAxis.SCHOOL: _("School year"), YearAxis.REPORT: _("Report of")}[axis]


def year_label(axis: YearAxis, year: int) -> str:
    """Over a figure: Class of 2018"""
    return first_letter_up(year_words(axis, year))


def number_word(number: int) -> str:
    """Up to nine in letters, inside a sentence; from ten on in figures."""
    words = {
        1: pgettext("count", "one"),
        2: pgettext("count", "two"),
        3: pgettext("count", "three"),
        4: pgettext("count", "four"),
        5: pgettext("count", "five"),
        6: pgettext("count", "six"),
        7: pgettext("count", "seven"),
        8: pgettext("count", "eight"),
        9: pgettext("count", "nine"),
    }
    return words.get(number, count(number))


def years_late(number: int) -> str:
    return ngettext("one year late", "{number} years late", number).format(number=number_word(number))


def first_letter_down(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


def first_letter_up(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _points(number: str, value: Decimal) -> str:
    return ngettext("{number} point", "{number} points", number_of(value)).format(number=number)


def _signed(number: Decimal) -> str:
    return f"{number or abs(number):,}".replace("-", MINUS)
