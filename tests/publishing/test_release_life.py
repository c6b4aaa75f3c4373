"""The life of a release: who may take it where, that two people decide, and that each step is whole or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from metrics import published, publishing
from metrics.intake.by_hand import enter
from metrics.models import ComingCell, DefinitionSet, Observation, PublishedCell, Release, ReleaseAct
from metrics.publishing import NotAllowed, PublishingError
from tests import releases

pytestmark = pytest.mark.django_db

STATES = ("draft", "in_review", "approved", "scheduled", "published", "withdrawn")
PEOPLE = ("preparer", "clerk", "publisher", "committee", "stranger")

#: Verb → state → who may. Whoever or whatever is not here, may not.
TABLE = {
    "regather": {"draft": {"preparer", "clerk", "publisher"}},
    "describe": {"draft": {"preparer", "clerk", "publisher"}},
    "submit": {"draft": {"preparer", "clerk", "publisher"}},
    "amend": {
        "in_review": {"preparer", "clerk", "publisher"},
        "approved": {"preparer", "clerk", "publisher"},
        "scheduled": {"preparer", "clerk", "publisher"},
    },
    "approve": {"in_review": {"publisher"}},
    "schedule": {"approved": {"publisher"}, "scheduled": {"publisher"}},
    "unschedule": {"scheduled": {"publisher"}},
    "publish": {"approved": {"publisher"}},
    "withdraw": {
        "draft": {"publisher"},
        "in_review": {"publisher"},
        "approved": {"publisher"},
        "scheduled": {"publisher"},
        "published": {"publisher"},
    },
}
LEADS_TO = {
    "regather": "draft",
    "describe": "draft",
    "submit": "in_review",
    "amend": "draft",
    "approve": "approved",
    "schedule": "scheduled",
    "unschedule": "approved",
    "publish": "published",
    "withdraw": "withdrawn",
}


def person(name: str) -> User:
    if name == "stranger":
        return User.objects.get_or_create(username="stranger", is_staff=True)[0]
    role = {"preparer": "data entry", "clerk": "data entry"}.get(name, name)
    return releases.of_role(role, name)


def in_an_hour() -> datetime:
    return timezone.now() + timedelta(hours=1)


def take(verb: str, release: Release, by: User) -> Release:
    more: dict[str, dict[str, Any]] = {
        "describe": {"summary": "Said in another way."},
        "amend": {"comment": "A figure is missing."},
        "schedule": {"at": in_an_hour()},
        "withdraw": {"reason": "It was a mistake."},
    }
    act: Callable[..., Release] = getattr(publishing, verb)
    return act(release=release, by=by, **more.get(verb, {}))


def correct(value: str = "78.7", *, year: int = 2024) -> Observation:
    cells = {
        "indicator": "graduation-4yr", "place": "0640011", "group": "all-students", "period": str(year),
        "value": value, "status": "final", "source": "edsight-graduation-4yr",
    }  # fmt: skip
    by = User.objects.get_or_create(username="entered-by")[0]
    return enter(cells=cells, by=by, reason=f"The state revised the class of {year}.")


def release_in(state: str) -> Release:
    """A release with one corrected figure that has come as far as this."""
    correct()
    release = publishing.prepare(by=person("preparer"), summary="A correction.")
    path = {
        "draft": [],
        "in_review": ["submit"],
        "approved": ["submit", "approve"],
        "scheduled": ["submit", "approve", "schedule"],
        "published": ["submit", "approve", "publish"],
        "withdrawn": ["submit", "approve", "publish", "withdraw"],
    }[state]
    for verb in path:
        release = take(verb, release, person("preparer" if verb == "submit" else "publisher"))
    assert release.state == state
    return release


def everything() -> list[list[dict[str, Any]]]:
    models = (Release, ReleaseAct, ComingCell, PublishedCell, DefinitionSet)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("state", STATES)
def test_every_verb_by_everybody_in_this_state(state):
    release, wrong = release_in(state), []
    people = {name: person(name) for name in PEOPLE}
    before = everything()
    for verb, allowed in TABLE.items():
        for name, by in people.items():
            may = name in allowed.get(state, set())
            assert publishing.may(by, verb, release) == may, (verb, name)
            try:
                with transaction.atomic():
                    reached = take(verb, release, by).state
                    transaction.set_rollback(True)
            except PublishingError:
                reached = None
                assert everything() == before, f"{verb} by {name} was refused and changed something"
            if reached != (LEADS_TO[verb] if may else None):
                wrong.append((verb, name, reached))
    assert wrong == []


def test_the_table_knows_every_verb_there_is():
    assert set(TABLE) == set(publishing.STEPS) == set(LEADS_TO)


class TestTwoPeople:
    def test_whoever_prepared_it_does_not_approve_it(self):
        correct()
        publisher = person("publisher")
        release = publishing.submit(release=publishing.prepare(by=publisher, summary="Mine."), by=person("clerk"))
        with pytest.raises(NotAllowed, match="You had a hand in this release; a colleague has to approve it"):
            publishing.approve(release=release, by=publisher)

    def test_nor_does_whoever_handed_it_in(self):
        correct()
        publisher = person("publisher")
        release = publishing.submit(release=publishing.prepare(by=person("clerk"), summary="Ours."), by=publisher)
        with pytest.raises(NotAllowed):
            publishing.approve(release=release, by=publisher)

    def test_nor_does_whoever_brought_in_one_of_its_figures(self):
        release = release_in("in_review")
        publisher = person("publisher")
        Observation.objects.filter(pk__in=release.coming.values("observation")).update(recorded_by=publisher)
        with pytest.raises(NotAllowed):
            publishing.approve(release=release, by=publisher)

    def test_an_administrator_is_no_exception(self):
        correct()
        admin = User.objects.create_superuser("admin")
        release = publishing.submit(release=publishing.prepare(by=admin, summary="Mine."), by=admin)
        with pytest.raises(NotAllowed):
            publishing.approve(release=release, by=admin)

    def test_in_an_office_of_one_person_the_release_says_so(self, settings):
        settings.ONE_PERSON_OFFICE = True
        correct()
        alone = person("publisher")
        release = publishing.submit(release=publishing.prepare(by=alone, summary="Mine."), by=alone)
        release = publishing.approve(release=release, by=alone)
        assert release.approved_alone
        public = publishing.publish(release=release, by=alone)
        assert public.approved_alone

    def test_two_people_in_such_an_office_are_two_people(self, settings):
        settings.ONE_PERSON_OFFICE = True
        assert not release_in("approved").approved_alone


class TestWhatWasApprovedIsWhatBecomesPublic:
    def test_a_figure_recorded_after_it_was_handed_in_is_not_part_of_it(self):
        release = release_in("in_review")
        correct("79.9")
        publishing.amend(
            release=release, by=person("publisher"), comment="Look again."
        )  # a new draft keeps its figures
        assert str(release.coming.get().value) == "78.7000"
        publishing.regather(release=release, by=person("preparer"))
        assert str(release.coming.get().value) == "79.9000"

    def test_what_was_corrected_after_it_was_gathered_is_not_approved(self):
        release = release_in("in_review")
        correct("79.9")
        with pytest.raises(PublishingError, match="1 figure of this release was corrected since"):
            publishing.approve(release=release, by=person("publisher"))

    def test_definitions_stand_still_as_well(self):
        release = release_in("approved")
        observation = release.coming.get().observation
        observation.indicator.name = "ZZ-LATER"
        observation.indicator.save()
        publishing.publish(release=release, by=person("publisher"))
        assert published.board().goals[0].series.indicator.name != "ZZ-LATER"

    def test_its_file_cannot_be_undone_under_it(self):
        release = release_in("in_review")
        assert release.coming.get().observation_id in Observation.objects.values_list("pk", flat=True)

    def test_a_draft_that_goes_back_forgets_who_approved_it_and_its_history_does_not(self):
        release = release_in("scheduled")
        draft = publishing.amend(release=release, by=person("clerk"), comment="A typing error.")
        decided = (draft.submitted_by, draft.approved_by, draft.scheduled_by, draft.publish_at)
        assert decided == (None, None, None, None)
        acts = [(act.verb, str(act.by), act.before, act.after) for act in draft.acts.all()]
        assert acts == [
            ("prepare", "preparer", "", "draft"),
            ("submit", "preparer", "draft", "in_review"),
            ("approve", "publisher", "in_review", "approved"),
            ("schedule", "publisher", "approved", "scheduled"),
            ("amend", "clerk", "scheduled", "draft"),
        ]
        assert draft.acts.last().comment == "A typing error."


class TestWhoAndWhenGoTogether:
    @pytest.mark.parametrize("column", ["submitted_by", "approved_by", "scheduled_by", "published_by", "withdrawn_by"])
    def test_the_database_takes_no_person_without_a_moment(self, column):
        release = release_in("draft")
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**{column: person("clerk")})

    @pytest.mark.parametrize("state", ["in_review", "approved", "scheduled", "published", "withdrawn"])
    def test_the_database_takes_no_state_that_nobody_decided(self, state):
        release = release_in("draft")
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(state=state)

    def test_the_database_takes_no_second_release_on_its_way(self):
        release = release_in("draft")
        release.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            release.save(force_insert=True)


PAGES = ("/", "/goals/graduation/", "/goals/graduation/figure.json", "/programs/")


def pages() -> list[bytes]:
    client = Client()
    return [client.get(page).content for page in PAGES]


class Fault(DatabaseError):
    """What happens where nobody expects it."""


class FailAt:
    """Lets so many statements pass and fails at the next one."""

    def __init__(self, passing: int) -> None:
        self.left = passing

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == -1:  # once: what undoes it has to pass
            raise Fault
        return execute(sql, params, many, context)


@pytest.mark.parametrize(
    ("verb", "state", "name"),
    [
        ("submit", "draft", "preparer"),
        ("approve", "in_review", "publisher"),
        ("schedule", "approved", "publisher"),
        ("publish", "approved", "publisher"),
        ("amend", "scheduled", "publisher"),
        ("withdraw", "published", "publisher"),
    ],
)
def test_a_fault_at_any_statement_leaves_everything_as_it_was(verb, state, name):
    release, by = release_in(state), person(name)
    by.has_perm("metrics.publish_release")  # remembered, so that the statements are those of the verb
    before, read = everything(), pages()
    for passing in range(200):
        try:
            with connection.execute_wrapper(FailAt(passing)):
                take(verb, release, by)
        except Fault:
            assert everything() == before, f"half done at statement {passing + 1}"
            assert pages() == read
        else:
            break
    assert passing > 3
    assert everything() != before


class TestAtTheStatedMinute:
    def scheduled(self, moment: datetime) -> Release:
        return publishing.schedule(release=release_in("approved"), by=person("publisher"), at=moment)

    @pytest.mark.parametrize(
        ("moment", "utc"),
        [
            ("2027-03-13T06:00:00-05:00", "2027-03-13T11:00"),
            ("2027-03-14T06:00:00-04:00", "2027-03-14T10:00"),  # clocks went forward at two
            ("2027-11-06T06:00:00-04:00", "2027-11-06T10:00"),
            ("2027-11-07T06:00:00-05:00", "2027-11-07T11:00"),  # clocks went back at two
        ],
    )
    def test_it_is_public_from_that_minute_of_hartford_on_and_not_before(self, moment, utc):
        release = self.scheduled(datetime.fromisoformat(moment))
        minute = datetime.fromisoformat(utc).replace(tzinfo=UTC)
        assert publishing.publish_due(now=minute - timedelta(seconds=1)) is None
        assert published.board().release.number == 1
        assert publishing.publish_due(now=minute) == release
        assert published.board().release.number == 2

    def test_seconds_are_left_out(self):
        release = self.scheduled(datetime(2027, 3, 13, 11, 0, 59, 7, tzinfo=UTC))
        assert release.publish_at == datetime(2027, 3, 13, 11, 0, tzinfo=UTC)

    def test_a_minute_that_has_passed_is_refused(self):
        release = release_in("approved")
        with pytest.raises(PublishingError, match="This minute has passed"):
            publishing.schedule(release=release, by=person("publisher"), at=timezone.now())

    def test_it_was_published_by_whoever_scheduled_it(self):
        self.scheduled(datetime(2027, 3, 13, 11, 0, tzinfo=UTC))
        release = publishing.publish_due(now=datetime(2027, 3, 13, 11, 1, tzinfo=UTC))
        assert str(release.published_by) == "publisher"
        assert [act.verb for act in release.acts.all()][-2:] == ["schedule", "publish"]

    def test_after_it_was_stopped_its_minute_means_nothing(self):
        release = self.scheduled(datetime(2027, 3, 13, 11, 0, tzinfo=UTC))
        publishing.unschedule(release=release, by=person("publisher"))
        assert publishing.publish_due(now=datetime(2028, 1, 1, tzinfo=UTC)) is None

    def test_one_that_cannot_be_published_goes_back_to_approved_and_says_why(self, caplog):
        release = self.scheduled(datetime(2027, 3, 13, 11, 0, tzinfo=UTC))
        Release.objects.filter(pk=release.pk).update(base=7)
        read = pages()
        assert publishing.publish_due(now=datetime(2027, 3, 13, 11, 0, tzinfo=UTC)) is None
        release.refresh_from_db()
        assert (release.state, release.publish_at) == ("approved", None)
        assert "The public board has changed" in release.acts.last().comment
        assert "The public board has changed" in caplog.text
        assert pages() == read

    def test_a_fault_while_it_is_published_is_tried_again_at_the_next_look(self):
        release = self.scheduled(datetime(2027, 3, 13, 11, 0, tzinfo=UTC))
        now = datetime(2027, 3, 13, 11, 0, tzinfo=UTC)
        with pytest.raises(Fault), connection.execute_wrapper(FailAt(9)):
            publishing.publish_due(now=now)
        assert published.board().release.number == 1
        assert publishing.publish_due(now=now) == release


class TestWithdrawn:
    def test_the_board_says_again_what_it_said_before(self):
        before = published.board().goals
        release = release_in("published")
        assert str(published.board().goals[0].series.cells[2024].value) == "78.7"
        publishing.withdraw(release=release, by=person("publisher"), reason="The file was last year’s.")
        board = published.board()
        assert board.release.number == 3
        assert str(board.goals[0].series.cells[2024].value) == "78.6"
        assert [goal.standing for goal in board.goals] == [goal.standing for goal in before]

    def test_it_is_not_among_the_public_releases_and_its_number_is_not_given_again(self):
        publishing.withdraw(release=release_in("published"), by=person("publisher"), reason="A mistake.")
        assert list(Release.objects.published().values_list("number", flat=True)) == [3, 1]
        assert Release.objects.get(number=2).withdrawn_reason == "A mistake."
        assert Release.objects.get(number=3).amends.number == 2

    def test_a_release_on_its_way_has_to_be_looked_at_again(self):
        first = release_in("published")
        correct("79.9")
        waiting = releases.approved()
        publishing.withdraw(release=first, by=person("publisher"), reason="A mistake.")
        waiting.refresh_from_db()
        assert waiting.state == "draft"
        with pytest.raises(PublishingError, match="The public board has changed since"):
            publishing.submit(release=waiting, by=person("preparer"))

    def test_only_the_newest_is_withdrawn(self):
        first = release_in("published")
        correct("79.9")
        releases.published()
        with pytest.raises(PublishingError, match="Only the newest release can be withdrawn"):
            publishing.withdraw(release=first, by=person("publisher"), reason="A mistake.")

    def test_a_withdrawal_is_not_withdrawn(self):
        publishing.withdraw(release=release_in("published"), by=person("publisher"), reason="A mistake.")
        restored = Release.objects.get(number=3)
        with pytest.raises(PublishingError, match="came of a withdrawal"):
            publishing.withdraw(release=restored, by=person("publisher"), reason="No.")

    def test_without_a_reason_nothing_is_withdrawn(self):
        release = release_in("published")
        with pytest.raises(PublishingError, match="Say why"):
            publishing.withdraw(release=release, by=person("publisher"), reason=" ")
        assert published.board().release.number == 2

    def test_one_that_never_was_public_leaves_no_number_and_no_figure(self):
        release = publishing.withdraw(release=release_in("scheduled"), by=person("publisher"), reason="Not now.")
        assert (release.number, release.coming.count()) == (None, 0)
        correct("79.9")
        assert releases.published().number == 2


class TestWhatIsKept:
    def test_a_hundred_releases_later_the_tables_hold_what_changed_and_nothing_else(self):
        begun = PublishedCell.objects.count()
        for number in range(20):
            correct(f"78.{number % 9}")
            releases.published(f"Correction {number}.")
        assert PublishedCell.objects.count() == begun + 20
        assert ComingCell.objects.count() == 0
        assert DefinitionSet.objects.count() == 1

    def test_the_first_release_is_made_once(self):
        with pytest.raises(PublishingError, match="has published before"):
            publishing.first_release(by=person("publisher"), summary="Again.")
