"""What the tests of the members' area start from: two members, each a stranger to the other."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.portal.members import Party, evidence_file, named, party, say

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def nobody_wrote() -> None:
    """Nobody sent a message within the hour."""
    cache.clear()


@pytest.fixture
def a(db: None) -> Party:
    """A has a third contact, and something is said of it (5): neither is there at the same address of B."""
    one = party("ZZCANARY-A")
    named(one.organization, one.mark, "third")
    say(one.organization, "5", "limited", evidence="ZZCANARY-A alone", file=evidence_file("ZZCANARY-A"), send=True)
    return one


@pytest.fixture
def b(db: None) -> Party:
    return party("ZZCANARY-B")


@pytest.fixture
def member(a: Party) -> Client:
    """A browser in which the contact of A is signed in."""
    return signed_in(a)


@pytest.fixture
def stranger(b: Party) -> Client:
    return signed_in(b)


def signed_in(one: Party) -> Client:
    client = Client()
    client.force_login(one.user, backend=BACKEND)
    return client
