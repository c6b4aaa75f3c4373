"""Which commitments bind whom: the whole truth table."""

from dataclasses import dataclass

import pytest

from coalition.rules.binding import Role, binding

PROVIDER, FUNDER = Role.PROGRAM_PROVIDER, Role.PHILANTHROPIC


@dataclass(frozen=True)
class Promise:
    number: str
    binds: Role


COMPACT = (Promise("1", Role.EVERYONE), Promise("P", PROVIDER), Promise("F", FUNDER), Promise("7", Role.EVERYONE))


def numbers(*roles: Role) -> str:
    return "".join(promise.number for promise in binding(COMPACT, roles))


@pytest.mark.parametrize(
    ("roles", "bound"),
    [
        ((), "17"),
        ((Role.EVERYONE,), "17"),
        ((PROVIDER,), "1P7"),
        ((FUNDER,), "1F7"),
        ((PROVIDER, FUNDER), "1PF7"),
        ((FUNDER, PROVIDER), "1PF7"),
        ((FUNDER, FUNDER), "1F7"),
    ],
)
def test_general_commitments_bind_every_signer_and_the_others_their_role(roles: tuple[Role, ...], bound: str) -> None:
    assert numbers(*roles) == bound


def test_who_signed_nothing_is_bound_by_nothing() -> None:
    assert binding((), {PROVIDER, FUNDER}) == ()


def test_what_binds_is_handed_back_as_it_came_in() -> None:
    assert all(ours is theirs for ours, theirs in zip(binding(COMPACT, list(Role)), COMPACT, strict=True))
