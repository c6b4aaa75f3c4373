"""The coalition: who signed, from which sectors, who takes part in which role, and who did before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from coalition.roster import Document, Edition, Organization, Role, RoleHeld, Sector, SignatureLine, When
from coalition.rules.roles import lasts
from dashboard.charts.words import Headline
from dashboard.charts.words import coalition as said

from .parts import Cited, Text, as_of, cited, day_words, in_english, organization_url, signatories, version_of, when
from .profile import OrganizationPage, organization_page
from .teams import Link

__all__ = ["CoalitionPage", "OrganizationPage", "coalition_page", "organization_page"]

SECTORS = tuple(sector for sector in Sector if sector)
#: Parts in the order in which the page tells them; signatories have the wall.
ROLES = (Role.BACKBONE, Role.STEERING_COMMITTEE, Role.MEMBER, Role.PROGRAM_PROVIDER, Role.PHILANTHROPIC)


@dataclass(frozen=True, slots=True)
class SectorRow:
    """One sector: those who signed, and those who take part without a signature."""

    name: str
    signed: tuple[Link, ...]
    others: tuple[Link, ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Holders:
    """Organizations that hold a role since the same moment, known from the same document."""

    organizations: tuple[Link, ...]
    since_label: str
    since: Text
    until: str
    source: Cited | None


@dataclass(frozen=True, slots=True)
class Signers:
    """Organizations that signed at the same moment, known from the same document."""

    organizations: tuple[Link, ...]
    when: Text
    source: Cited | None


@dataclass(frozen=True, slots=True)
class RoleRow:
    name: str
    note: str
    holders: tuple[Holders, ...]


@dataclass(frozen=True, slots=True)
class PastLine:
    organization: Link
    what: str


@dataclass(frozen=True, slots=True)
class CoalitionPage:
    headline: Headline
    lead: str
    published_at: datetime | None
    wall: tuple[Signers, ...]
    sectors_finding: str
    sectors: tuple[SectorRow, ...]
    sectors_note: str
    roles: tuple[RoleRow, ...]
    past: tuple[PastLine, ...]


def coalition_page(edition: Edition) -> CoalitionPage:
    coalition = edition.coalition
    signed = signatories(edition)
    names = {one.slug for one in signed}
    others = [one for one in coalition.organizations if one.slug not in names and _takes_part(one, edition)]
    rows = tuple(_sectors(signed, others))
    known = [row for row in rows if row.is_known]
    without = sum(not row.signed for row in known)
    withdrew = sum(bool(one.signatures) for one in others)
    return CoalitionPage(
        headline=said.who_signed(len(signed)),
        lead=said.who_signed_lead(len(known) - without, len(known), never=len(others) - withdrew, withdrew=withdrew),
        published_at=edition.published_at,
        wall=tuple(_wall(signed)),
        sectors_finding=said.sectors_finding(without, len(known)),
        sectors=rows,
        sectors_note=said.unconfirmed_sectors(sum(bool(one.sector and one.sector_note) for one in (*signed, *others))),
        roles=tuple(_roles(edition)),
        past=tuple(_past(edition)),
    )


def link(organization: Organization) -> Link:
    return Link(in_english(organization.name), organization_url(organization.slug))


def _takes_part(organization: Organization, edition: Edition) -> bool:
    return any(lasts(one.since.day, one.until, as_of(edition)) for one in organization.roles)


def _wall(signed: Iterable[Organization]) -> Iterable[Signers]:
    """Who stands by the Compact, in the order of the wall; those who signed together, together."""
    together: dict[tuple[When, Document | None], list[Link]] = {}
    for one in signed:
        line = _standing(one)
        together.setdefault((line.when, line.source), []).append(link(one))
    for (moment, source), names in together.items():
        yield Signers(tuple(names), when(moment), cited(source) if source else None)


def _standing(organization: Organization) -> SignatureLine:
    """The signature since which a signatory stands by the Compact: the first after its last withdrawal, if any.

    Signing a newer version goes on with what stands; signing again after a withdrawal begins anew.
    """
    stands: list[SignatureLine] = []
    for line in organization.signatures:
        stands = [] if line.withdrew else [*stands, line]
    return stands[0] if stands else organization.signatures[0]


def _sectors(signed: Sequence[Organization], others: Sequence[Organization]) -> Iterable[SectorRow]:
    """The Compact's sectors in its order, those without a signatory too; then the organizations of none of them."""
    for sector in (*SECTORS, Sector.UNKNOWN):
        row = SectorRow(
            said.sector_name(sector),
            tuple(link(one) for one in signed if one.sector == sector),
            tuple(link(one) for one in others if one.sector == sector),
            is_known=bool(sector),
        )
        if row.is_known or row.signed or row.others:
            yield row


def _roles(edition: Edition) -> Iterable[RoleRow]:
    """Who holds which role now; those who came at the same moment together."""
    held: dict[Role, list[tuple[Organization, RoleHeld]]] = {role: [] for role in ROLES}
    for organization in edition.coalition.organizations:
        for one in organization.roles:
            if one.role in held and lasts(one.since.day, one.until, as_of(edition)):
                held[one.role].append((organization, one))
    for role, found in held.items():
        if found:
            yield RoleRow(said.role_heading(role), said.role_note(role), tuple(_holders(found)))


def _holders(found: Iterable[tuple[Organization, RoleHeld]]) -> Iterable[Holders]:
    def period(pair: tuple[Organization, RoleHeld]) -> tuple[str, str, str, str]:
        one = pair[1]
        return str(one.since.day or ""), one.since.text, str(one.until or ""), one.source.title if one.source else ""

    for _same, pairs in groupby(sorted(found, key=period), period):
        together = list(pairs)
        one = together[0][1]
        yield Holders(
            tuple(link(organization) for organization, _one in together),
            said.since_label(is_exact=one.since.day is not None),
            when(one.since),
            day_words(one.until) if one.until else "",
            cited(one.source) if one.source else None,
        )


def _past(edition: Edition) -> Iterable[PastLine]:
    """Signatures that were withdrawn and roles that ended, as long as nothing of the kind stands again."""
    for organization in edition.coalition.organizations:
        last = organization.signatures[-1] if organization.signatures else None  # the latest version alone decides
        if last and last.withdrew and version_of(organization, as_of(edition)) is None:
            what = said.withdrew(day_words(last.when.day)) if last.when.day else said.withdrew_some_day()
            yield PastLine(link(organization), what)
        now = {one.role for one in organization.roles if lasts(one.since.day, one.until, as_of(edition))}
        for one in organization.roles:
            if one.until and one.until < as_of(edition) and one.role not in now:
                yield PastLine(link(organization), said.left_role(one.role, day_words(one.until)))
