"""Which commitments bind whom: the whole truth table, beside what the Compact says in its own sentence."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations

import pytest

from coalition.rules.roles import BOUND, Binds, Role, binding, binds, lasts

SIGNED, PROVIDER, FUNDER = Role.SIGNATORY, Role.PROGRAM_PROVIDER, Role.PHILANTHROPIC


@dataclass(frozen=True)
class Promise:
    number: str
    binds: Binds


COMPACT = (
    *(Promise(str(number), Binds.EVERYONE) for number in range(1, 8)),
    Promise("P", Binds.PROGRAM_PROVIDER),
    Promise("F", Binds.PHILANTHROPIC),
)

SUBSETS = [frozenset(held) for held in chain.from_iterable(combinations(Role, size) for size in range(len(Role) + 1))]


def says_the_compact(kind: Binds, held: frozenset[Role]) -> bool:
    """“Beyond these general commitments, program providers and philanthropic organizations adhere to the following
    additional commitments within their respective roles.” Who adheres is who signed.
    """
    if SIGNED not in held:
        return False
    return {Binds.EVERYONE: True, Binds.PROGRAM_PROVIDER: PROVIDER in held, Binds.PHILANTHROPIC: FUNDER in held}[kind]


def numbers(*held: Role) -> str:
    return "".join(promise.number for promise in binding(COMPACT, held))


def test_there_are_sixty_four_sets_of_roles_and_three_kinds_of_commitments() -> None:
    assert len(SUBSETS) == len(set(SUBSETS)) == 2**6
    assert len(Binds) == len(BOUND) == 3


@pytest.mark.parametrize("kind", Binds)
def test_every_set_of_roles_is_bound_as_the_compact_says(kind: Binds) -> None:
    table = {held: binds(Promise("x", kind), held) for held in SUBSETS}
    assert table == {held: says_the_compact(kind, held) for held in SUBSETS}


@pytest.mark.parametrize(("kind", "bound"), [("everyone", 32), ("program_provider", 16), ("philanthropic", 16)])
def test_half_of_the_sets_signed_and_half_of_those_hold_the_role(kind: str, bound: int) -> None:
    assert sum(binds(Promise("x", Binds(kind)), held) for held in SUBSETS) == bound


@pytest.mark.parametrize(
    ("held", "bound"),
    [
        ((), ""),
        ((SIGNED,), "1234567"),
        ((SIGNED, PROVIDER), "1234567P"),
        ((SIGNED, FUNDER), "1234567F"),
        ((SIGNED, PROVIDER, FUNDER), "1234567PF"),
        ((FUNDER, PROVIDER, SIGNED), "1234567PF"),
        ((SIGNED, SIGNED, FUNDER), "1234567F"),
        ((PROVIDER, FUNDER), ""),
        ((Role.BACKBONE, Role.STEERING_COMMITTEE, Role.MEMBER, PROVIDER, FUNDER), ""),
        ((SIGNED, Role.BACKBONE, Role.STEERING_COMMITTEE, Role.MEMBER), "1234567"),
    ],
)
def test_worked_by_hand(held: tuple[Role, ...], bound: str) -> None:
    assert numbers(*held) == bound


def test_what_binds_is_handed_back_as_it_came_in() -> None:
    assert all(ours is theirs for ours, theirs in zip(binding(COMPACT, list(Role)), COMPACT, strict=True))


class TestLasts:
    FIRST, LAST = date(2024, 2, 29), date(2024, 3, 1)

    @pytest.mark.parametrize(
        ("since", "until", "on", "stands"),
        [
            (FIRST, LAST, date(2024, 2, 28), False),
            (FIRST, LAST, FIRST, True),
            (FIRST, LAST, LAST, True),
            (FIRST, LAST, date(2024, 3, 2), False),
            (FIRST, FIRST, FIRST, True),
            (FIRST, None, date.max, True),
            (FIRST, None, date(2024, 2, 28), False),
            (None, LAST, date.min, True),
            (None, LAST, LAST, True),
            (None, LAST, date(2024, 3, 2), False),
            (None, None, date(2016, 10, 11), True),
        ],
    )
    def test_the_first_and_the_last_day_count(
        self, since: date | None, until: date | None, on: date, stands: bool
    ) -> None:
        assert lasts(since, until, on) is stands
