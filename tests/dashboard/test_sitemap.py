"""What search engines are told: every page in both languages, one address for each, and what the data is."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from dashboard.sitemap import PAGES
from metrics.models import Indicator
from tests import releases

pytestmark = pytest.mark.django_db

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def listed() -> dict[str, dict[str, str]]:
    """Address → its addresses by language, as paths."""
    response = Client().get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    tree = ElementTree.fromstring(response.content)
    found = {}
    for one in tree.findall("s:url", SPACE):
        links = {link.get("hreflang", ""): path(link.get("href")) for link in one.findall("x:link", SPACE)}
        found[path(one.findtext("s:loc", namespaces=SPACE))] = links
    return found


def path(address: str | None) -> str:
    assert address is not None
    assert address.startswith(settings.SITE_URL)
    return address.removeprefix(settings.SITE_URL)


def structured(at: str) -> dict:
    page = Client().get(at).content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(said)


def test_every_page_is_there_in_both_languages_and_answers():
    found = listed()
    assert len(found) == len(set(found)) > 2 * (len(PAGES) + 46)
    for one in found:
        assert Client().get(one).status_code == 200, one


def test_each_address_names_itself_and_the_other_language():
    for one, links in listed().items():
        assert set(links) == {"en", "es", "x-default"}
        assert one in (links["en"], links["es"])
        assert links["es"] == f"/es{links['en']}"
        assert links["x-default"] == links["en"]


def test_a_page_says_the_same_of_its_languages_as_the_sitemap():
    for one in ("/", "/gaps/", "/indicators/graduation-4yr/", "/es/coalition/"):
        page = Client().get(one).content.decode()
        links = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page))
        assert {code: path(url) for code, url in links.items()} == {
            code: url for code, url in listed()[one].items() if code != "x-default"
        }
        assert f'<link rel="canonical" href="{settings.SITE_URL}{one}">' in page


def test_a_question_asked_of_a_page_is_no_page_of_its_own():
    page = Client().get("/indicators/graduation-4yr/?group=white&sort=-1").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/indicators/graduation-4yr/">' in page


def test_an_earlier_release_points_at_the_page_of_today():
    page = Client().get("/releases/1/es/gaps/").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/es/gaps/">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_robots_are_led_to_the_sitemap_and_not_to_the_way_in_of_the_staff():
    text = Client().get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert settings.ADMIN_PATH not in text


def test_the_data_is_a_dataset_with_its_files():
    said = structured("/data/")
    assert (said["@type"], said["version"]) == ("Dataset", "1")
    for file in said["distribution"]:
        assert Client().get(path(file["contentUrl"])).status_code == 200


def test_an_indicator_is_a_dataset_with_its_years_and_its_source():
    said = structured("/indicators/graduation-4yr/")
    assert said["temporalCoverage"] == "2011/2025"
    assert said["isBasedOn"]["publisher"]["name"].startswith("Connecticut State Department of Education")
    assert Client().get(path(said["distribution"][0]["contentUrl"])).status_code == 200


def test_no_text_breaks_out_of_what_search_engines_are_told():

    Indicator.objects.filter(slug="chronic-absence").update(name="</script><script>alert(1)</script>")
    releases.published("A name.")
    page = Client().get("/indicators/chronic-absence/").content.decode()
    assert "<script>alert" not in page
    assert structured("/indicators/chronic-absence/")["name"] == "</script><script>alert(1)</script>"
