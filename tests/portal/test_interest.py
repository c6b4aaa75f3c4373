"""The form for those who would like to join: what it keeps, whom it keeps out, and what it never says."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coalition.models import Interest
from coalition.portal import interest
from tests.portal.members import Party, interested

pytestmark = pytest.mark.django_db

GOOD = {
    "kind": "member",
    "organization": "Invented Street Association",
    "sector": "community_based",
    "name": "The secretary",
    "email": "office@example.org",
    "phone": "",
    "message": "We would like to know more.",
    "consent": "on",
    "website": "",
}


def stamp(ago: timedelta = timedelta(minutes=1)) -> str:
    with patch("django.core.signing.time.time", return_value=(timezone.now() - ago).timestamp()):
        return interest._clock.sign("shown")


def send(path: str = "/join/", client: Client | None = None, **change: Any) -> Any:
    headers = {"REMOTE_ADDR": change.pop("address", "203.0.113.9")}
    if forwarded := change.pop("forwarded", ""):
        headers["HTTP_X_FORWARDED_FOR"] = forwarded
    return (client or Client(enforce_csrf_checks=True)).post(path, {"shown": stamp(), **GOOD, **change}, **headers)


def said(response: Any) -> str:
    assert (response.status_code, Interest.objects.count()) == (200, 0)
    page: str = response.content.decode()
    assert "We would like to know more." in page, "the text is kept"
    assert 'tabindex="-1" autofocus' in page
    return page


class TestSending:
    def test_the_message_is_kept_with_the_consent_as_it_was_shown(self):
        form = Client().get("/join/").content.decode()
        assert send()["Location"] == "/join/thanks/"
        kept = Interest.objects.get()
        assert (kept.kind, kept.organization, kept.name) == ("member", GOOD["organization"], GOOD["name"])
        assert (kept.email, kept.phone, kept.language) == ("office@example.org", "", "en")
        assert kept.consent in form
        assert "two years" in kept.consent

    def test_in_spanish_it_is_the_same(self):
        assert send("/es/join/", kind="open_house", sector="")["Location"] == "/es/join/thanks/"
        kept = Interest.objects.get()
        assert (kept.kind, kept.sector, kept.language) == ("open_house", "", "es")
        assert kept.consent in Client().get("/es/join/").content.decode()

    def test_afterwards_it_says_what_happens_with_the_data(self):
        page = Client().get("/join/thanks/").content.decode()
        assert "two years at the latest" in page
        assert "never public" in page

    def test_a_link_may_say_what_it_is_about(self):
        assert (
            'value="open_house" id="id_kind_1" required checked'
            in Client().get("/join/?for=open_house").content.decode()
        )
        assert " checked" not in Client().get("/join/?for=nonsense").content.decode()

    def test_an_address_that_is_known_gets_the_same_answer(self, a: Party):
        first, second = send(), send()
        known = send(email=a.contact.email)
        assert len({(one.status_code, one["Location"], one.content) for one in (first, second, known)}) == 1

    def test_no_cookie_is_set_and_none_is_needed(self):
        client = Client(enforce_csrf_checks=True)
        client.get("/join/")
        send(client=client, name="")
        assert send(client=client).status_code == 302
        client.get("/join/thanks/")
        assert not client.cookies

    def test_a_new_line_counts_as_one_letter(self):
        assert send(message="x" * 1498 + "\r\n" + "y").status_code == 302
        assert Interest.objects.get().message.endswith("x\ny")


class TestMistakes:
    @pytest.mark.parametrize("field", ["kind", "organization", "name", "email", "consent"])
    def test_what_is_missing_is_said_at_its_field(self, field):
        page = said(send(**{field: ""}))
        assert f'id="id_{field}_error"' in page
        assert f'href="#id_{field}"' in page
        assert "<title>Look again:" in page

    def test_an_address_that_is_none_is_said_to_be_none(self):
        assert "Enter a valid email address." in said(send(email="office at example"))

    def test_what_can_be_filled_in_by_the_browser_is_named_for_it(self):
        page = Client().get("/join/").content.decode()
        for name, autocomplete in (
            ("organization", "organization"),
            ("name", "name"),
            ("email", "email"),
            ("phone", "tel"),
        ):
            field = next(part for part in page.split("<input") if f'name="{name}"' in part)
            assert f'autocomplete="{autocomplete}"' in field

    @pytest.mark.parametrize("name", ["kind", "organization", "name", "email", "message"])
    def test_markup_comes_back_as_text(self, name):
        assert "<script>alert" not in send(**{name: "<script>alert(1)</script>", "consent": ""}).content.decode()


class TestRobots:
    def test_who_fills_what_nobody_sees_is_asked_again(self):
        page = said(send(website="https://example.org/"))
        assert "filled in that nobody sees" in page
        assert 'name="website" id="id_website" tabindex="-1"' in page
        assert "https://example.org/" not in page, "a person who was filled in for can simply send it again"

    def test_nobody_types_in_two_seconds(self):
        assert "faster than anybody types" in said(send(shown=stamp(timedelta(seconds=1))))

    def test_the_moment_is_kept_so_that_sending_again_works(self):
        early = stamp(timedelta(seconds=1))
        assert early in said(send(shown=early))

    @pytest.mark.parametrize("shown", ["", "shown", "shown:1:2", "of another form"])
    def test_a_moment_we_did_not_sign_is_none(self, shown):
        shown = stamp(timedelta(days=2)).replace("s", "t", 1) if shown == "of another form" else shown
        page = said(send(shown=shown))
        assert "open for more than a day" in page
        assert f'value="{shown}"' not in page.split('name="shown"')[1]

    def test_after_a_day_the_page_is_made_anew_and_the_text_kept(self):
        page = said(send(shown=stamp(timedelta(hours=25))))
        anew = page.split('name="shown" value="')[1].split('"')[0]
        with patch("django.core.signing.time.time", return_value=timezone.now().timestamp() + 60):
            assert send(shown=anew).status_code == 302

    def test_two_links_are_a_website_and_three_are_an_advertisement(self):
        two = "See https://example.org/ and www.example.org. We would like to know more."
        assert send(message=two).status_code == 302
        Interest.objects.all().delete()
        assert "at most 2 links" in said(send(message=f"{two} http://example.net"))

    def test_one_address_sends_five_an_hour_and_others_still_can(self):
        assert [send().status_code for _message in range(6)] == [302] * 5 + [200]
        assert "Many messages came within an hour." in send().content.decode()
        assert send(address="203.0.113.10").status_code == 302
        assert Interest.objects.count() == 6

    def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(self, settings: Settings):
        settings.MIDDLEWARE = ["allin.proxy.CallerBehindProxy", *settings.MIDDLEWARE]
        made_up = [send(forwarded=f"198.51.100.{n}, 203.0.113.9", address="127.0.0.1") for n in range(6)]
        assert [one.status_code for one in made_up] == [302] * 5 + [200]
        assert send(forwarded="198.51.100.1, 203.0.113.10", address="127.0.0.1").status_code == 302

    def test_all_addresses_of_one_ipv6_network_are_one_sender(self):
        answers = [send(address=f"2001:db8:1:2::{n}").status_code for n in range(6)]
        assert answers == [302] * 5 + [200]
        assert send(address="2001:db8:1:3::1").status_code == 302

    def test_without_a_proxy_nobody_is_believed_about_an_address(self):
        assert [send(forwarded=f"198.51.100.{n}").status_code for n in range(6)] == [302] * 5 + [200]

    def test_whatever_the_addresses_sixty_an_hour_are_enough(self):
        now = timezone.now()
        for number in range(interest.MOST_FROM_ALL):
            interested(f"N{number}")
        assert "Many messages came within an hour." in send(address="203.0.113.77").content.decode()
        Interest.objects.update(sent_at=now - timedelta(hours=1, minutes=1))
        assert send(address="203.0.113.77").status_code == 302

    def test_the_address_itself_is_kept_nowhere(self):
        send()
        assert "203.0.113.9" not in repr(cache._cache)  # type: ignore[attr-defined]
        assert "203.0.113.9" not in repr(Interest.objects.values())
