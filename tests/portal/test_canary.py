"""What is private of one member is in no byte that another member or the public can get."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.actions import ledger
from coalition.actions.uploads import return_upload
from coalition.editions import publish
from coalition.models import Notice, Upload
from tests.coalition.records import clerk
from tests.portal.members import Party, interested
from tests.portal.test_matrix import MATRIX
from tests.portal.test_programs import filled, send

pytestmark = pytest.mark.django_db

LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
#: Addresses that answer with what is no text of ours.
OTHERS = ("/static/", "/staff/")


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def links(response: Any, body: bytes) -> list[str]:
    if "Location" in response.headers:
        return [response.headers["Location"]]
    return [link.replace("&amp;", "&") for link in LINK.findall(body.decode("utf-8", "replace"))]


def crawl(client: Client, *starts: str) -> Iterator[tuple[str, Any, bytes]]:
    """Every page that can be reached by links, each once."""
    ahead, seen = list(starts), set(starts)
    while ahead:
        path = ahead.pop()
        response = client.get(path)
        body = content(response)
        yield path, response, body
        found = {link for link in links(response, body) if not link.startswith(OTHERS)} - seen
        seen |= found
        ahead += found


def assert_silent(found: Iterator[tuple[str, Any, bytes]], mark: str, at_least: int) -> None:
    pages = 0
    for path, response, body in found:
        pages += 1
        said = (body + repr(sorted(response.headers.items())).encode()).upper()
        at = said.find(mark.encode())
        assert at < 0, f"{path}: …{said[max(0, at - 80) : at + 80]!r}"
    assert pages >= at_least


@pytest.fixture
def whole(a: Party, member: Client) -> Party:
    """A with something private in every table that can hold it, and everything published that can be."""
    send(member, a, filled(member, a), name=f"{a.mark} figures.csv")
    return_upload(upload=Upload.objects.get(), comment=f"{a.mark} comment", by=clerk())
    Notice.objects.create(assessment=a.said("1"), kind="sent", to=a.contact.email, sent_at=timezone.now())
    ledger.reply(assessment=a.said("1"), text=f"{a.mark} reply that nobody released", by=a.user)
    interested(a.mark)
    publish(by=clerk(), summary="Everything that can be public.")
    return a


def test_the_public_finds_nothing(whole: Party) -> None:
    starts = [
        "/",
        "/es/coalition/",
        "/join/",
        "/join/thanks/",
        "/no-such-page/",
        f"/coalition/{whole.organization.slug}/",
    ]
    assert_silent(crawl(Client(), *starts), whole.mark, at_least=10)


def test_another_member_finds_nothing_wherever_a_link_leads(whole: Party, stranger: Client) -> None:
    assert_silent(crawl(stranger, "/members/"), whole.mark, at_least=20)


def test_another_member_finds_nothing_by_asking_for_what_is_not_its_own(whole: Party, stranger: Client) -> None:
    def answers() -> Iterator[tuple[str, Any, bytes]]:
        for name, row in MATRIX.items():
            path = reverse(name, kwargs=row.address(whole))
            for method in ("get", "post"):
                response = getattr(stranger, method)(path, row.data if method == "post" else {})
                yield path, response, content(response)

    assert_silent(answers(), whole.mark, at_least=2 * len(MATRIX))


def test_the_marks_are_really_there(whole: Party, member: Client) -> None:
    """What the other tests look for is found where it belongs."""
    pages = [body for _path, _response, body in crawl(member, "/members/")]
    for what in ("contact", "position", "555", "comment", "figures.csv", "what it rests on", "minutes"):
        assert any(f"{whole.mark} {what}".encode() in page for page in pages), what
