"""The board at another address: as it stood, and as the release on its way would show it to those who may look."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_script_prefix

from metrics import publishing
from metrics.intake.by_hand import enter
from metrics.models import Release
from tests import releases

pytestmark = pytest.mark.django_db

PAGES = (
    "", "goals/graduation/", "goals/enrollment/", "goals/completion/", "goals/graduation/figure.json", "how-to-read/",
    "coalition/", "compact/", "compact/ledger/", "action-teams/", "action-teams/reduce-summer-melt/", "contributions/",
    "programs/", "es/coalition/", "es/compact/", "es/action-teams/",
)  # fmt: skip


def correct(value: str = "78.7") -> None:
    cells = {
        "indicator": "graduation-4yr", "place": "0640011", "group": "all-students", "period": "2024",
        "value": value, "status": "final", "source": "edsight-graduation-4yr",
    }  # fmt: skip
    by = User.objects.get_or_create(username="entered-by")[0]
    enter(cells=cells, by=by, reason="The state revised the class of 2024.")


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(releases.of_role(role, f"{role} who looks"))
    return client


def value_of_2024(client: Client, address: str) -> str:
    figure = client.get(f"{address}goals/graduation/figure.json").json()
    hartford = next(trace for trace in figure["data"] if trace.get("name") == "Hartford")
    return str(dict(zip(hartford["x"], hartford["y"], strict=True))[2024])


class TestAsItStood:
    def test_every_earlier_board_keeps_its_figures(self, client):
        correct("78.7")
        releases.published("One.")
        correct("78.8")
        releases.published("Two.")
        assert [value_of_2024(client, at) for at in ("/releases/1/", "/releases/2/", "/releases/3/", "/")] == [
            "78.6", "78.7", "78.8", "78.8",
        ]  # fmt: skip

    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_is_there_and_its_links_stay_inside(self, client, page):
        response = client.get(f"/releases/1/{page}")
        assert response.status_code == 200
        if "json" in page:
            return
        text = response.content.decode()
        main = text[text.index('class="mast"') :]
        outside = [
            link for link in re.findall(r'href="(/[^"]*)"', main) if not link.startswith(("/releases/1/", "/static/"))
        ]
        assert outside == []

    def test_a_superseded_page_says_so_and_leads_to_the_same_page_of_today(self, client):
        correct()
        releases.published()
        page = client.get("/releases/1/goals/graduation/").content.decode()
        assert "This is the board as release 1 showed it" in page
        assert "It has been superseded." in page
        assert '<a href="/goals/graduation/">The board of today</a>' in page
        assert '<meta name="robots" content="noindex">' in page

    def test_the_newest_says_that_it_is_the_newest(self, client):
        page = client.get("/releases/1/").content.decode()
        assert "It is the newest." in page
        assert "superseded" not in page

    @pytest.mark.parametrize(
        "address", ["/releases/2/", "/releases/2/nowhere/", "/releases/0/", "/releases/01/", "/releases/1/releases/1/"]
    )
    def test_what_never_was_is_not_found(self, client, address):
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("address", ["staff/", "members/", "healthz", "join/", "es/join/"])
    def test_whatever_is_no_page_of_the_board_lives_at_its_own_address(self, client, address):
        response = client.get(f"/releases/1/{address}")
        assert (response.status_code, response["Location"]) == (302, f"/{address}")

    def test_a_release_that_was_withdrawn_is_not_shown_any_more(self, client):
        correct()
        release = releases.published()
        assert client.get("/releases/2/").status_code == 200
        publishing.withdraw(release=release, by=release.approved_by, reason="A mistake.")
        gone = client.get("/releases/2/goals/graduation/")
        assert gone.status_code == 410
        assert "Release 2 was taken back." in gone.content.decode()
        assert "A mistake." in gone.content.decode()
        assert 'href="/coalition/"' in gone.content.decode(), "its links lead to the board of today"
        assert value_of_2024(client, "/releases/3/") == "78.6"

    def test_it_is_kept_by_caches_like_every_public_page(self, client):
        first = client.get("/releases/1/goals/graduation/")
        assert "public" in first["Cache-Control"]
        again = client.get("/releases/1/goals/graduation/", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304

    def test_the_prefix_is_gone_after_the_page(self, client):
        client.get("/releases/1/")
        assert get_script_prefix() == "/"
        assert 'href="/goals/graduation/"' in client.get("/").content.decode()

    def test_its_spanish_is_inside_too(self, client):
        page = client.get("/releases/1/coalition/").content.decode()
        assert 'href="/releases/1/es/coalition/"' in page
        assert 'lang="es"' in client.get("/releases/1/es/coalition/").content.decode()


class TestPreview:
    @pytest.fixture(autouse=True)
    def a_release_in_review(self) -> Release:
        correct("83.1")
        release = publishing.prepare(by=releases.of_role("data entry", "preparer"), summary="ZZ-EMBARGO")
        return publishing.submit(release=release, by=release.prepared_by)

    @pytest.mark.parametrize("role", ["data entry", "publisher", "committee"])
    def test_whoever_prepares_decides_or_steers_sees_the_board_as_it_would_be(self, role):
        client = signed_in(role)
        assert value_of_2024(client, "/preview/") == "83.1"
        assert value_of_2024(client, "/") == "78.6"
        page = client.get("/preview/goals/graduation/").content.decode()
        assert "Preview: not public." in page
        assert f"Signed in: {role} who looks." in page

    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_is_there(self, page):
        response = signed_in("committee").get(f"/preview/{page}")
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert "ETag" not in response
        assert response["X-Robots-Tag"] == "noindex, nofollow"

    @pytest.mark.parametrize("page", PAGES)
    def test_strangers_are_sent_to_sign_in_whether_there_is_a_release_or_not(self, page):
        response = Client().get(f"/preview/{page}")
        assert response.status_code == 302
        assert response["Location"] == f"/staff/login/?next=/preview/{page}"
        release = Release.objects.get(state="in_review")
        publishing.withdraw(release=release, by=releases.of_role("publisher"), reason="Not now.")
        assert Client().get(f"/preview/{page}")["Location"] == response["Location"]

    def test_an_account_without_the_permission_finds_nothing(self):
        client = Client()
        client.force_login(User.objects.create_user("member"))
        assert client.get("/preview/").status_code == 404

    def test_a_draft_is_not_shown(self):
        release = Release.objects.get(state="in_review")
        publishing.amend(release=release, by=release.prepared_by, comment="Not yet.")
        assert signed_in("publisher").get("/preview/").status_code == 404

    def test_it_is_sent_whole_each_time(self):
        client = signed_in("committee")
        assert client.get("/preview/", headers={"If-None-Match": "*"}).status_code == 200

    def test_a_correction_is_listed_as_it_would_be(self):
        page = signed_in("committee").get("/preview/goals/graduation/").content.decode()
        assert "The state revised the class of 2024." in page


def test_five_hundred_releases_later_pages_take_as_many_queries_as_after_one(client):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    last = Release.objects.get()
    numbers = iter(range(2, 502))

    def publish_again(times: int) -> None:
        for _time in range(times):
            last.pk, last.number = None, next(numbers)
            last.save(force_insert=True)

    publish_again(1)
    pages = ("/", "/goals/graduation/", "/releases/1/", "/releases/1/goals/graduation/")
    for page in pages:
        client.get(page)  # a process reads each edition of the coalition once
    before = [queries(page) for page in pages]
    publish_again(499)
    assert [queries(page) for page in pages] == before
    assert queries("/releases/400/") == before[2]
