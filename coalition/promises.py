"""Which promises bind which organization in a year: the rules of `coalition.rules`, asked of the tables."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from coalition.models import Assessment, Attendance, Commitment, Contact, Organization, Program, RolePeriod, Signature
from coalition.rules import ledger, roles
from coalition.rules.programs import runs_in
from coalition.rules.roles import Binds, Role


@dataclass(frozen=True, slots=True)
class Standing:
    """What an organization is held to in a year: the version of the Compact it signed, and its roles."""

    version: int | None = None
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of one organization."""

    organization: Organization
    commitment: Commitment

    @property
    def binds(self) -> Binds:
        return Binds(self.commitment.binds)

    @property
    def key(self) -> tuple[int, int]:
        return self.organization.pk, self.commitment.pk

    def stands(self, standing: Standing) -> bool:
        return self.commitment.version.number == standing.version and roles.binds(self, standing.roles)


def standings(*, year: int, today: date, organizations: Collection[int] | None = None) -> dict[int, Standing]:
    """Each organization's standing in `year`, by its key. Two queries.

    A role held at any time in the year counts; the signature is the one that stands at the end of the year, or
    `today` while the year runs.
    """
    events = Signature.objects.order_by("organization", "version", "pk")
    periods = RolePeriod.objects.order_by("organization", "pk")
    if organizations is not None:
        events, periods = events.filter(organization__in=organizations), periods.filter(organization__in=organizations)
    signed: dict[int, list[tuple[int, bool, date | None, str]]] = defaultdict(list)
    for key, version, kind, day, words in events.values_list(
        "organization", "version__number", "kind", "happened_on", "happened_text"
    ):
        signed[key].append((version, kind == Signature.Kind.WITHDRAWN, day, words))
    played: dict[int, list[tuple[Role, date | None, str, date | None]]] = defaultdict(list)
    for key, role, since, words, until in periods.values_list("organization", "role", "since", "since_text", "until"):
        played[key].append((Role(role), since, words, until))
    on = ledger.last_day(year, today)
    found = {}
    for key in signed.keys() | played.keys():
        held_to = ledger.signed(signed[key], on)
        held = ledger.held(played[key], year)
        found[key] = Standing(held_to, held if held_to is None else held | {Role.SIGNATORY})
    return found


#: The contact of `demo_member`, who speaks for nobody: that it is named says nothing of a real organization.
DEMO_ADDRESS = "demo-member@example.org"


def contacts(*, on: date) -> QuerySet[Contact]:
    """The contacts that organizations stand by on the day `on`."""
    lasting = Contact.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)
    return lasting.exclude(email=DEMO_ADDRESS)


def nothing_to_share(*, year: int) -> set[int]:
    """Organizations none of whose programs ran in the school year: they owe no figures for it. One query."""
    ran: dict[int, bool] = defaultdict(bool)
    for organization, since, until in Program.objects.values_list("organization", "since", "until"):
        ran[organization] |= runs_in(since, until, year)
    return {organization for organization, one_ran in ran.items() if not one_ran}


def promises(*, year: int, today: date) -> list[Promise]:
    """Every promise that binds in `year`, by organization and in the order of the Compact. Four queries."""
    standing = standings(year=year, today=today)
    asked = list(Commitment.objects.select_related("version").order_by("position", "number"))
    return [
        promise
        for organization in Organization.objects.standing().filter(pk__in=standing)
        for promise in (Promise(organization, commitment) for commitment in asked)
        if promise.stands(standing[organization.pk])
    ]


def due(*, year: int, today: date) -> list[Promise]:
    """The promises of a year of which nothing has been said, not even in a draft. Seven queries.

    Who was asked to no meeting owes no meeting, and who ran no program owes no figures: those are left out.
    """
    said = set(Assessment.objects.filter(year=year).values_list("organization", "commitment"))
    asked = set(
        Attendance.objects.filter(meeting__held_on__year=year, meeting__held_on__lte=today).values_list(
            "organization", flat=True
        )
    )
    idle = nothing_to_share(year=year)

    def is_owed(promise: Promise) -> bool:
        match ledger.Evidence(promise.commitment.evidence):
            case ledger.Evidence.MEETINGS:
                return promise.organization.pk in asked
            case ledger.Evidence.DATA:
                return promise.organization.pk not in idle
        return True

    return [one for one in promises(year=year, today=today) if one.key not in said and is_owed(one)]
