"""Contributions and grants: what may be recorded, what is refused, and how the public sum is reached."""

from decimal import Decimal as D
from operator import attrgetter
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone

from coalition.actions.errors import CoalitionError
from coalition.actions.giving import contribute, grant
from coalition.actions.teams import take_step
from coalition.compiling import coalition
from coalition.models import ActionTeam, Contribution, Grant, Organization, RolePeriod
from coalition.rules.money import Kind, Totals, grouped, total

pytestmark = pytest.mark.django_db

VALUED = "2 days a month at $450 a day."


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("keeper")


@pytest.fixture
def bank() -> Organization:
    return Organization.objects.create(slug="corner-bank", name="Corner Bank")


def goal(slug: str) -> Any:
    return apps.get_model("metrics", "Goal").objects.get(slug=slug)


def give(bank: Organization, by: User, **fields: Any) -> Contribution:
    whole = {"organization": bank, "year": 2026, "kind": "fiscal", "what": "Stipends", "by": by, **fields}
    return contribute(**whole)


def refused(act: Any, *args: Any, **asked: Any) -> CoalitionError:
    with pytest.raises(CoalitionError) as caught:
        act(*args, **asked)
    assert not Contribution.objects.exists()
    assert not Grant.objects.exists()
    return caught.value


class TestContributions:
    def test_what_is_given_is_recorded_with_who_and_when_and_becomes_public_as_it_is(self, bank, staff):
        melt = ActionTeam.objects.get(slug="reduce-summer-melt")
        made = give(
            bank, staff, promised=D("20000"), delivered=D("21500.5"), team=melt, goal=goal("enrollment"),
            what=" Stipends ", what_es="Becas",
        )  # fmt: skip
        made.refresh_from_db()
        assert (made.what, made.promised, made.delivered) == ("Stipends", D("20000.00"), D("21500.50"))
        assert (made.recorded_by, made.recorded_at is None) == (staff, False)
        (shown,) = coalition().contributions
        assert (shown.organization, shown.team, shown.goal) == ("corner-bank", "reduce-summer-melt", "enrollment")
        assert shown.delivered > shown.promised, "more than promised is shown as it is"

    def test_in_kind_without_a_valuation_note(self, bank, staff):
        for value in ({"promised": D(5400)}, {"delivered": D(5400)}, {"promised": D(0)}):
            refusal = refused(give, bank, staff, kind="in_kind", valuation=" ", **value)
            assert str(refusal) == "Say how the value of what is given in kind was reached."
            assert refusal.field == "valuation"

    def test_in_kind_with_a_note_or_with_a_value_nobody_knows(self, bank, staff):
        assert give(bank, staff, kind="in_kind", promised=D(10800), valuation=VALUED).pk
        unknown = give(bank, staff, kind="in_kind")
        unknown.refresh_from_db()
        assert (unknown.promised, unknown.delivered) == (None, None), "unknown is not 0"

    def test_money_needs_no_note(self, bank, staff):
        assert give(bank, staff, promised=D(1)).valuation == ""

    @pytest.mark.parametrize(
        ("amount", "says"),
        [
            ("-1", "not below 0"),
            ("-0.01", "not below 0"),
            ("NaN", "Write the amount as a number"),
            ("sNaN", "Write the amount as a number"),
            ("Infinity", "Write the amount as a number"),
            ("-Infinity", "Write the amount as a number"),
            ("0.001", "two decimals at most"),
            ("1234.567", "two decimals at most"),
            ("1000000000.01", "More than a billion"),
            ("1e30", "More than a billion"),
        ],
    )
    @pytest.mark.parametrize("field", ["promised", "delivered"])
    def test_an_amount_that_is_none(self, bank, staff, field, amount, says):
        refusal = refused(give, bank, staff, **{field: D(amount)})
        assert says in str(refusal)
        assert refusal.field == field

    @pytest.mark.parametrize(
        ("amount", "stored"),
        [("0", "0.00"), ("-0", "0.00"), ("1E+3", "1000.00"), ("10.100", "10.10"), ("1000000000", "1000000000.00")],
    )
    def test_an_amount_that_is_one(self, bank, staff, amount, stored):
        made = give(bank, staff, promised=D(amount))
        made.refresh_from_db()
        assert str(made.promised) == stored

    def test_a_year_before_the_launch_or_more_than_one_ahead(self, bank, staff):
        this = timezone.localdate().year
        for year in (0, 2015, this + 2):
            refusal = refused(give, bank, staff, year=year)
            assert str(refusal) == f"The year {year} is not between 2016 and {this + 1}."
            assert refusal.field == "year"
        assert give(bank, staff, year=2016).pk
        assert give(bank, staff, year=this + 1).pk

    def test_another_kind_or_nothing_at_all(self, bank, staff):
        assert refused(give, bank, staff, kind="love").field == "kind"
        assert refused(give, bank, staff, what="  ").field == "what"
        assert refused(give, bank, staff, what="x" * 201).field == "what"

    def test_what_is_for_a_proposal_would_tell_of_it(self, bank, staff):
        team = ActionTeam.objects.create(slug="campus", name="Campus Team", summary="A proposal.")
        take_step(team=team, step="proposed", text="2026", by=staff)
        refusal = refused(give, bank, staff, team=team)
        assert str(refusal) == "“Campus Team” is not approved; until it is, record this for the coalition as a whole."
        take_step(team=team, step="heard", text="2026", by=staff)
        take_step(team=team, step="approved", text="2026", by=staff)
        assert give(bank, staff, team=team).team == team

    def test_an_old_address_gives_nothing(self, bank, staff):
        old = Organization.objects.create(slug="old-bank", name="Old Bank", merged_into=bank)
        assert "old address of Corner Bank" in str(refused(give, old, staff))

    def test_the_public_sums_reconcile_in_every_grouping(self, bank, staff):
        melt = ActionTeam.objects.get(slug="reduce-summer-melt")
        give(bank, staff, promised=D("20000.10"), delivered=D("20000.10"), team=melt)
        give(bank, staff, kind="in_kind", promised=D("10800"), valuation=VALUED, goal=goal("graduation"))
        give(Organization.objects.create(slug="college", name="College"), staff, kind="in_kind", year=2025)
        rows = coalition().contributions
        whole = Totals(D("30800.10"), D("20000.10"), 1, 3, 1, 2)
        assert total(rows) == whole
        for axis in ("organization", "team", "goal", "kind", "year"):
            assert sum(grouped(rows, attrgetter(axis)).values(), Totals()) == whole
        assert grouped(rows, attrgetter("kind"))[Kind.IN_KIND].promised == D(10800)


