"""The app's one door out: the latest edition of everything the public may know of the coalition."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import msgspec
from django.utils import timezone

from coalition import models
from coalition.rules.ledger import Evidence, State
from coalition.rules.money import Kind
from coalition.rules.programs import WayStep
from coalition.rules.roles import Binds, Role
from coalition.rules.sectors import Sector
from coalition.rules.teams import Progress, Step

from .shapes import (
    Assessment,
    Coalition,
    Commitment,
    Compact,
    Contribution,
    Document,
    Grant,
    LifeStep,
    LogLine,
    Metric,
    Milestone,
    Organization,
    PastWord,
    Plan,
    Program,
    Resource,
    RoleHeld,
    SignatureLine,
    Strategy,
    Team,
    TeamMember,
    When,
    Words,
)

__all__ = [
    "Assessment",
    "Binds",
    "Coalition",
    "Commitment",
    "Compact",
    "Contribution",
    "Document",
    "Edition",
    "Evidence",
    "Grant",
    "Kind",
    "LifeStep",
    "LogLine",
    "Metric",
    "Milestone",
    "Organization",
    "PastWord",
    "Plan",
    "Program",
    "Progress",
    "Resource",
    "Role",
    "RoleHeld",
    "Sector",
    "SignatureLine",
    "State",
    "Step",
    "Strategy",
    "Team",
    "TeamMember",
    "Update",
    "WayStep",
    "When",
    "Words",
    "edition",
    "logo",
    "updates",
]


@dataclass(frozen=True, slots=True)
class Update:
    """One act of publishing, with the sentence that says what it changed."""

    number: int
    published_at: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The coalition as one act of publishing froze it, and the latest such acts, newest first.

    Before the first one `number` is 0 and nothing is there.
    """

    number: int
    published_at: datetime | None
    coalition: Coalition
    updates: tuple[Update, ...] = ()


#: Editions listed as updates.
UPDATES = 5


def edition(at: datetime | None = None) -> Edition:
    """The coalition as the public sees it, however large it is: one query, and one more when it is new to this process.

    at    a moment of the past: the edition that stood then, or the first one where there was none yet

    An edition never changes, so what was read once is kept; the first query asks which editions are the latest.
    """
    columns = ("number", "published_at", "summary", "sha256")
    editions = models.Edition.objects.values_list(*columns)
    latest = list((editions.filter(published_at__lte=at) if at else editions)[:UPDATES])
    if at and not latest:
        latest = list(editions.order_by("number")[:1])
    if not latest:
        return Edition(0, None, Coalition())
    updates = tuple(Update(number, timezone.localtime(at), summary) for number, at, summary, _sha256 in latest)
    number, _at, _summary, sha256 = latest[0]
    return Edition(number, updates[0].published_at, _content(number, sha256), updates)


def updates() -> tuple[Update, ...]:
    """Every act of publishing the coalition's pages, newest first. One query."""
    editions = models.Edition.objects.values_list("number", "published_at", "summary")
    return tuple(Update(number, timezone.localtime(at), summary) for number, at, summary in editions)


def logo(sha256: str, at: datetime | None = None) -> bytes | None:
    """The picture with this content, when the latest edition (or the one `at` a moment) shows it: two queries."""
    if not any(one.logo == sha256 for one in edition(at).coalition.organizations):
        return None
    stored = models.StoredFile.objects.filter(sha256=sha256).values_list("data", flat=True).first()
    return None if stored is None else bytes(stored)


@lru_cache(maxsize=2)
def _content(number: int, sha256: str) -> Coalition:
    # The hash is part of the key: a database that was restored may hold another edition of the same number.
    content = models.Edition.objects.values_list("content", flat=True).get(number=number)
    return msgspec.json.decode(content, type=Coalition)
