"""What can be said of a layout.

Names of columns are compared after `plain`: small letters and digits alone, with “percent” for %, so that a lost line
break or a new space changes nothing ("Total Numberof Students"). Where a row of bands stands above the header, a column
is called by both: "level1notmet>percent". Patterns are regular expressions for the whole name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: A year in the name of a column.
YEAR = r"(?P<year>\d{4}-\d{2,4})"
#: Every name under which files print the column of student groups.
GROUPS = (
    r"raceethnicity|race|gender|englishlearnerstatus|englishlearner|freereducedpricemealeligibility|mealeligibility"
    r"|specialeducationstatus|highneedsstatus|highneeds|homelessnessstatus|grade|studentgroup"
)


def gettext_noop(template: str) -> str:
    """Marks a sentence for translation: data speaks no language."""
    return template


def plain(name: str) -> str:
    """A column's or heading's name, without what varies from file to file."""
    small = re.sub(r"(?<=\d)\s*[-–/]\s*(?=\d)", "-", name.lower().replace("%", " percent "))
    return re.sub(r"(?<!\d)-|-(?!\d)|[^a-z0-9-]", "", small)


@dataclass(frozen=True, slots=True)
class Layout:
    """One of our own tables: its columns, by the names its header prints."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that a line tells, and the columns that hold it.

    indicator     its slug
    value         the column of the figure; may name the `year` it is about, the `group` (then the column's own name is
                  the group's) and `provisional`, by a group of the pattern
    numerator, denominator   the columns of its counts, where the file has them
    when          for tables that name the measure in a cell (the key "by"): what stands there
    fraction      the file prints 0.9232 for 92.32 percent
    """

    indicator: str
    value: str
    numerator: str = ""
    denominator: str = ""
    when: str = ""
    fraction: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """A family of files that somebody else publishes.

    name, words   for the books, and for people
    source        the slug of the source its figures are from
    keys          which columns say what a line is about: district, code, school, school code, group, year, by; of a
                  long table also variable, unit and value
    needs         keys without which it is another family
    measures      the figures of a line
    heading       what stands above the header; empty where nothing may stand there
    scopes        what else may be said above the header, once the place, the groups and the year are taken out
    ignored       columns that hold no figure and are left unread
    echo          the last line repeats the whole page as text, and an empty cell is what the page prints there
    note          a public note of provisional figures; a part in brackets goes where its column (in braces) is not
    trends        the slug of the source of figures that a trend report repeats from earlier years
    fault         why no figure of these files is taken, though they are known
    """

    name: str
    words: str
    source: str
    keys: Mapping[str, str]
    measures: tuple[Measure, ...]
    heading: str = ""
    scopes: str = ""
    ignored: str = ""
    needs: tuple[str, ...] = ("district",)
    fill_down: tuple[str, ...] = ()
    echo: bool = False
    note: str = ""
    trends: str = ""
    fault: str = ""

    @property
    def is_long(self) -> bool:
        """One count or rate a line; a figure is put together from several lines."""
        return "variable" in self.keys
