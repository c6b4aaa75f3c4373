"""What stands on other sites: the frame, the code for it, oEmbed, and the card of a shared link."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from metrics.intake.by_hand import enter
from tests import releases
from tests.coalition.desk import desk

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def test_a_frame_may_stand_on_any_site_and_runs_and_sets_nothing():
    answer = Client().get("/embed/graduation/")
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert b"<script" not in answer.content


def test_every_other_page_stays_out_of_frames():
    for path in ("/", "/goals/graduation/", "/indicators/", "/embed/nowhere/"):
        answer = Client().get(path)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_frame_keeps_its_source_line_and_leads_to_the_page():
    page = Client().get("/es/embed/graduation/").content.decode()
    assert "EdSight" in page
    assert f'href="{SITE}/es/goals/graduation/"' in page
    assert '<base target="_blank">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_code_for_it_stands_on_the_goals_page():
    page = Client().get("/goals/graduation/").content.decode()
    code = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL).group(1))
    assert code.startswith(
        f'<iframe src="{SITE}/embed/graduation/" title="High school graduation: progress in Hartford'
    )
    assert code.endswith('loading="lazy"></iframe>')


def test_a_preview_is_in_no_frame_whatever_the_format():
    cells = {
        "indicator": "graduation-4yr", "place": "0640011", "group": "black", "period": "2025", "value": "80.1",
        "status": "final", "source": "edsight-graduation-4yr",
    }  # fmt: skip
    enter(cells=cells, by=releases.of_role("data entry", "clerk"))
    releases.approved("To come.")
    client = desk("publisher")
    for path in (
        "/preview/embed/graduation/",
        "/preview/goals/graduation/chart.svg",
        "/preview/goals/graduation/card.png",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer.headers.get("Cross-Origin-Resource-Policy") == "same-origin"
        assert "no-store" in answer["Cache-Control"]
        assert Client().get(path).status_code == 302


def ask(**query: str):
    return Client().get("/oembed/", query)


class TestOembed:
    def test_a_pasted_link_becomes_a_frame(self):
        answer = ask(url=f"{SITE}/goals/graduation/")
        told = json.loads(answer.content)
        assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "High school graduation")
        assert told["html"].startswith(f'<iframe src="{SITE}/embed/graduation/"')
        assert (told["width"], told["height"]) == (720, 600)
        assert told["thumbnail_url"] == f"{SITE}/goals/graduation/card.png"
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_in_the_language_of_the_link(self):
        told = json.loads(ask(url=f"{SITE}/es/goals/graduation/").content)
        assert told["title"] == "Graduación de escuela secundaria"
        assert f"{SITE}/es/embed/graduation/" in told["html"]

    def test_no_larger_than_there_is_room(self):
        told = json.loads(ask(url=f"{SITE}/goals/graduation/", maxwidth="400", maxheight="300").content)
        assert (told["width"], told["height"]) == (400, 300)

    @pytest.mark.parametrize(
        "url",
        [
            "", "nonsense", "https://elsewhere.example.org/goals/graduation/", f"{SITE}/goals/nowhere/", f"{SITE}/",
            f"{SITE}/staff/", f"{SITE}/goals/graduation", "javascript:alert(1)",
        ],
    )  # fmt: skip
    def test_what_is_no_goal_of_this_board_is_nothing(self, url):
        assert ask(url=url).status_code == 404

    def test_another_format_is_not_answered(self):
        assert ask(url=f"{SITE}/goals/graduation/", format="xml").status_code == 501

    def test_the_page_says_where_to_ask(self):
        page = Client().get("/goals/graduation/").content.decode()
        found = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page).group(1)
        assert Client().get(unescape(found).removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize("path", ["/goals/graduation/", "/es/goals/enrollment/", "/indicators/attendance/"])
def test_a_shared_link_shows_a_card_with_words_for_who_does_not_see_it(path):
    page = Client().get(path).content.decode()
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)"', page))
    assert told["og:url"] == f"{SITE}{path}"
    assert told["og:image"] == f"{SITE}{path}card.png"
    assert told["twitter:card"] == "summary_large_image"
    assert re.search(r"\d%", told["og:image:alt"].replace(" ", "").replace("\u00a0", ""))
    assert Client().get(told["og:image"].removeprefix(SITE)).status_code == 200


def test_pictures_of_what_was_asked_show_what_was_asked():
    page = Client().get("/indicators/graduation-4yr/?group=white").content.decode()
    assert "/indicators/graduation-4yr/chart.svg?group=white" in page
