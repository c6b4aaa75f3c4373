"""Which commitments bind whom."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Protocol, TypeVar


class Role(StrEnum):
    """A part an organization plays under the Compact. Each has commitments of its own."""

    EVERYONE = "everyone"  # comes with signing; nobody has to be given it
    PROGRAM_PROVIDER = "program_provider"
    PHILANTHROPIC = "philanthropic"


class Promise(Protocol):
    """Anything that says whom it binds."""

    @property
    def binds(self) -> Role: ...


P = TypeVar("P", bound=Promise)


def binding(commitments: Iterable[P], roles: Collection[Role]) -> tuple[P, ...]:
    """Those of `commitments` that bind an organization with `roles`, in the order given.

    `commitments` are those of the documents it has signed: who signed nothing is bound by nothing. Roles add up, so
    a foundation that also runs programs has both sets of additional commitments.
    """
    held = {Role.EVERYONE, *roles}
    return tuple(commitment for commitment in commitments if commitment.binds in held)
