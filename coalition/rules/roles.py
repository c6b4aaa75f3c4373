"""The parts organizations play, and which commitments bind whom."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar


class Role(StrEnum):
    """A part an organization plays in the coalition, for a time."""

    BACKBONE = "backbone"
    STEERING_COMMITTEE = "steering_committee"
    SIGNATORY = "signatory"  # follows from a signature that stands; nobody is given it
    MEMBER = "member"
    PROGRAM_PROVIDER = "program_provider"
    PHILANTHROPIC = "philanthropic"


class Binds(StrEnum):
    """Whom a commitment binds, of those who signed."""

    EVERYONE = "everyone"
    PROGRAM_PROVIDER = "program_provider"
    PHILANTHROPIC = "philanthropic"


#: Which roles a commitment binds. Only a signature binds; a role alone never does.
BOUND = {
    Binds.EVERYONE: Role.SIGNATORY,
    Binds.PROGRAM_PROVIDER: Role.PROGRAM_PROVIDER,
    Binds.PHILANTHROPIC: Role.PHILANTHROPIC,
}


class Promise(Protocol):
    """Anything that says whom it binds."""

    @property
    def binds(self) -> Binds: ...


P = TypeVar("P", bound=Promise)


def binds(commitment: Promise, roles: Collection[Role]) -> bool:
    """Whether `commitment` binds an organization that holds `roles` now.

    Who has not signed, or has withdrawn, holds no `Role.SIGNATORY` and is bound by nothing. Roles add up, so a
    foundation that also runs programs has both additional commitments. Backbone, Steering Committee and member
    add nothing to what the signature binds to.
    """
    return Role.SIGNATORY in roles and BOUND[commitment.binds] in roles


def binding(commitments: Iterable[P], roles: Collection[Role]) -> tuple[P, ...]:
    """Those of `commitments` that bind an organization with `roles`, in the order given."""
    return tuple(commitment for commitment in commitments if binds(commitment, roles))


def lasts(since: date | None, until: date | None, on: date) -> bool:
    """Whether something that began on `since` and ended on `until` stands on the day `on`.

    A beginning without a day (known in words only) lies in the past. The last day itself still counts.
    """
    return (since is None or since <= on) and (until is None or on <= until)
