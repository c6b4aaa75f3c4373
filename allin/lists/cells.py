"""From the cells of a line to values, strictly, and back. Each widget raises ValueError with one sentence."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from import_export import fields, widgets

from .reading import plain, shown

# Django's own fields take “9_5”, Arabic digits and “1e2” for numbers.
WHOLE = re.compile(r"\d{1,4}", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YES, NO = ("yes", "true"), ("no", "false")
#: So many names a sentence can list.
FEW = 10


class Cell(fields.Field):
    """A column. A text that differs from what stands only in the space around it or in how lines end, is the same."""

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        stands = self.get_value(instance)
        if isinstance(stands, str) and plain(stands) == row[self.column_name]:
            return
        super().save(instance, row, is_m2m, **kwargs)


class Day(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if not value:
            return None
        try:
            if DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass  # the 31st of February
        raise ValueError(_("“{value}” is not a day; write it like 2016-10-11.").format(value=shown(value, 20)))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class Filled(widgets.Widget):
    """A cell that may be empty, where nobody knows, or (`needed`) may not: an empty one is neither 0 nor “no”."""

    def __init__(self, *, needed: bool = False) -> None:
        super().__init__()
        self.needed = needed

    def is_empty(self, value: Any) -> bool:
        if not value and self.needed:
            raise ValueError(_("this cell is empty."))
        return not value


class Number(Filled):
    """A whole number, not negative."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if self.is_empty(value):
            return None
        if not WHOLE.fullmatch(value):
            raise ValueError(_("“{value}” is not a whole number from 0 to 9999.").format(value=shown(value, 20)))
        return int(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class YesNo(Filled):
    """Yes, no, or nothing where nobody knows."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool | None:
        if self.is_empty(value):
            return None
        if value.lower() not in (*YES, *NO):
            raise ValueError(_("“{value}” is neither “yes” nor “no”.").format(value=shown(value, 20)))
        return value.lower() in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else "yes" if value else "no"


class Choice(widgets.Widget):
    """One of a list of words: by its English name, as it goes out, or by its code."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if not value:
            return ""
        with translation.override("en"):
            labels = {code: str(label) for code, label in self.choices.choices}
        codes = {label.casefold(): code for code, label in labels.items()} | {code: code for code in labels}
        if value.casefold() in codes:
            return codes[value.casefold()]
        near = [labels[codes[one]] for one in get_close_matches(value.casefold(), codes, n=1)]
        raise ValueError(unknown(value, near, labels.values()))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        with translation.override("en"):
            return str(self.choices(value).label) if value else ""


class Reference(widgets.Widget):
    """Another record, by its short name. What there is, is told once for a file: `known`."""

    def __init__(self, model: type[models.Model], key: str = "slug") -> None:
        super().__init__()
        self.model, self.key = model, key
        self.known: Mapping[str, models.Model] = {}

    def load(self) -> None:
        self.known = {str(getattr(one, self.key)): one for one in self.model._default_manager.all()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not value:
            raise ValueError(_("this cell is empty."))
        if value in self.known:
            return self.known[value]
        raise ValueError(unknown(value, get_close_matches(value, self.known, n=1), self.known))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(getattr(value, self.key)) if value is not None else ""


def unknown(value: str, near: Iterable[str], known: Iterable[str]) -> str:
    """That a name is not known, with the nearest one that is; or all of them, where they are few."""
    nearest, names = "".join(near), list(known)
    if nearest:
        sentence = _("“{value}” is not known; did you mean “{near}”?")
    elif len(names) <= FEW:
        sentence = _("“{value}” is not known; known are {names}.")
    else:
        sentence = _("“{value}” is not known.")
    return sentence.format(value=shown(value), near=nearest, names=", ".join(names))
