"""A team's life, its members and leads, its strategies and the yearly plan: what may be recorded, and what not."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone

from coalition.actions.errors import CoalitionError
from coalition.actions.teams import adopt, join, leave, log, take_back_step, take_step
from coalition.compiling import coalition
from coalition.editions import publish
from coalition.models import ActionTeam, Organization, Plan, Strategy, StrategyEvent, TeamEvent, TeamMembership
from tests.at_once import at_once
from tests.coalition.records import report

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("keeper")


@pytest.fixture
def team() -> ActionTeam:
    return ActionTeam.objects.create(slug="campus", name="Campus Team", summary="A team that a test proposes.")


@pytest.fixture
def melt() -> ActionTeam:
    return ActionTeam.objects.get(slug="reduce-summer-melt")


def organization(name: str, **fields: Any) -> Organization:
    made: Organization = Organization.objects.create(slug=name.lower().replace(" ", "-"), name=name, **fields)
    return made


def give_metric(
    team: ActionTeam, *, indicator: str = "chronic-absence", baseline: str = "24", target: str = "12"
) -> None:
    find = {"indicator": indicator, "place": "0640011", "group": "all-students"}
    for model, key in find.items():
        field = "code" if model == "place" else "slug"
        setattr(team, model, apps.get_model("metrics", model).objects.get(**{field: key}))
    team.baseline_value, team.baseline_year, team.target_value, team.target_year = D(baseline), 2021, D(target), 2028
    team.problem = "Ninety of a hundred are accepted, and not all of them arrive."
    team.save()


def walk(team: ActionTeam, *steps: str, by: User) -> TeamEvent:
    return [take_step(team=team, step=step, on=MAY, decision="As agreed.", by=by) for step in steps][-1]


def refused(act: Any, **asked: Any) -> CoalitionError:
    with pytest.raises(CoalitionError) as caught:
        act(**asked)
    return caught.value


class TestALife:
    def test_from_proposal_to_completion_with_days_and_decisions(self, team, staff):
        give_metric(team)
        take_step(team=team, step="proposed", on=date(2025, 3, 2), by=staff)
        take_step(team=team, step="heard", on=date(2025, 5, 4), by=staff)
        take_step(team=team, step="approved", on=date(2025, 5, 4), decision="Yes.", decision_es="Sí.", by=staff)
        take_step(team=team, step="active", text="September 2025", by=staff)
        last = take_step(team=team, step="completed", on=date(2025, 11, 1), by=staff)
        life = list(team.events.values_list("step", "happened_text", "decision"))
        assert life == [
            ("proposed", "", ""), ("heard", "", ""), ("approved", "", "Yes."), ("active", "September 2025", ""),
            ("completed", "", ""),
        ]  # fmt: skip
        assert [event.follows_id for event in team.events.all()][1:] == [event.pk for event in team.events.all()][:-1]
        assert (last.recorded_by, last.recorded_at is None) == (staff, False)

    def test_its_first_step_is_a_proposal_or_a_report(self, team, staff):
        refusal = refused(take_step, team=team, step="approved", on=MAY, by=staff)
        assert str(refusal) == "A team’s life begins with “reported as at work” or “proposed”, not with “approved”."
        assert refusal.field == "step"
        sentence = str(refused(take_step, team=team, step="reported", text="2017", by=staff))
        assert sentence == "Name the document that reports it; a team that no document names is proposed first."
        assert take_step(team=team, step="reported", text="2017", source=report(), by=staff).follows is None

    def test_a_proposal_is_not_later_than_its_first_member(self, team, staff):
        join(team=team, organization=organization("Evening School"), since=JUNE, by=staff)
        sentence = str(refused(take_step, team=team, step="proposed", on=JULY, by=staff))
        assert sentence == "Evening School is in the team since June 1, 2025; it was proposed by then, not later."
        assert take_step(team=team, step="proposed", on=JUNE, by=staff).pk

    def test_a_step_recorded_by_mistake_is_taken_back_until_an_edition_was_published(self, team, staff):
        take_step(team=team, step="proposed", on=MAY, by=staff)
        take_step(team=team, step="heard", on=MAY, by=staff)
        take_step(team=team, step="approved", on=MAY, by=staff)
        take_back_step(team=team, by=staff)
        team.refresh_from_db()
        assert (team.number, team.events.last().step) == (None, "heard"), "the number came with the approval"
        take_step(team=team, step="approved", on=MAY, by=staff)
        publish(by=staff, summary="A team.")
        sentence = str(refused(take_back_step, team=team, by=staff))
        assert sentence == "An edition was published since; record what is right as the next step."
        from_documents = ActionTeam.objects.get(slug="reduce-summer-melt")
        assert str(refused(take_back_step, team=from_documents, by=staff)) == sentence

    def test_a_step_that_may_not_follow_is_refused_and_those_that_may_are_named(self, team, staff):
        walk(team, "proposed", "heard", by=staff)
        assert str(refused(take_step, team=team, step="active", on=JUNE, by=staff)) == (
            "After “heard by the Steering Committee” comes “approved” or “declined”, not “active”."
        )

    def test_the_same_step_twice_is_told_to_the_second_person(self, team, staff):
        walk(team, "proposed", by=staff)
        assert "is recorded already" in str(refused(take_step, team=team, step="proposed", on=JUNE, by=staff))

    def test_a_step_there_is_not(self, team, staff):
        assert "no step “paused”" in str(refused(take_step, team=team, step="paused", on=MAY, by=staff))

    def test_a_step_says_when(self, team, staff):
        refusal = refused(take_step, team=team, step="proposed", text="  ", by=staff)
        assert (str(refusal), refusal.field) == ("Give the day, or say in words when that was.", "on")

    def test_a_step_dated_ahead(self, team, staff):
        tomorrow = timezone.localdate() + timedelta(days=1)
        refusal = refused(take_step, team=team, step="proposed", on=tomorrow, by=staff)
        assert "has not come yet" in str(refusal)
        assert take_step(team=team, step="proposed", on=timezone.localdate(), by=staff).pk

    def test_a_step_before_an_earlier_one_also_over_one_known_in_words(self, team, staff):
        take_step(team=team, step="proposed", on=JUNE, by=staff)
        take_step(team=team, step="heard", text="in the summer", by=staff)
        refusal = refused(take_step, team=team, step="approved", on=MAY, by=staff)
        assert str(refusal) == "A step before this one: June 1, 2025. This one cannot be earlier."
        assert take_step(team=team, step="approved", on=JUNE, by=staff).pk, "on the same day is no disorder"

    def test_what_stops_early_or_is_taken_up_again_says_why(self, melt, staff):
        refusal = refused(take_step, team=melt, step="ended", on=MAY, by=staff)
        assert (str(refusal), refusal.field) == ("Say in one sentence why; it stands beside the step.", "decision")
        take_step(team=melt, step="ended", on=MAY, decision="Its funding ended.", by=staff)
        give_metric(melt)
        refused(take_step, team=melt, step="active", on=JUNE, decision=" ", by=staff)
        assert take_step(team=melt, step="active", on=JUNE, decision="Taken up again.", by=staff).pk

    def test_a_declined_proposal_may_come_back_and_is_known_to_nobody_meanwhile(self, team, staff):
        walk(team, "proposed", "heard", "declined", "proposed", by=staff)
        assert "campus" not in {one.slug for one in coalition().teams}
        walk(team, "heard", "approved", by=staff)
        assert "campus" in {one.slug for one in coalition().teams}

    def test_a_decision_longer_than_its_place_is_refused_in_one_sentence(self, team, staff):
        refusal = refused(take_step, team=team, step="proposed", on=MAY, decision="x" * 401, by=staff)
        assert refusal.field == "decision"
        assert "at most 400 characters" in str(refusal)
        assert not team.events.exists()


class TestNumbers:
    def test_a_team_gets_the_next_free_number_when_it_is_approved_and_not_before(self, team, staff):
        walk(team, "proposed", "heard", by=staff)
        team.refresh_from_db()
        assert team.number is None
        walk(team, "approved", by=staff)
        team.refresh_from_db()
        assert team.number == 3, "the Compact’s first year had teams 1 and 2"

    def test_a_number_that_was_given_stays(self, team, staff):
        ActionTeam.objects.filter(pk=team.pk).update(number=7)
        other = ActionTeam.objects.create(slug="other", name="Other", summary="Another one.")
        walk(team, "proposed", "heard", "approved", by=staff)
        walk(other, "proposed", "heard", "approved", by=staff)
        team.refresh_from_db()
        other.refresh_from_db()
        assert (team.number, other.number) == (7, 8)


class TestBecomingActive:
    def test_without_target_it_is_refused(self, melt, staff):
        refusal = refused(take_step, team=melt, step="active", on=MAY, by=staff)
        assert str(refusal) == (
            "Before a team is active it has to say its metric "
            "(what is measured, where and for whom, baseline and target)."
        )

    def test_without_a_problem_and_a_metric_both_are_named_in_one_sentence(self, team, staff):
        walk(team, "proposed", "heard", "approved", by=staff)
        sentence = str(refused(take_step, team=team, step="active", on=MAY, by=staff))
        assert "the problem it is there for and its metric" in sentence

    def test_without_a_problem(self, melt, staff):
        give_metric(melt)
        ActionTeam.objects.filter(pk=melt.pk).update(problem="")
        sentence = str(refused(take_step, team=melt, step="active", on=MAY, by=staff))
        assert sentence == "Before a team is active it has to say the problem it is there for."

    @pytest.mark.parametrize(
        ("indicator", "baseline", "target"),
        [("chronic-absence", "12", "24"), ("chronic-absence", "24", "24"), ("graduation-4yr", "85.3", "71.5")],
    )
    def test_with_a_target_that_is_no_better_than_the_baseline(self, melt, staff, indicator, baseline, target):
        give_metric(melt, indicator=indicator, baseline=baseline, target=target)
        sentence = str(refused(take_step, team=melt, step="active", on=MAY, by=staff))
        assert sentence.startswith(f"The target {target} is no better than the baseline {baseline} of “")

    def test_with_problem_and_metric_less_is_better_included(self, melt, staff):
        give_metric(melt)
        assert take_step(team=melt, step="active", on=MAY, by=staff).step == "active"


class TestMembers:
    def test_who_joins_and_leaves_keeps_its_time_in_the_team(self, team, staff):
        school = organization("Evening School")
        joined = join(team=team, organization=school, since=MAY, by=staff)
        assert (joined.until, joined.is_lead, joined.recorded_by) == (None, False, staff)
        leave(membership=joined, until=JUNE, by=staff)
        again = join(team=team, organization=school, since=JULY, by=staff)
        assert list(team.memberships.order_by("pk").values_list("since", "until")) == [(MAY, JUNE), (JULY, None)]
        assert again.pk != joined.pk

    def test_since_when_may_be_known_in_words_only(self, team, staff):
        assert join(team=team, organization=organization("A"), since_text="fall 2017", by=staff).since is None
        assert refused(join, team=team, organization=organization("B"), by=staff).field == "since"

    def test_leaving_before_joining(self, team, staff):
        joined = join(team=team, organization=organization("Evening School"), since=JUNE, by=staff)
        refusal = refused(leave, membership=joined, until=MAY, by=staff)
        assert (str(refusal), refusal.field) == ("It joined on June 1, 2025; it cannot leave before.", "until")
        assert leave(membership=joined, until=JUNE, by=staff).until == JUNE, "one day is a time in the team"

    def test_leaving_twice(self, team, staff):
        joined = join(team=team, organization=organization("Evening School"), since=MAY, by=staff)
        leave(membership=joined, until=JUNE, by=staff)
        assert (
            str(refused(leave, membership=joined, until=JULY, by=staff)) == "It left the team on June 1, 2025 already."
        )

    def test_a_last_day_ahead_may_be_changed_until_it_has_come(self, team, staff):
        joined = join(team=team, organization=organization("Evening School"), since=MAY, by=staff)
        ahead = timezone.localdate() + timedelta(days=30)
        leave(membership=joined, until=ahead, by=staff)
        refusal = refused(join, team=team, organization=joined.organization, since=JULY, by=staff)
        assert "It is a member of this team until" in str(refusal)
        assert leave(membership=joined, until=ahead + timedelta(days=1), by=staff).until == ahead + timedelta(days=1)

    def test_joining_twice(self, team, staff):
        school = organization("Evening School")
        join(team=team, organization=school, since=MAY, by=staff)
        for since in (MAY, JUNE, date(2025, 4, 1)):
            refusal = refused(join, team=team, organization=school, since=since, by=staff)
            assert str(refusal) == "It is a member of this team already."

    def test_joining_within_a_time_that_is_over(self, team, staff):
        school = organization("Evening School")
        leave(membership=join(team=team, organization=school, since=MAY, by=staff), until=JUNE, by=staff)
        assert "until June 1, 2025" in str(refused(join, team=team, organization=school, since=JUNE, by=staff))

    def test_joining_ahead_of_time_or_before_it_existed_or_as_an_old_address(self, team, staff):
        young = organization("Young", exists_since=JUNE)
        old = organization("Old", merged_into=young)
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert "has not come yet" in str(refused(join, team=team, organization=young, since=tomorrow, by=staff))
        assert "exists since" in str(refused(join, team=team, organization=young, since=MAY, by=staff))
        assert "old address of Young" in str(refused(join, team=team, organization=old, since=JULY, by=staff))

    def test_nobody_joins_a_team_that_is_over_but_who_was_there_before_is_recorded(self, melt, staff):
        take_step(team=melt, step="completed", on=JUNE, by=staff)
        school = organization("Evening School")
        refusal = refused(join, team=melt, organization=school, since=JULY, by=staff)
        assert str(refusal) == "The team is over since June 1, 2025; nobody joins it after that."
        assert str(refused(join, team=melt, organization=school, since_text="early in 2026", by=staff)) == str(refusal)
        assert join(team=melt, organization=school, since=MAY, by=staff).pk


class TestLeads:
    def times(self, team: ActionTeam) -> list[tuple[str, bool, date | None, date | None]]:
        rows = team.memberships.order_by("organization__name", "pk")
        return list(rows.values_list("organization__name", "is_lead", "since", "until"))

    def test_a_new_lead_takes_over_and_the_time_of_the_old_one_stays_on_record(self, team, staff):
        join(team=team, organization=organization("A"), since=MAY, is_lead=True, by=staff)
        join(team=team, organization=organization("B"), since=JULY, is_lead=True, by=staff)
        assert self.times(team) == [
            ("A", True, MAY, date(2025, 6, 30)),
            ("A", False, JULY, None),
            ("B", True, JULY, None),
        ]

    def test_a_member_becomes_the_lead(self, team, staff):
        school = organization("A")
        join(team=team, organization=school, since_text="fall 2017", by=staff)
        join(team=team, organization=school, since=JUNE, is_lead=True, by=staff)
        assert self.times(team) == [("A", False, None, date(2025, 5, 31)), ("A", True, JUNE, None)]
        assert str(refused(join, team=team, organization=school, since=JULY, is_lead=True, by=staff)) == (
            "It leads this team already."
        )

    def test_the_lead_may_swap_with_a_member_and_there_is_never_more_than_one(self, team, staff):
        a, b = organization("A"), organization("B")
        join(team=team, organization=a, since=MAY, is_lead=True, by=staff)
        join(team=team, organization=b, since=MAY, by=staff)
        join(team=team, organization=b, since=JUNE, is_lead=True, by=staff)
        join(team=team, organization=a, since=JULY, is_lead=True, by=staff)
        for day, leads in ((MAY, "A"), (JUNE, "B"), (date(2025, 6, 30), "B"), (JULY, "A")):
            rows = [row for row in self.times(team) if row[1] and row[2] <= day and (row[3] is None or day <= row[3])]
            assert [row[0] for row in rows] == [leads]

    def test_the_lead_changes_on_a_known_day_after_the_other_one_began(self, team, staff):
        join(team=team, organization=organization("A"), since=JUNE, is_lead=True, by=staff)
        b = organization("B")
        refusal = refused(join, team=team, organization=b, since_text="in the summer", is_lead=True, by=staff)
        assert str(refusal) == "Give the day: A is in the team as its lead until the day before."
        refusal = refused(join, team=team, organization=b, since=MAY, is_lead=True, by=staff)
        assert "A is in the team in its part since June 1, 2025" in str(refusal)
        assert self.times(team) == [("A", True, JUNE, None)], "a refusal changes nothing"

    def test_a_lead_who_announced_its_last_day_leaves_on_it_all_the_same(self, team, staff):
        ahead = timezone.localdate() + timedelta(days=30)
        lead = join(team=team, organization=organization("A"), since=MAY, is_lead=True, by=staff)
        leave(membership=lead, until=ahead, by=staff)
        join(team=team, organization=organization("B"), since=JULY, is_lead=True, by=staff)
        assert self.times(team)[1] == ("A", False, JULY, ahead)

    def test_a_lead_who_left_hands_nothing_over(self, team, staff):
        lead = join(team=team, organization=organization("A"), since=MAY, is_lead=True, by=staff)
        leave(membership=lead, until=JUNE, by=staff)
        join(team=team, organization=organization("B"), since=JULY, is_lead=True, by=staff)
        assert self.times(team) == [("A", True, MAY, JUNE), ("B", True, JULY, None)]


@pytest.fixture
def strategy(melt: ActionTeam) -> Strategy:
    return Strategy.objects.create(team=melt, title="Text messages")


class TestAStrategysLog:
    def test_the_last_line_says_where_it_stands(self, strategy, staff):
        log(strategy=strategy, progress="planned", on=MAY, by=staff)
        log(strategy=strategy, progress="running", on=JUNE, note="280 students.", note_es="280 estudiantes.", by=staff)
        assert list(strategy.events.values_list("progress", "note")) == [("planned", ""), ("running", "280 students.")]
        assert strategy.events.last().recorded_by == staff

    def test_a_line_ahead_of_time_or_before_the_last_one(self, strategy, staff):
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert "has not come yet" in str(refused(log, strategy=strategy, progress="planned", on=tomorrow, by=staff))
        log(strategy=strategy, progress="running", on=JUNE, by=staff)
        refusal = refused(log, strategy=strategy, progress="done", on=MAY, by=staff)
        assert str(refusal) == "The log’s last line is of June 1, 2025; a new one cannot be earlier."

    @pytest.mark.parametrize(
        ("last", "progress"), [("running", "running"), ("done", "running"), ("dropped", "planned")]
    )
    def test_the_same_again_and_what_was_over_and_goes_on_need_a_note(self, strategy, staff, last, progress):
        log(strategy=strategy, progress=last, on=MAY, by=staff)
        assert refused(log, strategy=strategy, progress=progress, on=JUNE, by=staff).field == "note"
        assert log(strategy=strategy, progress=progress, on=JUNE, note="A second round.", by=staff).pk

    def test_a_progress_there_is_not(self, strategy, staff):
        assert refused(log, strategy=strategy, progress="great", on=MAY, by=staff).field == "progress"
        assert not StrategyEvent.objects.exists()


class TestThePlan:
    @pytest.fixture
    def plan(self) -> Plan:
        return Plan.objects.create(year=2026, title="Collective Action Plan")

    def test_without_strategies_it_is_refused(self, plan, staff):
        assert "A plan without strategies is none" in str(refused(adopt, plan=plan, on=MAY, by=staff))
        assert coalition().plans == ()

    def test_with_strategies_of_several_teams_it_is_public(self, plan, strategy, staff):
        other = ActionTeam.objects.get(slug="longitudinal-data-analysis-project")
        plan.strategies.add(strategy, Strategy.objects.create(team=other, title="One table"))
        assert adopt(plan=plan, on=MAY, by=staff).adopted_on == MAY
        assert [(one.year, len(one.strategies)) for one in coalition().plans] == [(2026, 2)]

    def test_a_strategy_of_a_team_that_is_not_public_is_named(self, plan, strategy, team, staff):
        walk(team, "proposed", by=staff)
        plan.strategies.add(strategy, Strategy.objects.create(team=team, title="A secret"))
        assert str(refused(adopt, plan=plan, on=MAY, by=staff)) == (
            "The plan lists “A secret” of “Campus Team”, and that team is not approved."
        )

    def test_twice_or_ahead_of_time(self, plan, strategy, staff):
        plan.strategies.add(strategy)
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert refused(adopt, plan=plan, on=tomorrow, by=staff).field == "on"
        adopt(plan=plan, on=MAY, by=staff)
        assert str(refused(adopt, plan=plan, on=JUNE, by=staff)) == "This plan was adopted on May 1, 2025 already."


class TestTwoAtOnce:
    @pytest.fixture
    def _django_db_helper(self, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        """In place of the transaction that pytest-django wraps a test in: other threads must see what is written."""
        with django_db_blocker.unblock():
            yield
            for event in TeamEvent.objects.filter(team__slug__startswith="at-once").order_by("-pk"):
                event.delete()
            TeamMembership.objects.filter(team__slug__startswith="at-once").delete()
            ActionTeam.objects.filter(slug__startswith="at-once").delete()
            Organization.objects.filter(slug="at-once").delete()
            User.objects.filter(username="at-once").delete()

    def test_one_step_recorded_by_eight_people_is_one_step(self):
        by = User.objects.create_user("at-once")
        team = ActionTeam.objects.create(slug="at-once", name="At once", summary="Proposed by eight.")
        got = at_once(*[lambda: take_step(team=team, step="proposed", on=MAY, by=by)] * 8)
        assert sorted(type(one).__name__ for one in got) == ["CoalitionError"] * 7 + ["TeamEvent"]
        assert {str(one) for one in got if isinstance(one, CoalitionError)} == {
            "“proposed” is recorded already; look at it before you go on."
        }

    def test_approved_and_declined_at_once_is_one_of_the_two(self):
        by = User.objects.create_user("at-once")
        team = ActionTeam.objects.create(slug="at-once", name="At once", summary="Heard.")
        walk(team, "proposed", "heard", by=by)
        steps = ("approved", "declined")
        got = at_once(
            *[lambda step=step: take_step(team=team, step=step, on=MAY, decision="Decided.", by=by) for step in steps]
        )
        assert sorted(type(one).__name__ for one in got) == ["CoalitionError", "TeamEvent"]
        assert team.events.filter(followed_by=None).count() == 1

    def test_teams_approved_at_once_have_numbers_of_their_own(self):
        by = User.objects.create_user("at-once")
        teams = [
            ActionTeam.objects.create(slug=f"at-once-{n}", name=f"At once {n}", summary="Heard.") for n in range(4)
        ]
        for team in teams:
            walk(team, "proposed", "heard", by=by)
        got = at_once(*[lambda team=team: take_step(team=team, step="approved", on=MAY, by=by) for team in teams])
        approved = ActionTeam.objects.filter(slug__startswith="at-once-", number__isnull=False)
        assert len({team.number for team in approved}) == sum(isinstance(one, TeamEvent) for one in got) >= 1
        assert all(isinstance(one, TeamEvent | CoalitionError) for one in got), got

    def test_an_organization_that_joins_eight_times_at_once_is_in_it_once(self):
        by = User.objects.create_user("at-once")
        team = ActionTeam.objects.create(slug="at-once", name="At once", summary="Joined.")
        school = Organization.objects.create(slug="at-once", name="At once")
        got = at_once(*[lambda: join(team=team, organization=school, since=MAY, is_lead=True, by=by)] * 8)
        assert sorted(type(one).__name__ for one in got) == ["CoalitionError"] * 7 + ["TeamMembership"]
        assert team.memberships.count() == 1