class TestGrants:
    @pytest.fixture
    def funder(self) -> Organization:
        made: Organization = Organization.objects.create(slug="elm-fund", name="Elm Fund")
        RolePeriod.objects.create(
            organization=made, role="philanthropic", since="2019-07-01", until="2022-06-30", since_text=""
        )
        return made

    def share(self, funder: Organization, by: User, **fields: Any) -> Grant:
        whole = {
            "organization": funder, "recipient": "Evening School", "year": 2020, "purpose": "Tutors", "by": by, **fields
        }  # fmt: skip
        return grant(**whole)

    def test_a_grant_is_recorded_and_shown_with_the_goal_it_serves(self, funder, staff):
        self.share(funder, staff, amount=D("50000"), goal=goal("completion"), weighed="Read against the goals.")
        (shown,) = coalition().grants
        assert (shown.organization, shown.goal, shown.amount) == ("elm-fund", "completion", D("50000.00"))
        assert shown.weighed.en == "Read against the goals."

    def test_an_amount_that_was_not_shared_is_not_zero(self, funder, staff):
        assert self.share(funder, staff).amount is None

    @pytest.mark.parametrize("year", [2019, 2022])
    def test_the_funder_holds_its_role_on_any_day_of_the_year(self, funder, staff, year):
        assert self.share(funder, staff, year=year).pk

    @pytest.mark.parametrize("year", [2018, 2023])
    def test_who_is_no_philanthropic_organization_in_that_year(self, funder, staff, year):
        refusal = refused(self.share, funder, staff, year=year)
        assert str(refusal) == f"Elm Fund was not a philanthropic organization of the coalition in {year}."
        assert refusal.field == "organization"

    def test_another_role_is_not_enough_and_one_known_in_words_is(self, bank, staff):
        RolePeriod.objects.create(organization=bank, role="member", since_text="2016")
        refused(self.share, bank, staff)
        period = RolePeriod.objects.create(organization=bank, role="philanthropic", since_text="fall 2024")
        said = str(refused(self.share, bank, staff, year=2020))
        assert said == "Corner Bank was not a philanthropic organization of the coalition in 2020."
        RolePeriod.objects.filter(pk=period.pk).update(since_text="fall 2016")
        assert self.share(bank, staff).pk

    def test_bad_amounts_years_and_empty_lines(self, funder, staff):
        assert refused(self.share, funder, staff, amount=D(-5)).field == "amount"
        assert refused(self.share, funder, staff, year=2015).field == "year"
        assert refused(self.share, funder, staff, recipient=" ").field == "recipient"
        assert refused(self.share, funder, staff, purpose="").field == "purpose"
