"""The feeds: one entry a release, and one for what it corrected."""

import json
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from django.test import Client

from metrics import publishing
from tests import releases
from tests.history.boards import REASON, correct, corrected

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://127.0.0.1:8000"


def atom(client: Client, path: str = "/updates/feed.atom") -> ET.Element:
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def entries(feed: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title")) for entry in feed.iter(f"{ATOM}entry")]


def items(client: Client, path: str = "/updates/feed.json") -> list[dict[str, str]]:
    response = client.get(path)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)["items"]


class TestAtom:
    def test_a_release_is_an_entry_and_what_it_corrected_is_another(self, client):
        corrected()
        assert entries(atom(client)) == [
            (f"{SITE}/releases/2/changes/", "Release 2 corrected 1 figure"),
            (f"{SITE}/releases/2/", "Release 2"),
            (f"{SITE}/releases/1/", "Release 1"),
        ]

    def test_it_has_what_the_standard_asks_for(self, client):
        feed = atom(client)
        for name in ("id", "title", "updated"):
            assert feed.findtext(f"{ATOM}{name}")
        assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{SITE}/updates/feed.atom"
        for entry in feed.iter(f"{ATOM}entry"):
            assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
            assert entry.find(f"{ATOM}link").get("href").startswith(SITE)

    def test_a_correction_says_from_what_to_what_and_why(self, client):
        corrected()
        text = next(atom(client).iter(f"{ATOM}summary")).text
        assert f"Hartford School District, All Students, class of 2024: 78.6%, now 78.7%. {REASON}" in text

    def test_of_many_corrections_it_tells_the_first_and_how_many_more(self, client):
        for year in range(2012, 2019):
            correct(f"70.{year % 10}", year=year)
        releases.published("Seven years.")
        text = next(atom(client).iter(f"{ATOM}summary")).text
        assert text.count("Hartford School District") == 5
        assert text.endswith("And 2 more, listed at this address.")


class TestJson:
    def test_it_is_a_json_feed_of_the_same_entries(self, client):
        corrected()
        feed = json.loads(client.get("/updates/feed.json").content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{SITE}/updates/feed.json"
        assert [(item["id"], item["title"]) for item in feed["items"]] == entries(atom(client))
        assert all(item["content_text"] and datetime.fromisoformat(item["date_published"]) for item in feed["items"])

    def test_spanish_has_a_feed_of_its_own(self, client):
        corrected()
        spanish = json.loads(client.get("/es/updates/feed.json").content)
        assert spanish["language"] == "es"
        assert spanish["items"][0]["title"] == "La publicación 2 corrigió 1 cifra"
        assert spanish["feed_url"] == f"{SITE}/es/updates/feed.json"


@pytest.mark.parametrize("path", ["/updates/feed.atom", "/updates/feed.json"])
class TestBoth:
    def test_an_entry_keeps_its_name_whatever_comes_after_it(self, client, path):
        before = client.get(path).content.decode()
        corrected()
        after = client.get(path).content.decode()
        assert before.count("/releases/1/") == after.count("/releases/1/") > 0

    def test_it_is_not_sent_again_unchanged(self, client, path):
        first = client.get(path)
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
        corrected()
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_what_was_taken_back_is_not_told(self, client, path):
        release = corrected("12.3")
        publishing.withdraw(release=release, by=release.approved_by, reason="A mistake.")
        told = client.get(path).content.decode()
        assert "12.3" not in told
        assert "a figure that was taken back, now 78.6%" in told

    def test_five_queries_make_it(self, client, django_assert_num_queries, path):
        for value in ("78.7", "78.8"):
            corrected(value)
            client.get(path)
            with django_assert_num_queries(5):
                # the release with its definitions · the releases · how much each corrected · the first of each
                # and the stories
                client.get(path)

    def test_a_draft_changes_no_byte_of_it(self, client, path):
        before = client.get(path).content
        correct()
        publishing.prepare(by=releases.of_role("data entry", "preparer"), summary="ZZ-EMBARGO")
        assert client.get(path).content == before

    def test_before_the_first_release_it_is_empty(self, client, path, empty_board):
        response = client.get(path)
        assert response.status_code == 200
        assert "/releases/1/" not in response.content.decode()


def test_every_page_names_the_feeds(client):
    page = client.get("/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="/updates/feed.atom"' in page
    assert 'href="/es/updates/feed.json"' in client.get("/es/coalition/").content.decode()
