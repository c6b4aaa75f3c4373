"""What an edition would change, in the words of the people who publish it: no codes, no JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.editions import Line
from coalition.models import (
    ActionTeam,
    Commitment,
    Contribution,
    HeldRole,
    Organization,
    Program,
    ProgramStep,
    Sector,
    State,
    StrategyEvent,
    TeamEvent,
)

from .ledger_words import dollars

#: What each list of an edition holds: one of it, as a heading says it.
KINDS = {
    "compacts": gettext_lazy("Compact, version"),
    "organizations": gettext_lazy("Organization"),
    "moved": gettext_lazy("Old address"),
    "assessments": gettext_lazy("Assessment"),
    "teams": gettext_lazy("Action team"),
    "plans": gettext_lazy("Collective Action Plan"),
    "contributions": gettext_lazy("Contribution"),
    "grants": gettext_lazy("Grant"),
    "programs": gettext_lazy("Program"),
}

#: Every field of the public shapes, in words. A test looks that none is missing.
FIELDS = {
    "adopted_on": gettext_lazy("adopted on"),
    "amount": gettext_lazy("amount"),
    "baseline_value": gettext_lazy("baseline"),
    "baseline_year": gettext_lazy("year of the baseline"),
    "binds": gettext_lazy("binds"),
    "commitment": gettext_lazy("commitment"),
    "commitments": gettext_lazy("commitments"),
    "day": gettext_lazy("day"),
    "decision": gettext_lazy("decision"),
    "delivered": gettext_lazy("delivered"),
    "document": gettext_lazy("document"),
    "done": gettext_lazy("what those who kept it did"),
    "done_on": gettext_lazy("reached on"),
    "due_on": gettext_lazy("due on"),
    "evidence": gettext_lazy("evidence"),
    "from_data": gettext_lazy("follows from data"),
    "goal": gettext_lazy("goal"),
    "group": gettext_lazy("measured for"),
    "has_file": gettext_lazy("has a file"),
    "history": gettext_lazy("said before"),
    "indicator": gettext_lazy("metric"),
    "intro": gettext_lazy("introduction"),
    "is_current": gettext_lazy("is the current version"),
    "is_lead": gettext_lazy("leads the team"),
    "key": gettext_lazy("number"),
    "kind": gettext_lazy("kind"),
    "life": gettext_lazy("life"),
    "log": gettext_lazy("log"),
    "logo": gettext_lazy("logo"),
    "members": gettext_lazy("members"),
    "metric": gettext_lazy("metric"),
    "milestones": gettext_lazy("milestones"),
    "name": gettext_lazy("name"),
    "name_es": gettext_lazy("name, in Spanish"),
    "note": gettext_lazy("note"),
    "number": gettext_lazy("number"),
    "office": gettext_lazy("signer’s office"),
    "organization": gettext_lazy("organization"),
    "place": gettext_lazy("place among the figures"),
    "position": gettext_lazy("position"),
    "problem": gettext_lazy("the problem"),
    "progress": gettext_lazy("stands"),
    "promised": gettext_lazy("promised"),
    "purpose": gettext_lazy("purpose"),
    "reason": gettext_lazy("why it withdrew"),
    "recipient": gettext_lazy("recipient"),
    "replied_on": gettext_lazy("replied on"),
    "reply": gettext_lazy("reply"),
    "resources": gettext_lazy("resources"),
    "role": gettext_lazy("role"),
    "roles": gettext_lazy("roles"),
    "said_on": gettext_lazy("said on"),
    "sector": gettext_lazy("sector"),
    "sector_note": gettext_lazy("what is unsure about the sector"),
    "shared": gettext_lazy("shared figures for"),
    "short": gettext_lazy("in a word or two"),
    "signatures": gettext_lazy("signatures"),
    "since": gettext_lazy("since"),
    "slug": gettext_lazy("address"),
    "source": gettext_lazy("reported in"),
    "state": gettext_lazy("state"),
    "stated": gettext_lazy("when stated"),
    "step": gettext_lazy("step"),
    "steps": gettext_lazy("steps it serves"),
    "strategies": gettext_lazy("strategies"),
    "summary": gettext_lazy("summary"),
    "target_value": gettext_lazy("target"),
    "target_year": gettext_lazy("target year"),
    "team": gettext_lazy("action team"),
    "text": gettext_lazy("text"),
    "title": gettext_lazy("title"),
    "until": gettext_lazy("until"),
    "url": gettext_lazy("web address"),
    "valuation": gettext_lazy("how the value was reached"),
    "version": gettext_lazy("version"),
    "weighed": gettext_lazy("how its fit was weighed"),
    "what": gettext_lazy("what it is"),
    "when": gettext_lazy("when"),
    "why": gettext_lazy("why it matters"),
    "why_changed": gettext_lazy("why it changed"),
    "withdrew": gettext_lazy("withdrew"),
    "year": gettext_lazy("year"),
}

#: Fields whose values are codes, and the words for those.
CHOICES: dict[str, type[models.TextChoices]] = {
    "binds": Commitment.Binds,
    "evidence": Commitment.Evidence,
    "kind": Contribution.Kind,
    "progress": StrategyEvent.Progress,
    "role": HeldRole,
    "sector": Sector,
    "state": State,
    "step": TeamEvent.Step,
    "steps": ProgramStep.Step,
}


#: Dollars.
AMOUNTS = frozenset({"amount", "delivered", "promised"})
#: What only machines read, and what stands beside it in words.
UNSAID = frozenset({"key", "place", "position", "slug"})


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
    """Says differences; three queries for the names of what edition names by address."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        for model in (Program, ActionTeam, Organization):
            self.names.update(model._default_manager.values_list("slug", "name"))

    def changes(self, lines: Iterator[Line] | tuple[Line, ...]) -> list[Change]:
        return [self.change(line) for line in lines]

    def change(self, line: Line) -> Change:
        before, after = _value(line.before), _value(line.after)
        if isinstance(before, list) and isinstance(after, list):  # what stays is not repeated
            before, after = [one for one in before if one not in after], [one for one in after if one not in before]
        field = str(FIELDS.get(line.field, line.field))
        return Change(self._what(line), field, self._lines(line.field, before), self._lines(line.field, after))

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
        if field in AMOUNTS:
            return dollars(Decimal(value))
        if field == "logo":
            return _("a picture")
        if field in ("organization", "team"):
            return self.names.get(str(value), str(value))
        return _day(str(value))

    def _pairs(self, value: dict[str, Any]) -> Iterator[str]:
        for field, one in value.items():
            if field in UNSAID:
                continue
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
    return set(value) in ({"en", "es"}, {"day", "text"}, {"title", "url", "stated"})


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
