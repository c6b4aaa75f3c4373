"""Nothing that is not public yet can be had at any public address, in any format, by any way there.

The whole public board is walked, link by link, by somebody who is not signed in, before there is a release on its way
and at each step of one; every answer stays the same to the byte. Then it is published, and the walk finds it.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from metrics import publishing
from metrics.intake.by_hand import enter
from metrics.models import Indicator, Place, Release
from tests import releases

pytestmark = pytest.mark.django_db

CANARY = "ZZ-EMBARGO"
#: Addresses that no page links to, or only with a script.
STARTS = (
    "/", "/es/", "/goals/graduation/figure.json", "/goals/enrollment/figure.json", "/goals/completion/figure.json",
    "/releases/1/", "/releases/2/", "/robots.txt", "/sitemap.xml", "/favicon.ico", "/healthz", "/nowhere/",
    "/es/nowhere/", "/goals/nowhere/", "/preview/", "/preview/goals/graduation/",
    "/preview/goals/graduation/figure.json", "/embed/graduation/", "/es/embed/completion/",
    "/goals/graduation/card.png",
    "/indicators/graduation-4yr/figure.json", "/indicators/graduation-4yr/card.png", "/preview/embed/graduation/",
    "/preview/goals/graduation/chart.svg", "/search/?q=graduation", "/updates/stories/nowhere/",
)  # fmt: skip
#: Pages of the list of organizations, sorted and filtered in every manner, say the same things over and over.
MOST = 180

Answer = tuple[int, str, bytes]


def links(answer: bytes) -> set[str]:
    found = {unescape(link).split("#")[0] for link in re.findall(r'(?:href|src)="(/[^"]*)"', answer.decode())}
    return {link for link in found if not link.startswith(("/static/", "/staff/", "/members/")) and not is_many(link)}


def is_many(link: str) -> bool:
    """The page of a figure or an indicator that is not the one in question, and lists asked in another manner."""
    of_another = re.search(r"/figures/(?!.*/0640011/all-students/2025/)|/indicators/(?!graduation-4yr/|$)", link)
    return bool(of_another) or "?" in link


def walk() -> dict[str, Answer]:
    """Every public address with its status, its ETag and its bytes."""
    client, found, waiting = Client(), dict[str, Answer](), list(STARTS)
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        if address in found:
            continue
        response = client.get(address)
        body = b"" if response.streaming and response.status_code != 200 else _whole(response)
        found[address] = (response.status_code, response.headers.get("ETag", ""), body)
        if "text/html" in response.headers.get("Content-Type", ""):
            waiting += sorted(links(body) - found.keys())
    assert len(found) > 60, "the walk goes through the whole board"
    return found


def _whole(response: object) -> bytes:
    streaming = getattr(response, "streaming", False)
    return b"".join(response.streaming_content) if streaming else response.content  # type: ignore[attr-defined]


def head(addresses: list[str]) -> dict[str, tuple[int, str]]:
    client = Client()
    return {
        address: (response.status_code, response.headers.get("Content-Length", ""))
        for address in addresses
        if (response := client.head(address))
    }


def plant() -> None:
    """A figure that changes a verdict's numbers, with words in every place that somebody can write in."""
    cells = {
        "indicator": "graduation-4yr", "place": "0640011", "group": "all-students", "period": "2025",
        "value": "94.3", "numerator": "4871", "denominator": "5165", "status": "provisional",
        "source": "edsight-graduation-4yr-2020-2025", "note": f"{CANARY} note",
    }  # fmt: skip
    enter(cells=cells, by=User.objects.get_or_create(username="entered-by")[0], reason=f"{CANARY} reason")
    Indicator.objects.filter(slug="graduation-4yr").update(name=f"{CANARY} indicator", limits=f"{CANARY} limits")
    Place.objects.filter(code="0010011").update(name=f"{CANARY} place")


def tells(answers: dict[str, Answer]) -> set[str]:
    marks = (CANARY.encode(), b"4871", b"4,871", b"94.3")
    return {address for address, (_status, _etag, body) in answers.items() if any(mark in body for mark in marks)}


def differences(before: dict[str, Answer], now: dict[str, Answer]) -> set[str]:
    """The form for those who would like to join carries a token of its own each time; it is searched all the same."""
    assert before.keys() == now.keys()
    return {address for address in before if before[address] != now[address] and "/join/" not in address}


def test_until_it_is_published_no_address_tells_and_no_byte_differs():
    before = walk()
    heads = head(sorted(before))
    already = tells(before)
    clerk, publisher = releases.of_role("data entry", "preparer"), releases.of_role("publisher", "approver")
    release: list[Release] = []
    words = {"summary": f"{CANARY} summary", "summary_es": f"{CANARY} resumen", "reason": f"{CANARY} why"}
    soon = timezone.now() + timedelta(hours=1)
    steps: list[Callable[[], object]] = [
        plant,
        lambda: release.append(publishing.prepare(by=clerk, **words)),
        lambda: publishing.submit(release=release[0], by=clerk),
        lambda: publishing.approve(release=release[0], by=publisher),
        lambda: publishing.schedule(release=release[0], by=publisher, at=soon),
        lambda: seen_by_those_who_may(publisher),
        lambda: publishing.amend(release=release[0], by=publisher, comment=f"{CANARY} comment"),
        lambda: publishing.withdraw(release=release[0], by=publisher, reason=f"{CANARY} withdrawn"),
    ]
    for step in steps:
        step()
        now = walk()
        assert differences(before, now) == set()
        assert tells(now) == already
    assert head(sorted(before)) == heads


def seen_by_those_who_may(publisher: User) -> None:
    """Whoever may look, looks at everything first: a shared cache would keep it from there."""
    client = Client()
    client.force_login(publisher)
    for address in ("/preview/", "/preview/goals/graduation/", "/preview/goals/graduation/figure.json", "/", "/es/"):
        response = client.get(address)
        assert "public" not in response.headers.get("Cache-Control", "")
        if "json" not in address:
            assert (CANARY in response.content.decode()) == address.startswith("/preview/")


def test_the_walk_finds_it_once_it_is_published():
    before = walk()
    plant()
    releases.published(f"{CANARY} summary")
    now = walk()
    told = tells(now) - tells(before)
    assert {"/", "/goals/graduation/", "/goals/graduation/figure.json"} <= told
    assert not any(address.startswith("/releases/1/") for address in told), "what was public stays as it was"
