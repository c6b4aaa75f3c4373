"""When something was, where a source gives no day: its English words, in Spanish where their form is known."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: What the parts of such words are, in the order in which they stand.
MONTHS = (
    gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April"),
    gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August"),
    gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December"),
)  # fmt: skip
SEASONS = (gettext_noop("winter"), gettext_noop("spring"), gettext_noop("summer"), gettext_noop("fall"))
FORM = re.compile(
    rf"(?:in )?(?:(?P<season>{'|'.join(SEASONS)}) |(?P<month>{'|'.join(MONTHS)}) )?(?:of )?"
    r"(?P<year>\d{4}(?:[-–]\d{2})?)(?P<reading>, by our reading)?",
    re.IGNORECASE,
)


def in_words(words: str) -> str:
    """“October 2016” in the reader's language; empty where the words have no form that is known."""
    found = FORM.fullmatch(words.strip())
    if found is None:
        return ""
    part, year = found["season"] or found["month"], found["year"]
    named = next((one for one in (*SEASONS, *MONTHS) if part and one.casefold() == part.casefold()), None)
    told = year if named is None else _("{month} {year}").format(month=_(named), year=year)
    return _("{when}, by our reading").format(when=told) if found["reading"] else told
