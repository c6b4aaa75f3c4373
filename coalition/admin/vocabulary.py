"""What the kinds, fields and codes of an edition are called in the back office."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from coalition.models import (
    ActionTeam,
    Commitment,
    Contribution,
    HeldRole,
    ProgramStep,
    Sector,
    State,
    Strategy,
    StrategyEvent,
    TeamEvent,
)

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
    "place": gettext_lazy("measured in"),
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
    "sector_note_es": gettext_lazy("what is unsure about the sector, in Spanish"),
    "shared": gettext_lazy("shared figures for"),
    "short": gettext_lazy("in a word or two"),
    "signatures": gettext_lazy("signatures"),
    "since": gettext_lazy("since"),
    "slug": gettext_lazy("address"),
    "source": gettext_lazy("reported in"),
    "sources": gettext_lazy("known from"),
    "state": gettext_lazy("state"),
    "stated": gettext_lazy("when stated"),
    "stated_es": gettext_lazy("when stated, in Spanish"),
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
#: Numbers that the records keep with four decimals.
VALUES = frozenset({"baseline_value", "target_value"})
#: What only machines read, and what stands beside it in words.
UNSAID = frozenset({"key", "position", "slug"})
#: Fields that hold the key of another record: how they are found there, and what a person calls it.
NAMED: dict[str, tuple[Any, str, str]] = {
    **{
        field: (ActionTeam._meta.get_field(field).related_model, key, "name")
        for field, key in (("goal", "slug"), ("indicator", "slug"), ("group", "slug"), ("place", "code"))
    },
    "strategies": (Strategy, "pk", "title"),
}
