"""What the staff's plain forms and lists refuse: to say more than a reader may know, and to rewrite what stands."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.actions import delete_selected
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import timezone

from allin.roles import ensure_roles
from coalition import models
from coalition.actions import giving, ledger, organizations, signatures, teams
from coalition.admin.lists import BESIDE, WholeForm
from coalition.models import Assessment, Commitment, CompactVersion, Organization
from tests.coalition.desk import text, url
from tests.coalition.records import clerk, compact, everything, organization, report, signed

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1

#: The lists of the coalition, by the names of their models.
ADMINS: dict[str, Any] = {
    str(model._meta.model_name): one
    for model, one in admin.site._registry.items()
    if model._meta.app_label == "coalition"
}


def person(role: str) -> User:
    user = User.objects.create_user(role.replace(" ", "-"), is_staff=True)
    user.groups.set([ensure_roles()[role]])
    return user


def desk(role: str) -> Client:
    client = Client()
    client.force_login(person(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def publisher() -> Client:
    return desk("publisher")


@pytest.fixture
def member() -> Organization:
    one = organization("Invented House")
    signed(one, date(2020, 5, 1))
    return one


def filled(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends from the form at `address`: everything as it stands there, but for `changes`."""
    context = client.get(address).context
    found: dict[str, Any] = {}
    for part in [context["adminform"].form, *(inline.formset for inline in context["inline_admin_formsets"])]:
        for form in [part.management_form, *part.forms] if hasattr(part, "management_form") else [part]:
            found |= {form.add_prefix(name): form[name].value() for name in form.fields}
    found = {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in found.items()}
    return {name: "" if value is None else value for name, value in (found | changes).items()}


def save(client: Client, record: Any, **changes: Any) -> Any:
    """The answer to the record's form, sent with `changes`."""
    address = url(f"{record._meta.model_name}_change", record.pk)
    return client.post(address, filled(client, address, **changes))


def wrong(response: Any, field: str) -> str:
    """The one sentence beside `field`, and nothing else."""
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert set(errors) == {field}, errors
    (sentence,) = errors[field]
    assert sentence.endswith("."), sentence
    return str(sentence)


# --- What a list tells ------------------------------------------------------------------------------------------------


class TestTheCommittee:
    @pytest.fixture
    def word(self, member: Organization) -> Assessment:
        """A released word that a draft replaces."""
        promise = Commitment.objects.get(version__number=1, number="1")
        first = ledger.assess(
            organization=member, commitment=promise, year=YEAR, state="limited", evidence="It said so.", by=clerk()
        )
        at = timezone.now()
        Assessment.objects.filter(pk=first.pk).update(
            sent_by=clerk(), sent_at=at, reply_until=at.date(), released_by=clerk(), released_at=at
        )
        ledger.assess(
            organization=member, commitment=promise, year=YEAR, state="complete", evidence="A secret yet.",
            reason="A second look.", by=clerk(),
        )  # fmt: skip
        return first

    def test_a_draft_that_replaces_a_released_word_does_not_show_through(self, word: Assessment) -> None:
        page = desk("committee").get(url("assessment_change", word.pk))
        assert "Released: public with the edition that followed, or the next one." in text(page)
        assert "Replaced by a later word" not in text(page)
        words = next(section for section in page.context["sections"] if section.key == "words")
        assert [row.over for row in words.rows] == [False]

    def test_who_writes_drafts_reads_that_the_word_is_replaced(self, word: Assessment) -> None:
        page = desk("data entry").get(url("assessment_change", word.pk))
        assert "Replaced by a later word; kept as history." in text(page)

    @pytest.mark.parametrize(
        ("name", "asked"),
        [
            ("organization", "assessments=1"),
            ("organization", "contacts__isnull=0"),
            ("organization", "contacts__email__startswith=a"),
            ("assessment", "superseded_by__isnull=1"),
            ("assessment", "superseded_by=1"),
            ("assessment", "stage=draft"),
            ("assessment", "replies__isnull=0"),
            ("program", "uploads__isnull=1"),
            ("grant", "organization__contacts__isnull=0"),
            ("actionteam", "slug__startswith=a"),
        ],
    )
    def test_an_address_asks_a_list_for_nothing_but_its_filters(self, name: str, asked: str) -> None:
        reader = desk("committee")
        assert reader.get(f"{url(f'{name}_changelist')}?{asked}").status_code == 400
        assert reader.get(f"{url(f'{name}_export')}?{asked}").status_code == 400


