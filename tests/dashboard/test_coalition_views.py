"""The coalition's pages as they are served: what they say, what they cost, in which language, and to whom."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from coalition import roster
from coalition.editions import publish
from coalition.models import Edition, Organization
from coalition.roster import Coalition

from . import invented

pytestmark = pytest.mark.django_db

PAGES = [
    "/coalition/",
    "/coalition/hartford-promise/",
    "/compact/",
    "/compact/ledger/",
    "/compact/ledger/?commitment=6",
]
OURS = "dashboard.languages.LanguageOfAddress"

Show = Callable[[Coalition], None]


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def show() -> Show:
    """Makes an edition public that never was in the tables."""

    def make(coalition: Coalition) -> None:
        content = msgspec.json.encode(coalition)
        staff, _created = User.objects.get_or_create(username="staff")
        Edition.objects.create(
            number=roster.edition().number + 1,
            summary="Invented.",
            published_by=staff,
            published_at=invented.PUBLISHED,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content.decode(),
        )

    return make


class TestTheRealCoalition:
    def test_seven_signed_from_five_of_seven_sectors(self, client):
        page = text(client, "/coalition/")
        assert 'Who signed? <em class="u-good">Seven organizations.</em>' in page
        assert "Two of the seven sectors have no signatory" in page
        assert page.count('class="sq vo"') == 3  # the key, community-based organizations, community leaders
        assert '<a href="/coalition/hartford-promise/">Hartford Promise</a>' in page

    def test_who_takes_part_without_a_signature_is_not_counted_as_a_signer(self, client):
        page = text(client, "/coalition/")
        assert "Six more are on record as taking part, without a signature." in page
        assert "Sector not known yet" in page

    def test_every_link_on_it_leads_somewhere(self, client):
        for path in PAGES:
            for address in set(re.findall(r'href="(/[^"#]*)', text(client, path))):
                if not address.startswith(settings.STATIC_URL):
                    assert client.get(address).status_code == 200, f"{path} leads to {address}"

    def test_nothing_is_assessed_and_that_is_no_failing(self, client):
        page = text(client, "/compact/ledger/")
        assert 'What came of it? <em class="u-void">Not assessed yet.</em>' in page
        assert (
            "In 2026 the Compact bound seven organizations to 50 promises." in page
        )  # seven by seven, one funder more
        assert "It does not say that nothing was done." in page
        assert "The organization sees it first" in page
        assert 'class="is-not_started"><i' not in page

    def test_each_organization_says_what_is_unsure_about_its_sector(self, client):
        page = text(client, "/coalition/hartford-promise/")
        assert "Our reading, to be confirmed by the organization." in page
        assert "Seven promises, none assessed yet" in page

    def test_the_home_page_leads_to_teams_and_signers(self, client):
        page = text(client, "/")
        assert '<a href="/coalition/hartford-promise/">Hartford Promise</a>' in page
        assert '<a href="/action-teams/reduce-summer-melt/">Reduce Summer Melt</a>' in page

    def test_an_unknown_organization_is_not_found(self, client):
        assert client.get("/coalition/nobody/").status_code == 404


class TestAnInventedOne:
    def test_the_grid_says_every_mark_in_words(self, client, show):
        show(invented.coalition())
        page = text(client, "/compact/ledger/")
        cells = re.findall(
            r'<span role="cell" class="is-(\w+)"><i aria-hidden="true">\w</i>.*?class="vh">(.*?)</span>', page
        )
        assert len(cells) == 8 * 9
        assert dict(cells) == {
            "complete": "Complete",
            "substantial": "Substantial",
            "limited": "Limited",
            "not_started": "Not started",
            "no_evidence": "No evidence",
            "unassessed": "Not assessed yet",
            "none": "Does not apply",
        }
        assert set(re.findall(r'<use href="#(\w+)"', page)) <= set(re.findall(r'<symbol id="(\w+)"', page))

    def test_a_new_version_that_nobody_signed_takes_no_word_off_the_pages(self, client, show):
        show(invented.second())
        for path in ("/compact/", "/compact/ledger/", "/coalition/sample-academy/"):
            page = text(client, path)
            assert "assessed in public yet" not in page
            assert "none assessed yet" not in page
            assert "Nobody is bound" not in page
        assert 'What came of it? <em class="u-bad">9 of 21 kept.</em>' in text(client, "/compact/ledger/")
        assert "Beside each promise: how many kept it in 2026." in text(client, "/compact/")

    def test_evidence_and_reply_stand_side_by_side(self, client, show):
        show(invented.coalition())
        for path in ("/coalition/sample-insurer/", "/compact/ledger/?commitment=4"):
            page = text(client, path)
            assert "Invented minutes name it twice" in page
            assert "We began in November." in page

    def test_an_old_address_leads_to_the_new_one_in_both_languages(self, client, show):
        show(invented.coalition())
        for prefix in ("", "/es"):
            answer = client.get(f"{prefix}/coalition/sample-old/")
            assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/coalition/sample-college/")

    def test_what_an_organization_writes_is_printed_and_never_run(self, client, show):
        name = "Sample <script>alert(1)</script>"
        evil = replace(invented.organization("Sample", roster.Sector.BUSINESS), name=name)
        show(Coalition(compacts=invented.coalition().compacts, organizations=(evil,)))
        for path in ("/coalition/", "/compact/ledger/"):
            assert "<script>alert" not in text(client, path)

    def test_an_odd_query_changes_nothing(self, client):
        plain = client.get("/compact/ledger/").content.decode()
        odd = client.get("/compact/ledger/?year=%C2%B2&sector='&commitment=%3Cb%3E&state=%00&q=1").content.decode()
        assert re.sub(r'href="/es[^"]*"', "", odd) == re.sub(r'href="/es[^"]*"', "", plain)


class TestLanguages:
    @pytest.mark.parametrize("path", PAGES)
    def test_each_page_leads_to_itself_in_the_other_language_and_keeps_the_question(self, client, path):
        page = text(client, path)
        assert '<html lang="en">' in page
        assert f'href="/es{path}" hreflang="es" lang="es" rel="alternate">Español</a>' in page
        bare = path.partition("?")[0]
        assert f'<link rel="alternate" hreflang="es" href="{settings.SITE_URL}/es{bare}">' in page
        assert f'<link rel="alternate" hreflang="en" href="{settings.SITE_URL}{bare}">' in page
        spanish = text(client, f"/es{path}")
        assert '<html lang="es">' in spanish
        assert f'href="{path}" hreflang="en" lang="en" rel="alternate">English</a>' in spanish

    def test_a_page_that_is_not_there_offers_no_other_language_either(self, client):
        page = client.get("/es/coalition/nobody/").content.decode()
        assert '<html lang="es">' in page
        assert 'href="/coalition/nobody/"' in page or 'rel="alternate"' not in page

    def test_official_names_are_marked_as_english_on_spanish_pages(self, client):
        page = text(client, "/es/coalition/")
        assert '<a href="/es/coalition/hartford-promise/" lang="en">Hartford Promise</a>' in page
        assert "Unir los muchos esfuerzos" in text(client, "/es/compact/")

    def test_the_place_in_the_board_is_marked_in_the_links(self, client):
        assert 'href="/coalition/" aria-current="page"' in text(client, "/coalition/")
        assert 'href="/coalition/" aria-current="true"' in text(client, "/coalition/hartford-promise/")
        assert "aria-current" not in text(client, "/").partition("<body")[2].partition("<main")[0]


class TestDelivery:
    @pytest.mark.parametrize("path", PAGES)
    def test_an_unchanged_page_is_not_sent_again_and_sets_no_cookie(self, client, path):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first["Cache-Control"] == "public, max-age=60, must-revalidate"
        assert "Set-Cookie" not in first.headers
        assert "Cookie" not in first["Vary"]

    @pytest.mark.parametrize("path", ["/", *PAGES, f"/es{PAGES[0]}"])
    def test_the_address_alone_says_the_language(self, path, settings):
        settings.MIDDLEWARE = [OURS if "locale" in one.lower() else one for one in settings.MIDDLEWARE]
        answers = [Client().get(path, headers={"Accept-Language": wanted}) for wanted in ("en", "es", "zz")]
        assert len({answer["ETag"] for answer in answers}) == 1
        assert {answer["Vary"] for answer in answers} == {"Accept-Encoding"}
        assert answers[0]["Content-Language"] == ("es" if path.startswith("/es") else "en")

    def test_a_change_in_the_tables_is_public_only_with_an_edition(self, client):
        before = {path: client.get(path)["ETag"] for path in PAGES}
        Organization.objects.filter(slug="hartford-promise").update(what_it_does="ZZ-DRAFT")
        assert {path: client.get(path)["ETag"] for path in PAGES} == before
        staff, _created = User.objects.get_or_create(username="staff")
        publish(by=staff, summary="What it does.")
        assert "ZZ-DRAFT" in text(client, "/coalition/hartford-promise/")

    def test_nothing_can_be_posted(self, client):
        assert {client.post(path).status_code for path in PAGES} == {405}


@pytest.mark.parametrize("path", ["/coalition/", "/coalition/sample-0001/", "/compact/", "/compact/ledger/"])
def test_a_page_costs_the_same_for_7_and_for_700_organizations(client, show, django_assert_num_queries, path):
    for number in (7, 700):
        show(invented.large(number))
        with django_assert_num_queries(2):  # 1 which edition is the latest · 2 its content, new to this process
            client.get(path)
        with django_assert_num_queries(1):  # the content is known already
            client.get(path)


def test_the_pages_stay_small_enough_for_a_phone(client, show):
    show(invented.large(700))
    for path in ("/coalition/", "/compact/", "/compact/ledger/"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert len(answer.content) < 40_000, path
