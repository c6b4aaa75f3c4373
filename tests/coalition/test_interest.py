"""Messages of interest: kept with the consent they came under, handled once."""

import pytest

from coalition.actions.interest import handle, record
from coalition.models import Interest
from tests.coalition.records import clerk, refused

pytestmark = pytest.mark.django_db

MESSAGE = {
    "kind": "member",
    "organization": " Example Street Association ",
    "sector": "community_based",
    "name": "The liaison",
    "email": "liaison@example.org",
    "phone": "",
    "message": "We would like to join.",
    "language": "es",
    "consent": "You may write to me about the coalition.",
}


def test_a_message_is_kept_with_the_sentence_that_was_consented_to():
    kept = record(**MESSAGE)
    assert Interest.objects.get() == kept
    assert (kept.organization, kept.language) == ("Example Street Association", "es")
    assert kept.consent == "You may write to me about the coalition."
    assert kept.handled_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("consent", " "),
        ("kind", "donor"),
        ("organization", ""),
        ("organization", "x" * 161),
        ("sector", "sports"),
        ("name", " "),
        ("email", "nobody"),
        ("phone", "1" * 41),
        ("message", "x" * 1501),
        ("language", "fr"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence(field, value):
    refused(record, field, **MESSAGE | {field: value})
    assert not Interest.objects.exists()


def test_a_message_is_handled_once_and_says_what_came_of_it():
    kept = record(**MESSAGE)
    refused(handle, "outcome", interest=kept, outcome=" ", by=clerk())
    done = handle(interest=kept, outcome="Invited to the next open house.", by=clerk())
    assert (done.handled_by, done.outcome) == (clerk(), "Invited to the next open house.")
    assert refused(handle, interest=kept, outcome="Again.", by=clerk()) == "clerk has handled this message already."
