"""The app's one door out: who signed, what they promised, which teams work on it. Frozen, never model instances."""

from dataclasses import dataclass
from datetime import date

from coalition import models
from coalition.models import Sector
from coalition.rules.binding import Role, binding

__all__ = [
    "COMPACT",
    "Commitment",
    "Document",
    "Role",
    "Sector",
    "Signer",
    "Team",
    "binding",
    "commitments",
    "signers",
    "teams",
]

#: The short name of the founding document, as the fixtures load it.
COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that something here is known from. `stated` is in words; `url` may be empty."""

    title: str
    url: str
    stated: str


@dataclass(frozen=True, slots=True)
class Signer:
    """An organization that signed. `signed` is the day where it is known, and else the source's words for it."""

    name: str
    slug: str
    sector: Sector
    signed: date | str
    sector_note: str


@dataclass(frozen=True, slots=True)
class Commitment:
    number: str
    text: str
    binds: Role


@dataclass(frozen=True, slots=True)
class Team:
    number: int
    name: str
    slug: str
    summary: str
    source: Document


def signers(document: str = COMPACT) -> tuple[Signer, ...]:
    """Who signed, in the order of the source, later signers after those by name. One query."""
    signatures = models.Signature.objects.filter(document__slug=document).select_related("organization")
    return tuple(
        Signer(
            name=signature.organization.name,
            slug=signature.organization.slug,
            sector=Sector(signature.organization.sector),
            signed=signature.signed_on or signature.signed_on_text,
            sector_note=signature.organization.sector_note,
        )
        for signature in signatures
    )


def commitments(document: str = COMPACT) -> tuple[Commitment, ...]:
    """What signing means, in the order of the document; `binding` picks those of one signer. One query."""
    found = models.Commitment.objects.filter(document__slug=document).order_by("position", "number")
    return tuple(Commitment(number=row.number, text=row.text, binds=Role(row.binds)) for row in found)


def teams() -> tuple[Team, ...]:
    """The action teams by number. One query."""
    return tuple(
        Team(
            number=team.number,
            name=team.name,
            slug=team.slug,
            summary=team.summary,
            source=Document(title=team.source.title, url=team.source.url, stated=team.source.stated),
        )
        for team in models.ActionTeam.objects.select_related("source")
    )
