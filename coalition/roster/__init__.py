"""The app's one door out: the latest edition of everything the public may know of the coalition."""

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
    Edition,
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
    "WayStep",
    "When",
    "Words",
    "edition",
    "logo",
]


def edition() -> Edition:
    """The coalition as the public sees it, however large it is: one query, and one more when it is new to this process.

    An edition never changes, so what was read once is kept; the first query asks which edition is the latest.
    """
    latest = models.Edition.objects.values_list("number", "published_at", "sha256").first()
    if latest is None:
        return Edition(0, None, Coalition())
    number, published_at, sha256 = latest
    return Edition(number, timezone.localtime(published_at), _content(number, sha256))


def logo(sha256: str) -> bytes | None:
    """The picture with this content, when the latest edition shows it: two queries."""
    if not any(one.logo == sha256 for one in edition().coalition.organizations):
        return None
    stored = models.StoredFile.objects.filter(sha256=sha256).values_list("data", flat=True).first()
    return None if stored is None else bytes(stored)


@lru_cache(maxsize=2)
def _content(number: int, sha256: str) -> Coalition:
    # The hash is part of the key: a database that was restored may hold another edition of the same number.
    content = models.Edition.objects.values_list("content", flat=True).get(number=number)
    return msgspec.json.decode(content, type=Coalition)
