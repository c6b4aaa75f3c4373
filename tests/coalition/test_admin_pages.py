"""The staff's pages of the coalition in a real browser: usable by everybody, and true to their security policy."""

import mimetypes
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from coalition import models
from coalition.actions import interest, organizations
from tests.accessibility import faults
from tests.coalition.records import clerk, everything, organization, signed

pytestmark = pytest.mark.django_db

#: A table or a form may scroll or wrap; the page itself has to fit.
NARROW = 768


@pytest.fixture
def addresses() -> list[str]:
    """Every page of ours, each with something on it."""
    one = everything()
    signed(organization("Invented Silent House"), text="in 2020")
    organizations.name_contact(organization=one, name="Somebody", email="somebody@example.org", by=clerk())
    message = interest.record(
        kind="member", organization="An Invented Library", sector="nonprofit", name="x", email="x@example.org",
        phone="", message="x", language="en", consent="x",
    )  # fmt: skip
    word = models.Assessment.objects.order_by("-pk")[0]
    team, strategy = models.ActionTeam.objects.get(slug="ninth"), models.Strategy.objects.order_by("-pk")[0]
    proposal = models.ActionTeam.objects.create(slug="proposal", name="x", summary="x")
    plan = models.Plan.objects.create(year=2031, title="x")
    meeting = models.Meeting.objects.order_by("-pk")[0]
    person = models.Contact.objects.order_by("-pk")[0]
    asked: list[tuple[str, list[int], str]] = [
        ("organization_changelist", [], ""),
        ("organization_change", [one.pk], ""),
        ("organization_add", [], ""),
        ("organization_import", [], ""),
        ("organization_sign", [one.pk], ""),
        ("organization_give_role", [one.pk], ""),
        ("organization_take_back_role", [one.pk, one.role_periods.all()[0].pk], ""),
        ("organization_name_contact", [one.pk], ""),
        ("organization_invite", [one.pk, person.pk], ""),
        ("organization_set_logo", [one.pk], ""),
        ("organization_merge", [one.pk], ""),
        ("organization_merge", [one.pk], f"?into={models.Organization.objects.exclude(pk=one.pk)[0].pk}"),
        ("contact_changelist", [], ""),
        ("contact_change", [person.pk], ""),
        ("compactversion_change", [word.commitment.version_id], ""),
        ("signature_changelist", [], ""),
        ("assessment_changelist", [], ""),
        ("assessment_change", [word.pk], ""),
        ("assessment_due", [], ""),
        ("assessment_assess", [], ""),
        ("assessment_assess", [], f"?organization={one.pk}&year=2026"),
        ("assessment_derive", [], ""),
        ("meeting_change", [meeting.pk], ""),
        ("meeting_attendance", [meeting.pk], ""),
        ("actionteam_changelist", [], ""),
        ("actionteam_change", [team.pk], ""),
        ("actionteam_proposed", [proposal.pk], ""),
        ("actionteam_join", [team.pk], ""),
        ("strategy_change", [strategy.pk], ""),
        ("strategy_log", [strategy.pk], ""),
        ("plan_change", [plan.pk], ""),
        ("contribution_changelist", [], ""),
        ("contribution_record", [], ""),
        ("grant_record", [], ""),
        ("program_add", [], ""),
        ("upload_change", [models.Upload.objects.order_by("-pk")[0].pk], ""),
        ("interest_change", [message.pk], ""),
        ("interest_make_organization", [message.pk], ""),
        ("edition_changelist", [], ""),
        ("edition_next", [], ""),
    ]
    return ["/staff/", *(reverse(f"admin:coalition_{name}", args=keys) + query for name, keys, query in asked)]


@pytest.fixture
def staff() -> Client:
    client = Client()
    user = User.objects.create_superuser("root")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(page: Page, client: Client, addresses: list[str]) -> Iterator[str]:
    """Each address, once the page stands at it. Rendered first, with the headers that the board sends: the browser's
    thread of work does not see what a test has written and not committed.
    """
    answers = {address: client.get(address) for address in [*addresses, "/staff/jsi18n/"]}
    assert {answer.status_code for answer in answers.values()} == {200}

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix("http://localhost")
        if address in answers:
            headers = {name: value for name, value in answers[address].items() if name != "Set-Cookie"}
            route.fulfill(status=200, body=answers[address].content, headers=headers)
            return
        file = finders.find(address.removeprefix("/static/")) if address.startswith("/static/") else None
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        route.fulfill(path=file, content_type=kind) if isinstance(file, str) else route.fulfill(status=200, body="")

    page.route("**/*", answer)
    for address in addresses:
        page.goto(f"http://localhost{address}")
        yield address


@pytest.fixture
def unguarded(browser: Browser) -> Iterator[Page]:
    """A page into which the accessibility rules can be put; the policy has a test of its own."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.look
def test_axe_finds_no_fault_on_any_of_our_pages(unguarded: Page, staff: Client, addresses: list[str]) -> None:
    assert [told for _address in opened(unguarded, staff, addresses) if (told := faults(unguarded))] == []


@pytest.mark.look
def test_every_page_keeps_to_its_policy_and_fits_a_narrow_window(
    browser_page: Page, staff: Client, addresses: list[str]
) -> None:
    browser_page.set_viewport_size({"width": NARROW, "height": 900})
    wide = {}
    for address in opened(browser_page, staff, addresses):  # the page fails on anything its console says
        assert browser_page.locator("h1").count() == 1, address
        width = browser_page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW:
            wide[address] = width
    assert wide == {}