@pytest.fixture
def root() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("name", ADMINS)
def test_no_list_takes_a_lookup_that_none_of_its_filters_offers(name: str, root: Client) -> None:
    """Not even for those who may see everything: so no new role, model or relation opens a way around the lists."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="root")
    offered = [getattr(one, "parameter_name", one) for one in ADMINS[name].get_list_filter(request)]
    declared = {one if isinstance(one, str) else one[0] for one in offered}
    asked = [
        f"{field.name}{end}"
        for field in ADMINS[name].model._meta.get_fields()
        if field.name not in declared
        for end in ("", "__isnull", "__exact", "__in", "__startswith", "__pk", "__id")
    ]
    assert [lookup for lookup in asked if ADMINS[name].lookup_allowed(lookup, "1", request)] == []
    assert not any(ADMINS[name].lookup_allowed(f"{field}__pk__gt", "1", request) for field in declared)
    address = f"{url(f'{name}_changelist')}?{asked[-1]}=1"
    assert root.get(address).status_code == 400


@pytest.mark.parametrize("name", ADMINS)
def test_every_choice_of_every_filter_opens(name: str, root: Client) -> None:
    everything()
    address = url(f"{name}_changelist")
    found = root.get(address).context["cl"]
    for spec in found.filter_specs:
        for choice in list(spec.choices(found))[:4]:
            page = root.get(address + choice["query_string"])
            assert page.status_code == 200, choice["query_string"]


def test_the_days_above_a_list_and_the_links_of_our_pages_open(publisher: Client) -> None:
    one = everything()
    asked = {"held_on__year": "2026", "held_on__month": "5", "held_on__day": "1"}
    assert publisher.get(url("meeting_changelist"), asked).status_code == 200
    page = text(publisher.get(url("organization_change", one.pk)))
    assert f'{url("assessment_changelist")}?organization__id__exact={one.pk}"' in page
    listed = publisher.get(url("assessment_changelist"), {"organization__id__exact": one.pk})
    assert [word.organization_id for word in listed.context["cl"].queryset] == [one.pk]


# --- What is promised stays -------------------------------------------------------------------------------------------


class TestASignedVersion:
    def test_what_its_signers_promised_is_shown_and_not_asked(self, publisher: Client) -> None:
        """The first version, which seven have signed."""
        promise = compact().commitments.get(number="1")
        before = Commitment.objects.filter(pk=promise.pk).values().get()
        page = publisher.get(url("compactversion_change", compact().pk))
        (inline,) = page.context["inline_admin_formsets"]
        forms = inline.formset.forms
        assert {name for form in forms for name in form.fields if name not in ("id", "version")} == {
            "position", "short", "short_es", "text_es", "done", "done_es",
        }  # fmt: skip
        place = next(number for number, form in enumerate(forms) if form.instance.pk == promise.pk)
        sent = {
            f"commitments-{place}-{field}": value
            for field, value in {
                "number": "9", "text": "Nothing at all.", "binds": "philanthropic", "evidence": "meetings",
                "text_es": "Otra cosa.", "short": "Aim", "done": "pulled together", "DELETE": "on",
            }.items()
        }  # fmt: skip
        answer = save(publisher, compact(), **sent, since="2030-01-01", document="", note="What was new.")
        assert answer.status_code == 302
        after = Commitment.objects.filter(pk=promise.pk).values().get()
        changed = {"text_es": "Otra cosa.", "short": "Aim", "done": "pulled together"}
        assert after == {**before, **changed}, "how the board speaks of a promise binds nobody"
        version = CompactVersion.objects.get(pk=compact().pk)
        assert version.since != date(2030, 1, 1)
        assert version.note == "What was new."

    def test_nothing_is_added_to_what_they_promised(self, publisher: Client) -> None:
        count = compact().commitments.count()
        added = {"number": "99", "position": "9", "short": "x", "text": "x", "done": "x",
                 "binds": "everyone", "evidence": "judgement", "id": "", "version": compact().pk}  # fmt: skip
        sent = {f"commitments-{count}-{field}": value for field, value in added.items()}
        save(publisher, compact(), **sent, **{"commitments-TOTAL_FORMS": count + 1})
        assert compact().commitments.count() == count

    def test_a_version_is_written_freely_until_the_first_signature(self, publisher: Client) -> None:
        second = CompactVersion.objects.create(
            number=2, document=models.Document.objects.all()[0], since=date(2026, 1, 1)
        )
        promise = Commitment.objects.create(
            version=second, number="1", position=1, short="x", text="x", done="x", binds="everyone"
        )
        assert save(publisher, second, **{"commitments-0-text": "To meet."}, since="2026-02-01").status_code == 302
        promise.refresh_from_db()
        assert promise.text == "To meet."
        signatures.make_current(version=second, by=clerk())
        event = signatures.sign(organization=organization(), version=second, on=date(2026, 2, 1), by=clerk())
        signatures.withdraw(organization=event.organization, version=second, on=date(2026, 3, 1), by=clerk())
        save(publisher, second, **{"commitments-0-text": "To rest."}, since="2026-03-01")
        promise.refresh_from_db()
        second.refresh_from_db()
        assert (promise.text, second.since) == ("To meet.", date(2026, 2, 1)), "who withdrew had promised it, too"


class TestAnActiveTeam:
    METRIC = ("indicator", "place", "group", "baseline_value", "baseline_year", "target_value", "target_year")

    @pytest.fixture
    def team(self) -> models.ActionTeam:
        """Chronic absence from 24 to 12 percent; less is better."""
        find = {
            "indicator": {"slug": "chronic-absence"}, "place": {"code": "0640011"}, "group": {"slug": "all-students"},
        }  # fmt: skip
        made: models.ActionTeam = models.ActionTeam.objects.create(
            slug="invented-team", name="Invented Team", summary="x", problem="Too many are absent.",
            baseline_value=Decimal(24), baseline_year=2021, target_value=Decimal(12), target_year=2028,
            **{name: apps.get_model("metrics", name).objects.get(**key) for name, key in find.items()},
        )  # fmt: skip
        teams.take_step(team=made, step="reported", text="in 2021", source=report(), by=clerk())
        teams.take_step(team=made, step="active", on=date(2022, 1, 1), by=clerk())
        return made

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            ({"problem": "  "}, "problem", "An active team has to say the problem it is there for."),
            (dict.fromkeys(METRIC, ""), "indicator",
             "An active team has to say its metric (what is measured, where and for whom, baseline and target)."),
            ({"target_value": "30"}, "target_value", "The target 30 is no better than the baseline 24 of “"),
            ({"target_value": "24"}, "target_value", "The target 24 is no better than the baseline 24 of “"),
        ],
    )  # fmt: skip
    def test_it_keeps_its_problem_and_a_whole_metric_that_improves(
        self, publisher: Client, team: models.ActionTeam, changes: dict[str, str], field: str, sentence: str
    ) -> None:
        before = models.ActionTeam.objects.filter(pk=team.pk).values().get()
        tool = {"title": "A tool", "title_es": "", "url": "https://example.org", "position": "0", "id": "", "team": ""}
        added = {f"resources-0-{name}": value for name, value in tool.items()} | {"resources-TOTAL_FORMS": 1}
        answer = save(publisher, team, **changes, **added, name="Renamed")
        assert wrong(answer, field).startswith(sentence)
        assert models.ActionTeam.objects.filter(pk=team.pk).values().get() == before
        assert not team.resources.exists(), "nothing is half saved"

    def test_a_better_target_and_other_words_are_saved(self, publisher: Client, team: models.ActionTeam) -> None:
        assert save(publisher, team, target_value="10", problem="Many are absent.").status_code == 302
        team.refresh_from_db()
        assert (team.target_value, team.problem) == (Decimal(10), "Many are absent.")

    @pytest.mark.parametrize("step", ["", "ended"])
    def test_a_team_that_is_not_at_work_is_written_freely(
        self, publisher: Client, team: models.ActionTeam, step: str
    ) -> None:
        if step:
            teams.take_step(team=team, step=step, on=date(2023, 1, 1), decision="It is over.", by=clerk())
        else:
            team = models.ActionTeam.objects.create(slug="proposal", name="Proposal", summary="x", problem="x")
        assert save(publisher, team, problem="", **dict.fromkeys(self.METRIC, "")).status_code == 302


def test_an_adopted_plan_keeps_the_list_that_was_adopted(publisher: Client) -> None:
    team = models.ActionTeam.objects.create(slug="invented-team", name="Invented Team", summary="x")
    teams.take_step(team=team, step="reported", text="in 2021", source=report(), by=clerk())
    proposal = models.ActionTeam.objects.create(slug="proposal", name="Proposal", summary="x")
    listed = models.Strategy.objects.create(team=team, title="Evenings")
    secret = models.Strategy.objects.create(team=proposal, title="Mornings")
    plan = models.Plan.objects.create(year=2031, title="Invented Plan")
    assert save(publisher, plan, strategies=[listed.pk]).status_code == 302
    teams.adopt(plan=plan, on=date(2026, 1, 1), by=clerk())
    assert save(publisher, plan, strategies=[secret.pk], intro="What we do.").status_code == 302
    plan.refresh_from_db()
    assert (list(plan.strategies.all()), plan.intro) == ([listed], "What we do.")
    assert "Evenings" in text(publisher.get(url("plan_change", plan.pk)))


# --- What the form only shows counts, too -----------------------------------------------------------------------------


class TestTheWholeRecord:
    def test_a_value_in_kind_goes_on_saying_how_it_was_reached(self, publisher: Client) -> None:
        given = giving.contribute(
            organization=organization(), year=2026, kind="in_kind", what="Rooms", promised=Decimal(400),
            valuation="4 at $100", by=clerk(),
        )  # fmt: skip
        answer = save(publisher, given, valuation="")
        assert wrong(answer, "valuation") == "Say how the value of what is given in kind was reached."
        given.refresh_from_db()
        assert given.valuation == "4 at $100"
        assert save(publisher, given, valuation="", promised="").status_code == 302

    def test_a_program_does_not_take_the_name_of_another_one_of_its_provider(self, publisher: Client) -> None:
        one = organization()
        first = models.Program.objects.create(organization=one, slug="first", name="First")
        second = models.Program.objects.create(organization=one, slug="second", name="Second")
        models.Program.objects.create(organization=organization(), slug="third", name="Third")
        assert "already exists" in wrong(save(publisher, second, name="First"), "name")
        assert save(publisher, second, name="Third").status_code == 302, "another provider’s"
        assert save(publisher, first, name="Second").status_code == 302

    @pytest.mark.parametrize("name", ADMINS)
    def test_every_form_is_held_to_all_constraints_of_its_record(self, name: str) -> None:
        assert issubclass(ADMINS[name].form, WholeForm)

    def test_each_sentence_stands_beside_a_field_of_a_constraint_there_is(self) -> None:
        known = {
            constraint.name: model for model in apps.get_app_config("coalition").get_models()
            for constraint in model._meta.constraints
        }  # fmt: skip
        for constraint, field in BESIDE.items():
            assert known[constraint]._meta.get_field(field)


# --- What is recorded stays true --------------------------------------------------------------------------------------


class TestSinceWhenAnOrganizationExists:
    @pytest.mark.parametrize(
        ("since", "founded", "when"),
        [("2020-05-02", "May 2, 2020", "May 1, 2020"), ("2024-01-01", "Jan. 1, 2024", "May 1, 2020")],
    )
    def test_it_is_not_after_what_it_signed(
        self, publisher: Client, member: Organization, since: str, founded: str, when: str
    ) -> None:
        sentence = wrong(save(publisher, member, exists_since=since, url="https://house.example"), "exists_since")
        assert sentence == f"Invented House existed before {founded}: something is recorded of it for {when}."
        member.refresh_from_db()
        assert (member.exists_since, member.url) == (None, "")

    def test_it_is_not_after_a_role_began_or_it_joined_a_team(self, publisher: Client) -> None:
        one, other = organization(), organization()
        organizations.give_role(organization=one, role="member", since=date(2020, 5, 1), by=clerk())
        team = models.ActionTeam.objects.all()[0]
        models.TeamMembership.objects.create(team=team, organization=other, since_text="fall 2019")
        assert "May 1, 2020" in wrong(save(publisher, one, exists_since="2020-05-02"), "exists_since")
        assert "fall 2019" in wrong(save(publisher, other, exists_since="2020-01-01"), "exists_since")

    def test_a_day_before_all_of_it_is_fine_and_so_is_none(self, publisher: Client, member: Organization) -> None:
        assert save(publisher, member, exists_since="2020-05-01").status_code == 302
        assert save(publisher, member, exists_since="").status_code == 302
        assert save(publisher, organization(), exists_since="2024-01-01").status_code == 302


class TestAMeetingThatTheLedgerCounts:
    @pytest.fixture
    def meeting(self, member: Organization) -> models.Meeting:
        held: models.Meeting = models.Meeting.objects.create(held_on=date(YEAR, 5, 14), title="Invented Caucus")
        held.attendances.create(organization=member, present=True)
        return held

    @pytest.fixture
    def counted(self, meeting: models.Meeting) -> models.Meeting:
        made = ledger.derive(year=YEAR, by=clerk())
        assert "Meetings attended: 1 of 1." in [word.evidence for word in made]
        return meeting

    def test_it_is_not_deleted(self, publisher: Client, counted: models.Meeting) -> None:
        page = text(publisher.get(url("meeting_change", counted.pk)))
        assert f"The ledger counts it for {YEAR}: it stays, in that year." in page
        assert url("meeting_delete", counted.pk) not in page
        assert publisher.post(url("meeting_delete", counted.pk), {"post": "yes"}).status_code == 403
        assert models.Meeting.objects.filter(pk=counted.pk).exists()

    def test_nor_is_it_among_several(self, publisher: Client, counted: models.Meeting) -> None:
        """The list offers no such action; should it ever, the ledger is asked of each meeting."""
        other = models.Meeting.objects.create(held_on=date(2016, 5, 1), title="x")
        chosen = {"action": "delete_selected", "_selected_action": [counted.pk, other.pk], "post": "yes"}
        publisher.post(url("meeting_changelist"), chosen)
        assert models.Meeting.objects.filter(pk__in=[counted.pk, other.pk]).count() == 2
        request = RequestFactory().post("/", chosen)
        request.user = User.objects.get(username="publisher")
        with pytest.raises(PermissionDenied):
            delete_selected(ADMINS["meeting"], request, models.Meeting.objects.filter(pk__in=[counted.pk, other.pk]))
        assert models.Meeting.objects.filter(pk=counted.pk).exists()

    def test_its_day_stays_in_its_year(self, publisher: Client, counted: models.Meeting) -> None:
        sentence = wrong(save(publisher, counted, held_on=f"{YEAR - 1}-05-14"), "held_on")
        assert sentence == f"The ledger counts this meeting for {YEAR}; its day can only change within that year."
        assert save(publisher, counted, held_on=f"{YEAR}-05-15", title="Invented Spring Caucus").status_code == 302
        counted.refresh_from_db()
        assert counted.held_on == date(YEAR, 5, 15)

    def test_who_came_may_be_corrected_and_the_word_follows(
        self, publisher: Client, counted: models.Meeting, member: Organization
    ) -> None:
        attendance = url("meeting_attendance", counted.pk)
        names = publisher.get(attendance).context["form"].fields
        publisher.post(attendance, {**dict.fromkeys(names, "not_asked"), f"of-{member.pk}": "asked"})
        made = {word.evidence: word.supersedes for word in ledger.derive(year=YEAR, by=clerk())}
        assert made["Meetings attended: 0 of 1."] is not None

    def test_one_that_nothing_counts_is_deleted_or_moved(self, publisher: Client, meeting: models.Meeting) -> None:
        assert save(publisher, meeting, held_on=f"{YEAR - 1}-05-14").status_code == 302
        assert publisher.post(url("meeting_delete", meeting.pk), {"post": "yes"}).status_code == 302
        assert not models.Meeting.objects.filter(pk=meeting.pk).exists()

    def test_the_committee_does_not_read_there_of_a_draft(self, counted: models.Meeting) -> None:
        assert "The ledger counts it" not in text(desk("committee").get(url("meeting_change", counted.pk)))
