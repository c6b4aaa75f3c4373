"""The buttons of a release: each state, each person, each verb, through the pages; and each press once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Max, Sum
from django.test import Client
from django.utils import timezone

from metrics import publishing
from metrics.models import ComingCell, PublishedCell, Release, ReleaseAct
from tests import releases
from tests.publishing.test_release_life import (
    LEADS_TO,
    PEOPLE,
    STATES,
    TABLE,
    correct,
    person,
    release_in,
)

pytestmark = pytest.mark.django_db

DESK = "/staff/metrics/release/next/"


def everything() -> list[Any]:
    """All there is of releases. Of the thousands of public figures enough to see that one began or ended."""
    rows: list[Any] = [list(model.objects.order_by("pk").values()) for model in (Release, ReleaseAct, ComingCell)]
    return [*rows, PublishedCell.objects.aggregate(Count("pk"), Max("pk"), Sum("last_release"))]


def browser(name: str) -> Client:
    client = Client()
    client.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(verb: str, release: Release) -> str:
    return f"/staff/metrics/release/{release.pk}/withdraw/" if verb == "withdraw" else f"{DESK}{verb}/"


def sent(verb: str, release: Release) -> dict[str, Any]:
    """What the form of the verb sends, filled in, from a page opened now."""
    soon = timezone.localtime(timezone.now() + timedelta(days=2))
    more: dict[str, dict[str, str]] = {
        "describe": {"summary": "Said in another way."},
        "amend": {"comment": "A figure is missing."},
        "schedule": {"day": f"{soon:%Y-%m-%d}", "time": "06:00"},
        "withdraw": {"reason": "It was a mistake."},
    }
    last = release.acts.last()
    return {"seen": str(last.pk) if last else "", **more.get(verb, {})}


@pytest.mark.parametrize("state", STATES)
def test_a_press_does_what_the_verb_would_and_changes_nothing_where_it_may_not(state):
    release, wrong = release_in(state), []
    clients = {name: browser(name) for name in PEOPLE}
    before = everything()
    for verb, allowed in TABLE.items():
        for name, client in clients.items():
            may = name in allowed.get(state, set())
            with transaction.atomic():
                answer = client.post(address(verb, release), sent(verb, release), follow=True)
                reached, same = Release.objects.get(pk=release.pk).state, everything() == before
                transaction.set_rollback(True)
            if name == "stranger":
                polite = answer.status_code == 403
            else:
                polite = answer.status_code == 200 and 'class="messagelist"' in answer.content.decode()
            if not polite or reached != (LEADS_TO[verb] if may else state) or same == may:
                wrong.append((verb, name, reached, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("state", Release.OPEN)
def test_the_desk_offers_each_person_what_they_may_and_nothing_else(state):
    release = release_in(state)
    for name in PEOPLE:
        page = browser(name).get(DESK)
        if name == "stranger":
            assert page.status_code == 403
            continue
        offered = set(
            re.findall(r'(?:href|action)="/staff/metrics/release/(?:next|\d+)/(\w+)/"', page.content.decode())
        )
        assert offered == {verb for verb, allowed in TABLE.items() if name in allowed.get(state, set())}, name
    assert release.state == state


class TestPrepared:
    SENTENCES = {"summary": "The class of 2024, revised.", "summary_es": "La clase de 2024, revisada."}

    @pytest.mark.parametrize(("name", "may"), [("clerk", True), ("publisher", True), ("committee", False)])
    def test_by_those_who_prepare_releases(self, name, may):
        correct()
        page = browser(name).post(f"{DESK}prepare/", self.SENTENCES, follow=True)
        assert Release.objects.open().exists() == may
        said = "The draft is made." if may else "Your account may not do this; ask a colleague who may."
        assert said in page.content.decode()

    def test_by_nobody_without_a_role(self):
        assert browser("stranger").post(f"{DESK}prepare/", self.SENTENCES).status_code == 403
        assert not Release.objects.open().exists()

    def test_once_however_often_the_button_is_pressed(self):
        correct()
        clerk = browser("clerk")
        clerk.post(f"{DESK}prepare/", self.SENTENCES)
        again = clerk.post(f"{DESK}prepare/", self.SENTENCES, follow=True)
        assert "There is a release on its way already" in again.content.decode()
        assert Release.objects.open().count() == 1

    def test_not_without_its_public_sentence_and_what_was_typed_stays(self):
        page = browser("clerk").post(f"{DESK}prepare/", {"summary": " ", "summary_es": "Una frase."}).content.decode()
        assert "Say in one sentence what this release changes." in page
        assert "Una frase." in page
        assert not Release.objects.open().exists()


@pytest.mark.parametrize(
    ("verb", "state", "name"),
    [
        ("regather", "draft", "clerk"),
        ("describe", "draft", "clerk"),
        ("submit", "draft", "clerk"),
        ("approve", "in_review", "publisher"),
        ("amend", "in_review", "publisher"),
        ("schedule", "approved", "publisher"),
        ("schedule", "scheduled", "publisher"),
        ("unschedule", "scheduled", "publisher"),
        ("publish", "approved", "publisher"),
        ("withdraw", "scheduled", "publisher"),
        ("withdraw", "published", "publisher"),
    ],
)
def test_the_same_form_sent_twice_is_one_act(verb, state, name):
    release, client = release_in(state), browser(name)
    form, acts = sent(verb, release), ReleaseAct.objects.filter(verb=verb).count()
    assert client.post(address(verb, release), form).status_code == 302
    after = everything()
    again = client.post(address(verb, release), form, follow=True).content.decode()
    assert "Something changed since you opened this page" in again or "no release on its way any more" in again
    assert everything() == after
    assert ReleaseAct.objects.filter(verb=verb).count() == acts + 1


class TestWhatWasLookedAt:
    def test_a_page_from_before_the_figures_were_taken_anew_decides_nothing(self):
        release, publisher = release_in("draft"), browser("publisher")
        old = sent("submit", release)
        correct("79.9")
        publishing.regather(release=release, by=person("clerk"))
        page = publisher.post(f"{DESK}submit/", old, follow=True).content.decode()
        assert "Something changed since you opened this page; look at it again." in page
        assert Release.objects.get(pk=release.pk).state == "draft"
        publisher.post(f"{DESK}submit/", sent("submit", release))
        assert Release.objects.get(pk=release.pk).state == "in_review"

    def test_a_page_of_a_release_that_came_back_and_was_handed_in_again_does_not_approve_it(self):
        release, publisher = release_in("in_review"), browser("publisher")
        old = sent("approve", release)
        publishing.amend(release=release, by=person("clerk"), comment="A figure is missing.")
        publishing.submit(release=release, by=person("clerk"))
        publisher.post(f"{DESK}approve/", old)
        assert Release.objects.get(pk=release.pk).state == "in_review"

    @pytest.mark.parametrize("seen", ["", "0", "-1", "abc", "9" * 40, "💥", None])
    def test_a_form_that_does_not_say_what_it_saw_does_nothing(self, seen):
        release = release_in("approved")
        form = {} if seen is None else {"seen": seen}
        assert browser("publisher").post(f"{DESK}publish/", form).status_code == 302
        assert Release.objects.get(pk=release.pk).state == "approved"

    def test_a_look_changes_nothing(self):
        release, publisher = release_in("approved"), browser("publisher")
        before = everything()
        for verb in (*TABLE, "prepare"):
            assert publisher.get(address(verb, release)).status_code in (200, 302), verb
        assert everything() == before

    def test_without_the_token_of_the_form_nothing_is_done(self):
        release = release_in("approved")
        client = Client(enforce_csrf_checks=True)
        client.force_login(person("publisher"), backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(f"{DESK}publish/", sent("publish", release)).status_code == 403
        assert Release.objects.get(pk=release.pk).state == "approved"


class TestWithdrawing:
    def test_it_asks_once_more_and_says_what_happens(self):
        release = release_in("published")
        page = browser("publisher").get(address("withdraw", release)).content.decode()
        assert "Everybody sees at once what Release 1 showed, as a release with a new number." in page
        assert "Yes, withdraw Release 2" in page

    def test_without_a_reason_it_asks_again(self):
        release = release_in("published")
        page = browser("publisher").post(address("withdraw", release), {**sent("withdraw", release), "reason": ""})
        assert "This field is required." in page.content.decode()
        assert Release.objects.get(pk=release.pk).state == "published"

    def test_an_older_release_is_not_withdrawn_and_has_no_button(self):
        release = release_in("published")
        correct("79.9")
        releases.published()
        publisher = browser("publisher")
        page = publisher.get(address("withdraw", release), follow=True).content.decode()
        assert "Only the newest release can be withdrawn" in page
        assert address("withdraw", release) not in page
        page = publisher.post(address("withdraw", release), sent("withdraw", release), follow=True).content.decode()
        assert "Only the newest release can be withdrawn" in page

    def test_one_that_is_not_there_is_no_page(self):
        assert browser("publisher").get("/staff/metrics/release/999999/withdraw/").status_code == 404
