"""Editions: what becomes public, in one act, at one price; and nothing else ever does."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from coalition import roster
from coalition.compiling import coalition
from coalition.editions import NAMES, SUMMARY_LENGTH, EditionError, Line, NothingToPublish, compare, freeze, publish
from coalition.models import (
    ActionTeam,
    Assessment,
    Commitment,
    Contribution,
    Edition,
    Grant,
    Organization,
    Program,
    ProgramStep,
    Reply,
    RolePeriod,
    Signature,
    TeamMembership,
)
from coalition.roster.shapes import Coalition
from tests.at_once import at_once
from tests.coalition.records import clerk, compact, everything, organization, signed

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


class TestComparing:
    def test_nothing_differs_after_publishing(self):
        difference = compare()
        assert not difference
        assert difference.lines == ()

    def test_each_field_that_changes_is_a_line_with_what_it_said_and_says(self):
        Organization.objects.filter(slug="hartford-promise").update(url="https://example.org", sector="civic")
        assert set(compare().lines) == {
            Line("organizations", "hartford-promise", "sector", "nonprofit", "civic"),
            Line("organizations", "hartford-promise", "url", "", "https://example.org"),
        }

    def test_a_new_row_and_one_that_would_be_gone_are_lines_too(self):
        signed(organization("Example", slug="example"), text="2026")
        RolePeriod.objects.filter(organization__slug="readyct").delete()
        lines = {(line.name, line.before is None, line.after is None) for line in compare().lines}
        assert lines == {("example", True, False), ("readyct", False, True)}

    def test_what_is_private_is_no_difference(self):
        before = compare().digest
        one = Organization.objects.get(slug="hartford-promise")
        one.contacts.create(name="The liaison", email="liaison@example.org", since=date(2026, 5, 1))
        Assessment.objects.create(
            organization=one,
            commitment=Commitment.objects.get(number="6"),
            year=2026,
            state="complete",
            assessed_by=clerk(),
            assessed_at=datetime(2026, 5, 1, tzinfo=UTC),
        )
        assert compare().digest == before

    def test_every_list_of_the_coalition_is_compared(self):
        assert set(NAMES) == set(Coalition.__dataclass_fields__)

    def test_everything_there_is_can_be_compared_with_nothing_and_itself(self):
        everything()
        Edition.objects.all().delete()
        assert {line.kind for line in compare().lines} == set(NAMES) - {"moved"}
        publish(by=clerk(), summary="All of it.")
        assert not compare()


class TestPublishing:
    def test_an_edition_keeps_what_stood_and_who_said_so(self):
        signed(organization(slug="example"), text="2026")
        edition = publish(by=clerk(), summary=" One more signer. ", seen=compare().digest)
        assert (edition.number, edition.summary, edition.published_by) == (2, "One more signer.", clerk())
        assert edition.content == freeze()
        assert roster.edition().number == 2

    def test_the_same_coalition_is_the_same_text_and_comes_back_whole(self):
        everything()
        assert freeze() == freeze()
        publish(by=clerk(), summary="All of it.")
        assert roster.edition().coalition == coalition()

    def test_nothing_new_is_not_published(self):
        with pytest.raises(NothingToPublish, match="What stands is what is public already"):
            publish(by=clerk(), summary="Nothing.")
        assert Edition.objects.count() == 1

    @pytest.mark.parametrize(
        ("summary", "sentence"),
        [("  ", "Say in one sentence what changes"), ("x" * (SUMMARY_LENGTH + 1), "The sentence is longer than 400")],
    )
    def test_an_edition_says_in_one_sentence_what_it_changes(self, summary, sentence):
        signed(organization(), text="2026")
        with pytest.raises(EditionError, match=sentence):
            publish(by=clerk(), summary=summary)

    def test_what_nobody_looked_at_is_not_published(self):
        signed(organization(), text="2026")
        seen = compare().digest
        signed(organization(), text="2026")
        with pytest.raises(EditionError, match="Something changed since you opened this page"):
            publish(by=clerk(), summary="One more signer.", seen=seen)

    def test_an_edition_of_an_older_board_can_still_be_read(self):
        """One row of every kind, as it was published before the history of a word told what it had rested on. When
        this fails, a field was added without a default: every page would fail until somebody publishes anew.
        """
        old = msgspec.json.decode((GOLDEN / "edition.json").read_bytes(), type=Coalition)
        (word,) = old.assessments
        assert [(past.state, past.evidence) for past in word.history] == [("limited", "")]
        assert {name for name in NAMES if not getattr(old, name)} == {"moved"}

    def test_older_editions_stay_as_they_were(self):
        first = Edition.objects.get(number=1).content
        Organization.objects.filter(slug="hartford-promise").update(name="Another Name")
        publish(by=clerk(), summary="A new name.")
        assert Edition.objects.get(number=1).content == first


class TestAtOnce:
    @pytest.fixture
    def _django_db_helper(self, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        """In place of the transaction that a test is wrapped in: other threads must see what is written."""
        with django_db_blocker.unblock():
            yield
            Edition.objects.filter(number__gt=1).delete()
            Signature.objects.filter(organization__slug="at-once").delete()
            Organization.objects.filter(slug="at-once").delete()
            User.objects.filter(username="clerk").delete()

    def test_eight_people_who_publish_at_once_make_one_edition(self):
        signed(organization(slug="at-once"), text="2026")
        by = clerk()
        got = at_once(*[lambda: publish(by=by, summary="One more signer.")] * 8)
        assert sum(isinstance(one, Edition) for one in got) == 1, got
        assert all(isinstance(one, EditionError) for one in got if not isinstance(one, Edition)), got
        assert Edition.objects.count() == 2

    def test_eight_people_who_looked_at_the_same_make_one_edition(self):
        signed(organization(slug="at-once"), text="2026")
        by, seen = clerk(), compare().digest
        got = at_once(*[lambda: publish(by=by, summary="One more signer.", seen=seen)] * 8)
        assert sum(isinstance(one, Edition) for one in got) == 1, got
        assert Edition.objects.count() == 2


def many(number: int) -> None:
    """So many organizations, each of which signed, plays parts, gives, leads, was assessed twice and replied."""
    by, noon, promise = clerk(), datetime(2026, 5, 1, 12, tzinfo=UTC), Commitment.objects.get(number="3")
    team, first = ActionTeam.objects.get(number=1), Organization.objects.count()
    made = Organization.objects.bulk_create(
        Organization(slug=f"many-{at}", name=f"Example {at}", sector="civic") for at in range(first, first + number)
    )
    Signature.objects.bulk_create(Signature(organization=one, version=compact(), happened_text="2026") for one in made)
    RolePeriod.objects.bulk_create(RolePeriod(organization=one, role="member", since_text="2026") for one in made)
    TeamMembership.objects.bulk_create(TeamMembership(team=team, organization=one, since_text="2026") for one in made)
    Contribution.objects.bulk_create(
        Contribution(organization=one, year=2026, kind="fiscal", what="Money", team=team) for one in made
    )
    Grant.objects.bulk_create(Grant(organization=one, recipient="x", year=2026, purpose="x") for one in made)
    programs = Program.objects.bulk_create(
        Program(organization=one, slug=f"program-{one.slug}", name="Coach") for one in made
    )
    ProgramStep.objects.bulk_create(ProgramStep(program=program, step="summer") for program in programs)
    sent = {"sent_by": by, "sent_at": noon, "reply_until": date(2026, 5, 2), "released_by": by}
    same = {"commitment": promise, "year": 2026, "assessed_by": by, "assessed_at": noon, **sent}
    before = Assessment.objects.bulk_create(
        Assessment(organization=one, state="limited", released_at=noon, **same) for one in made
    )
    second = Assessment.objects.bulk_create(
        Assessment(
            organization=word.organization,
            state="complete",
            supersedes=word,
            reason="More is known.",
            released_at=noon + timedelta(days=1),
            **same,
        )
        for word in before
    )
    Reply.objects.bulk_create(Reply(assessment=word, text="x", written_by=by, written_at=noon) for word in second)


def price(act: Callable[[], Any]) -> int:
    """The queries it takes in a process that has read no edition yet."""
    roster._content.cache_clear()
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_from_7_to_700_organizations_compiling_publishing_and_reading_cost_the_same() -> None:
    everything()
    prices = []
    for number in (7, 693):
        many(number)
        prices.append((price(coalition), price(lambda: publish(by=clerk(), summary="More.")), price(roster.edition)))
    found = roster.edition().coalition
    assert len([one for one in found.organizations if one.slug.startswith("many-")]) == 700
    assert [len(one.history) for one in found.assessments] == [1] * 701
    assert prices[0] == prices[1]
    assert prices[0][2] == 2


MODELS: list[Any] = list(apps.get_app_config("coalition").get_models())
TEXTS = [
    (model, field)
    for model in MODELS
    for field in model._meta.local_fields
    if isinstance(field, models.CharField | models.TextField)
]
#: Public, but not part of an edition: the edition itself, and meetings, of which the public reads what came of them.
TOLD_ELSEWHERE = {"Edition.summary", "Edition.sha256", "Edition.content"}


def said_to_be(word: str) -> list[tuple[Any, Any]]:
    """The text fields, no choices, whose help text begins with “Public” or “Private”."""
    return [(model, field) for model, field in TEXTS if str(field.help_text).startswith(word) and not field.choices]


class TestWhatIsPrivate:
    def test_every_text_says_whether_it_is_public_or_private(self):
        silent = [
            f"{model.__name__}.{field.name}"
            for model, field in TEXTS
            if not str(field.help_text).startswith(("Public", "Private"))
        ]
        assert silent == []

    def test_there_is_a_row_of_every_model_to_try_it_on(self):
        everything()
        assert [model.__name__ for model in MODELS if not model.objects.exists()] == []

    def test_no_private_text_ever_enters_an_edition(self):
        everything()
        private = said_to_be("Private")
        assert len(private) > 15
        for model, field in private:
            for pk in model.objects.values_list("pk", flat=True):
                sung = f"zzcanary-{pk}-{model.__name__}-{field.name}"[: field.max_length or 99]
                model.objects.filter(pk=pk).update(**{field.name: sung})
        for user in User.objects.all():
            User.objects.filter(pk=user.pk).update(username=f"zzcanary-{user.pk}", email="zzcanary@example.org")
        assert "zzcanary" not in freeze().lower()
        edition = publish(by=User.objects.all()[0], summary="All of it.")
        assert "zzcanary" not in edition.content.lower()

    def test_no_file_but_a_logo_is_named_in_an_edition(self):
        one = everything()
        content = freeze()
        word = Assessment.objects.filter(evidence_file__isnull=False).get()
        assert word.evidence_file.sha256 not in content
        assert one.logo.sha256 in content

    def test_every_public_text_does_enter_it(self):
        """The other side, so that the canary above is one that sings."""
        everything()
        missing = set()
        for model, field in said_to_be("Public"):
            pk = model.objects.order_by("pk").last().pk
            name = f"{model.__name__}.{field.name}"
            sung = f"sings-{model.__name__[:6]}-{field.name}"[: field.max_length or 99].lower()
            model.objects.filter(pk=pk).update(**{field.name: sung})
            if json.dumps(sung)[1:-1] not in freeze():
                missing.add(name)
        assert missing == TOLD_ELSEWHERE
