"""Who gets what at which address of the members' area and of the form: every name, every role, own and foreign."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from allin.roles import ensure_roles
from coalition.models import Contact, Reply, Upload
from tests.portal.conftest import BACKEND, signed_in
from tests.portal.members import YEAR, Party, account, end, named

pytestmark = pytest.mark.django_db

STAFF = ("data entry", "publisher", "committee", "superuser")
ROLES = ("anonymous", "B", "former", *STAFF, "A")  # A comes last: what it does may end what the others could do
SIGN_IN, ENDED, NOT_THERE, NOT_SO = "sign in", 403, 404, 405
STAFF_AREA, HOME = "/staff/", "/members/"

#: What a role gets: a status, or where it is sent.
Answer = int | str
ALL_OF_THEM: dict[str, Answer] = dict.fromkeys(ROLES, 200)
NOBODY: dict[str, Answer] = dict.fromkeys(ROLES, NOT_SO)
MEMBERS: dict[str, Answer] = {
    "anonymous": SIGN_IN,
    "A": 200,
    "B": 200,
    "former": ENDED,
    **dict.fromkeys(STAFF, STAFF_AREA),
}
#: Who is signed in has no use for it.
STRANGERS: dict[str, Answer] = {**dict.fromkeys(ROLES, HOME), "anonymous": 200}
#: Of A: for everybody else of the members it is not there.
OWNER: dict[str, Answer] = {**MEMBERS, "B": NOT_THERE}


@dataclass(frozen=True)
class Row:
    """What each role gets at one address of A. `data` is what a POST would bring; `gone` is an address of nothing."""

    get: dict[str, Answer]
    post: dict[str, Answer]
    address: Callable[[Party], dict[str, Any]] = lambda a: {}
    data: dict[str, Any] = field(default_factory=dict)
    gone: dict[str, Any] | None = None


GONE_PROMISE = {"version": 1, "year": YEAR, "number": "99"}
GONE_YEAR = {"slug": "no-such-program", "year": YEAR}
CONTACT = {"name": "Somebody else", "email": "somebody.else@example.org"}

MATRIX = {
    "members:home": Row(MEMBERS, NOBODY),
    "members:sign_in": Row(
        {**dict.fromkeys(ROLES, HOME), "anonymous": 200}, {**dict.fromkeys(ROLES, HOME), "anonymous": 200}
    ),
    "members:sign_out": Row(NOBODY, dict.fromkeys(ROLES, "/members/sign-in/")),
    "members:invitation": Row(ALL_OF_THEM, ALL_OF_THEM, lambda a: {"uidb64": "MQ", "token": "not-a-token"}),
    "members:password": Row(MEMBERS, MEMBERS, data={"old_password": "wrong"}),
    "members:organization": Row(MEMBERS, NOBODY),
    "members:promises": Row(MEMBERS, NOBODY),
    "members:promise": Row(
        OWNER,
        {**OWNER, "A": "/members/promises/"},
        lambda a: a.promise("5"),
        {"text": "We did.", "send": "1"},
        GONE_PROMISE,
    ),
    "members:evidence": Row(OWNER, NOBODY, lambda a: a.promise("5"), gone=GONE_PROMISE),
    "members:contacts": Row(MEMBERS, {**MEMBERS, "A": "/members/contacts/", "B": "/members/contacts/"}, data=CONTACT),
    "members:end_contact": Row(
        OWNER,
        {**OWNER, "A": "/members/contacts/"},
        lambda a: {"number": 3},
        {"until": timezone.localdate().isoformat()},
        {"number": 2**40},
    ),
    "members:programs": Row(MEMBERS, NOBODY),
    "members:program": Row(OWNER, NOBODY, lambda a: {"slug": a.program.slug}, gone={"slug": "no-such-program"}),
    "members:figures": Row(OWNER, OWNER, lambda a: {"slug": a.program.slug, "year": YEAR}, {"file": ""}, GONE_YEAR),
    "members:template_csv": Row(OWNER, NOBODY, lambda a: {"slug": a.program.slug, "year": YEAR}, gone=GONE_YEAR),
    "members:template_xlsx": Row(OWNER, NOBODY, lambda a: {"slug": a.program.slug, "year": YEAR}, gone=GONE_YEAR),
    "interest:form": Row(ALL_OF_THEM, ALL_OF_THEM),
    "interest:thanks": Row(ALL_OF_THEM, NOBODY),
}
OBJECTS = [name for name, row in MATRIX.items() if row.gone is not None]


@pytest.fixture
def clients(a: Party, b: Party) -> dict[str, Client]:
    """One browser per role, signed in where the role can."""
    found = {"anonymous": Client(), "A": signed_in(a), "B": signed_in(b)}
    former = named(a.organization, a.mark, "former")
    account(former)
    former.refresh_from_db()
    users = {"former": former.user, "superuser": User.objects.create_superuser("superuser")}
    for role, group in ensure_roles().items():
        users[role] = User.objects.create_user(role, is_staff=True)
        users[role].groups.set([group])
    for role, user in users.items():
        found[role] = Client()
        found[role].force_login(user, backend=BACKEND)
    end(former)
    return found


def names() -> Iterator[str]:
    for namespace in ("members", "interest"):
        _prefix, resolver = get_resolver().namespace_dict[namespace]
        yield from (f"{namespace}:{name}" for name in resolver.reverse_dict if isinstance(name, str))


def answer(response: HttpResponseBase) -> Answer:
    return response.headers["Location"] if response.status_code in (301, 302) else response.status_code


def agrees(found: Answer, expected: Answer) -> bool:
    if isinstance(expected, int) or isinstance(found, int):
        return found == expected
    where = "/members/sign-in/?next=/members/" if expected == SIGN_IN else expected
    return found.startswith(where)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(names()) == set(MATRIX)


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("name", MATRIX)
def test_each_role_gets_what_the_table_says(name: str, method: str, a: Party, clients: dict[str, Client]) -> None:
    row = MATRIX[name]
    path, expected = reverse(name, kwargs=row.address(a)), row.post if method == "post" else row.get
    found = {role: answer(getattr(clients[role], method)(path, row.data if method == "post" else {})) for role in ROLES}
    wrong = {role: (found[role], expected[role]) for role in ROLES if not agrees(found[role], expected[role])}
    assert not wrong, f"{method} {path}: (found, expected) {wrong}"


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_somebody_elses_looks_like_what_is_not_there(
    name: str, method: str, a: Party, stranger: Client
) -> None:
    row = MATRIX[name]
    seen = []
    for address in (row.address(a), row.gone):
        path = reverse(name, kwargs=address)
        response = getattr(stranger, method)(path, row.data if method == "post" else {})
        # A new token, and the second in which it was answered, are of the moment and not of the address.
        headers = {key: value for key, value in response.items() if key not in ("Set-Cookie", "Expires")}
        seen.append((response.status_code, headers, response.content.replace(path.encode(), b"")))
    (status, headers, body), (gone_status, gone_headers, gone_body) = seen
    assert (status, body) == (gone_status, gone_body)
    assert dict(sorted(headers.items())) == dict(sorted(gone_headers.items()))


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if row.data])
def test_nobody_but_the_member_itself_changes_anything_of_it(name: str, a: Party, clients: dict[str, Client]) -> None:
    def everything() -> tuple[Any, ...]:
        return (
            list(Reply.objects.order_by("pk").values()),
            list(Contact.objects.filter(organization=a.organization).order_by("pk").values()),
            list(Upload.objects.order_by("pk").values()),
        )

    row, before = MATRIX[name], everything()
    for role in ROLES:
        if role != "A":
            clients[role].post(reverse(name, kwargs=row.address(a)), row.data)
    assert everything() == before


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if row.post != NOBODY])
def test_nothing_is_done_on_the_word_of_another_site(name: str, a: Party) -> None:
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(a.user, backend=BACKEND)
    row = MATRIX[name]
    response = forged.post(reverse(name, kwargs=row.address(a)), row.data)
    # The form acts for whoever sends it and carries no authority that another site could borrow.
    assert (response.status_code == 403) == (name != "interest:form")


@pytest.mark.parametrize("name", [name for name in MATRIX if name.startswith("members:")])
def test_nobody_keeps_a_page_of_the_area(name: str, a: Party, clients: dict[str, Client]) -> None:
    row = MATRIX[name]
    for role in ROLES:
        response = clients[role].get(reverse(name, kwargs=row.address(a)))
        if response.status_code != NOT_SO:
            assert "no-store" in response["Cache-Control"], role


def test_no_address_holds_the_number_of_a_row() -> None:
    """A number that counts for everybody would tell one provider how much the others send."""
    _prefix, resolver = get_resolver().namespace_dict["members"]
    parameters = {
        parameter
        for name in resolver.reverse_dict
        if isinstance(name, str)
        for parameter in re.findall(r"%\((\w+)\)s", str(resolver.reverse_dict.getlist(name)))
    }
    assert parameters == {"uidb64", "token", "version", "year", "number", "slug"}
