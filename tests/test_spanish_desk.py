"""The staff's list of what is missing in Spanish."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from metrics.models import Group, Indicator, Place
from tests.coalition.desk import desk

pytestmark = pytest.mark.django_db

CATALOGUE = Path(__file__).resolve().parent.parent / "locale" / "es" / "LC_MESSAGES" / "django.po"
#: A place in a sentence that something is put into.
HOLE = re.compile(r"\{\w*(?::\w+)?\}|%\(\w+\)[sd]")


def listed(role: str) -> str:
    client: Client = desk(role)
    return client.get(reverse("admin:spanish")).content.decode()


def test_a_board_that_is_whole_in_both_languages_names_no_definition() -> None:
    assert re.findall(r"/metrics/\w+/\d+/change/", listed("publisher")) == []


def test_a_definition_without_spanish_is_named_with_the_text_that_lacks_it_and_leads_to_its_form() -> None:
    indicator = Indicator.objects.get(slug="chronic-absence")
    Indicator.objects.filter(pk=indicator.pk).update(numerator_es="", limits_es="")
    page = listed("publisher")
    form = reverse("admin:metrics_indicator_change", args=[indicator.pk])
    assert f'<a href="{form}">Chronic absence</a>: known limits, numerator, in words' in page


def test_a_text_that_is_empty_in_english_lacks_nothing() -> None:
    Group.objects.filter(slug="asian").update(name="", name_es="")
    assert reverse("admin:metrics_group_change", args=[Group.objects.get(slug="asian").pk]) not in listed("publisher")


def test_a_place_is_a_proper_name_and_lacks_nothing() -> None:
    place = Place.objects.get(code="0640011")
    assert place.name_es == ""
    assert reverse("admin:metrics_place_change", args=[place.pk]) not in listed("publisher")


def test_who_may_see_no_indicator_reads_of_none_that_lacks_something() -> None:
    Indicator.objects.filter(slug="chronic-absence").update(limits_es="")
    nobody = User.objects.create_user("of-no-role", is_staff=True)
    client = Client()
    client.force_login(nobody, backend="django.contrib.auth.backends.ModelBackend")
    assert "Chronic absence" in listed("committee")
    assert "Chronic absence" not in client.get(reverse("admin:spanish")).content.decode()


def test_every_word_in_the_catalogue_has_its_spanish() -> None:
    """Those of the staff's and the members' areas too; placeholders are the same in both."""
    with CATALOGUE.open("rb") as file:
        messages = [one for one in read_po(file, locale="es") if one.id]
    assert len(messages) > 3000
    for one in messages:
        singular, *more = [one.id] if isinstance(one.id, str) else one.id
        spanish = [one.string] if isinstance(one.string, str) else list(one.string)
        assert all(spanish), singular
        assert {hole for text in spanish for hole in HOLE.findall(text)} <= set(
            HOLE.findall(" ".join((singular, *more)))
        )
