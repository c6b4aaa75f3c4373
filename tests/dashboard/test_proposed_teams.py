"""A team that nobody has approved is the Steering Committee's: no page and no edition tells of it."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from coalition.actions.signatures import make_current, sign
from coalition.actions.teams import join, take_step
from coalition.compiling import coalition
from coalition.editions import freeze, publish
from coalition.models import (
    ActionTeam,
    CompactVersion,
    Contribution,
    Document,
    Milestone,
    Organization,
    Plan,
    Resource,
    Strategy,
    StrategyEvent,
)

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 1)
#: Begins every text of the team below, and of what belongs to it.
SECRET = "Zzsecret"


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("keeper")


@pytest.fixture
def member() -> Organization:
    made: Organization = Organization.objects.create(slug="zzsecret-member", name="Zzsecret Member")
    return made


@pytest.fixture
def team(staff: User, member: Organization) -> ActionTeam:
    """A team with all that belongs to one: a member that leads it, work, a plan that lists it, a gift, a paper."""
    made: ActionTeam = ActionTeam.objects.create(slug="zzsecret-team", name="Zzsecret Team", summary=SECRET)
    join(team=made, organization=member, since=MAY, is_lead=True, by=staff)
    strategy = Strategy.objects.create(team=made, title=SECRET, text=SECRET)
    StrategyEvent.objects.create(strategy=strategy, progress="planned", happened_on=MAY, note=SECRET)
    Milestone.objects.create(strategy=strategy, text=SECRET, due_on=MAY)
    Plan.objects.create(year=2031, title="A plan", adopted_on=MAY).strategies.add(strategy)
    Resource.objects.create(team=made, title=SECRET, url="https://example.org/zzsecret")
    Contribution.objects.create(organization=member, year=2026, kind="fiscal", what=SECRET, team=made)
    return made


def take(team: ActionTeam, *steps: str, by: User) -> None:
    for step in steps:
        take_step(team=team, step=step, on=MAY, decision=SECRET, by=by)


NOT_PUBLIC = [
    (),
    ("proposed",),
    ("proposed", "heard"),
    ("proposed", "heard", "declined"),
    ("proposed", "declined", "proposed", "heard"),
]


@pytest.mark.parametrize("steps", NOT_PUBLIC, ids=", ".join)
def test_nothing_of_it_shows_through(steps, team, staff, client: Client):
    take(team, *steps, by=staff)
    assert SECRET.lower() not in freeze().lower()
    (plan,) = (plan for plan in coalition().plans if plan.year == 2031)
    assert plan.strategies == ()
    publish(by=staff, summary="A plan.")
    assert client.get("/coalition/zzsecret-member/").status_code == 404
    assert client.get("/action-teams/zzsecret-team/").status_code == 404
    for path in ("/", "/coalition/", "/action-teams/", "/action-teams/plan/2031/", "/contributions/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert SECRET.lower() not in answer.content.decode().lower(), path


@pytest.mark.parametrize("steps", NOT_PUBLIC, ids=", ".join)
def test_an_organization_that_is_only_in_it_has_no_part_in_the_coalition_yet(steps, team, member, staff):
    take(team, *steps, by=staff)
    assert member not in Organization.objects.with_a_part()


def test_a_gift_to_it_alone_is_no_part_either(team, member):
    team.memberships.all().delete()
    assert member not in Organization.objects.with_a_part()


def test_a_gift_to_the_coalition_as_a_whole_is_one(member):
    Contribution.objects.create(organization=member, year=2026, kind="fiscal", what="Money")
    assert member in Organization.objects.with_a_part()
    assert [(one.organization, one.team) for one in coalition().contributions] == [("zzsecret-member", "")]


def test_its_approval_makes_all_of_it_public_and_it_stays_so(team, member, staff, client: Client):
    take(team, "proposed", "heard", "approved", by=staff)
    found = coalition()
    assert "zzsecret-member" in {one.slug for one in found.organizations}
    assert ("zzsecret-member", "zzsecret-team") in {(one.organization, one.team) for one in found.contributions}
    assert [len(plan.strategies) for plan in found.plans if plan.year == 2031] == [1]
    publish(by=staff, summary="A team.")
    for path in ("/coalition/zzsecret-member/", "/action-teams/zzsecret-team/"):
        assert SECRET in client.get(path).content.decode()
    take(team, "ended", by=staff)
    assert member in Organization.objects.with_a_part()


def test_signatures_come_in_the_order_of_the_versions(member, staff):
    """The page says since when it signed, and its last word decides."""
    document = Document.objects.get(slug="compact")
    first = CompactVersion.objects.get(number=1)
    second = CompactVersion.objects.create(number=2, document=document, since_text="2026")
    second.commitments.set([first.commitments.all()[0]])
    make_current(version=second, by=staff)
    for version in (first, second):
        sign(organization=member, version=version, on=MAY, by=staff)
    (one,) = (one for one in coalition().organizations if one.slug == member.slug)
    assert [line.version for line in one.signatures] == [1, 2]
