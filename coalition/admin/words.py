"""What an edition would change, in the words of the people who publish it: no codes, no JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coalition.editions import Line
from coalition.models import ActionTeam, Contribution, Organization, Program

from .ledger_words import dollars
from .vocabulary import AMOUNTS, CHOICES, FIELDS, KINDS, NAMED, UNSAID, VALUES


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in words; `before` or `after` is empty for what is new or gone."""

    what: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """The class of its line: n new, j gone, c changed."""
        return "c" if self.field else "n" if not self.before else "j"


class Speaker:
    """Says differences; three queries for the names of what an edition names by address, one for each other kind."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.named: dict[str, dict[str, str]] = {}
        for model in (Program, ActionTeam, Organization):
            self.names.update(model._default_manager.values_list("slug", "name"))

    def called(self, field: str, key: Any) -> str:
        """The name of the record that has this key; the key where there is none any more."""
        if field not in self.named:
            model, by, name = NAMED[field]
            self.named[field] = {str(found): said for found, said in model._default_manager.values_list(by, name)}
        return self.named[field].get(str(key), str(key))

    def changes(self, lines: Iterator[Line] | tuple[Line, ...]) -> list[Change]:
        return [self.change(line) for line in lines]

    def change(self, line: Line) -> Change:
        before, after = _value(line.before), _value(line.after)
        if line.kind == "moved":
            return self._moved(before, after)
        if (line.kind, line.field) == ("programs", "place"):
            return Change(self._what(line), str(_("figures")), (), (_("are shown on its page from their release on"),))
        if isinstance(before, list) and isinstance(after, list):  # what stays is not repeated
            before, after = [one for one in before if one not in after], [one for one in after if one not in before]
        field = str(FIELDS.get(line.field, line.field))
        return Change(self._what(line), field, self._lines(line.field, before), self._lines(line.field, after))

    def _moved(self, before: Any, after: Any) -> Change:
        """A record that was merged: its address, and the organization that it leads to."""
        (old, new), leads = after or before, _("leads to “%(organization)s”")
        said = (leads % {"organization": self.names.get(new, new)},)
        what = f"{KINDS['moved']}: /coalition/{old}/"
        return Change(what, "", () if before is None else said, () if after is None else said)

    def _what(self, line: Line) -> str:
        name = line.name
        if line.kind in ("organizations", "teams", "programs"):
            name = self.names.get(name, name)
        elif line.kind in ("assessments", "contributions", "grants"):
            first, *rest = name.split(", ")
            kinds = dict(Contribution.Kind.choices) if line.kind == "contributions" else {}
            name = ", ".join([self.names.get(first, first), *(str(kinds.get(one, one)) for one in rest)])
        if line.kind == "assessments":
            organization, version, commitment, year = name.rsplit(", ", 3)
            said = {"organization": organization, "commitment": commitment, "version": version, "year": year}
            name = _("%(organization)s, commitment %(commitment)s (version %(version)s), %(year)s") % said
        return f"{KINDS[line.kind]}: {name}" if line.kind != "compacts" else f"{KINDS[line.kind]} {name}"

    def _lines(self, field: str, value: Any) -> tuple[str, ...]:
        if value is None or value in ("", [], {}):
            return ()
        if isinstance(value, list):
            return tuple(said for one in value if (said := self.say(field, one)))
        if isinstance(value, dict) and not _is_words(value):
            return tuple(self._pairs(value))
        return tuple(filter(None, (self.say(field, value),)))

    def say(self, field: str, value: Any) -> str:
        """A value as a person would say it."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dict):
            return self._words(value) if _is_words(value) else "; ".join(self._pairs(value))
        if isinstance(value, list):
            return ", ".join(filter(None, (self.say(field, one) for one in value)))
        if field in CHOICES and value in CHOICES[field].values:
            return str(CHOICES[field](value).label)
        if field in NAMED:
            return self.called(field, value)
        if field in VALUES:
            return f"{Decimal(value).normalize():f}"
        if field in AMOUNTS:
            return dollars(Decimal(value))
        if field == "logo":
            return _("a picture")
        if field in ("organization", "team"):
            return self.names.get(str(value), str(value))
        return _day(str(value))

    def _pairs(self, value: dict[str, Any]) -> Iterator[str]:
        for field, one in value.items():
            if field in UNSAID or (field == "place" and "indicator" not in value):
                continue  # where a program's figures are kept tells nobody anything; where a metric is measured does
            said = self.say(field, one)
            if said and one is not False:
                yield f"{capfirst(FIELDS.get(field, field))}: {said}"

    def _words(self, value: dict[str, Any]) -> str:
        """A text in two languages, a day or the words for it, a document."""
        if "title" in value:
            return str(value["title"])
        if "day" in value:
            return _day(value["day"] or "") or str(value["text"])
        spanish = _("in Spanish: “%(text)s”") % {"text": value["es"]} if value["es"] else ""
        return " · ".join(filter(None, (str(value["en"]), spanish)))


def _is_words(value: dict[str, Any]) -> bool:
    return set(value) in ({"en", "es"}, {"day", "text"}) or {"title", "url", "stated"} <= set(value)


def _value(said: str | None) -> Any:
    """A value as `editions` wrote it: text as it is, everything else as JSON."""
    if said is None:
        return None
    try:
        return json.loads(said) if said[:1] in '{["' or said in ("true", "false", "null") else said
    except ValueError:
        return said


def _day(text: str) -> str:
    try:
        return str(date_format(date.fromisoformat(text))) if len(text) == 10 else text
    except ValueError:
        return text
