"""A year of a member's life: it asks to join, signs, names a contact, shares data, is assessed, replies, is shown."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.accessibility import faults_by_day_and_night
from tests.journeys import staff_acts, test_staff
from tests.journeys.conftest import HOUSE
from tests.journeys.site import Site
from tests.journeys.staff_acts import main

DEMO = "demo-member@example.org"
PASSWORD = "the bridge over the river"
#: Nobody types faster; the form waits for it.
TYPING = 3_500

NAME = "Invented Bridge Association"
KEEPER = "The bridge keeper"
PAGE = "/coalition/invented-bridge-association/"
TODAY = timezone.localdate()
#: The year that is over; its members are bound from its first days on.
YEAR = TODAY.year - 1
BEGAN = f"{YEAR}-01-15"
SAID, REPLIED = "Its report names the goal.", "We also changed what we measure."

Wait = Callable[[str], None]
#: Nobody can press a button for time that passes: the last days are put back in the rows.
THREE_WEEKS = "Assessment.objects.filter(organization=its, released_at=None).update(reply_until=over)"
A_NIGHT = "Contact.objects.filter(organization=its, until__isnull=False).update(until=over)"
BEGIN = f"""
from datetime import date
from coalition.models import Assessment, Contact, Organization
its, over = Organization.objects.get(name="{NAME}"), date({YEAR}, 12, 31)
"""


@pytest.fixture(scope="session")
def wait(site: Site, database_url: str) -> Wait:
    """Lets time pass."""

    def run(code: str) -> None:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", BEGIN + code]
        environment = {**os.environ, "DATABASE_URL": database_url}
        done = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return run


def sign_in(page: Page, site: Site, name: str, password: str) -> None:
    page.goto(f"{site.url}/members/")
    page.get_by_label("E-mail").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")


def send_figures(page: Page, template: Path, *numbers: str) -> None:
    """Fills in the line for all students of the template and sends it."""
    rows = list(csv.reader(template.read_text(encoding="utf-8-sig").splitlines()))
    rows[1] = [rows[1][0], *numbers]
    filled = template.with_name("filled in.csv")
    with filled.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    page.get_by_label("Filled-in template").set_input_files(filled)
    page.get_by_role("button", name="Send this file").click()


def it_asks_to_join(reader: Page, site: Site) -> None:
    reader.goto(f"{site.url}/join/")
    reader.get_by_label("Our organization would like to become a member").check()
    reader.get_by_label("Organization", exact=True).fill(NAME)
    reader.get_by_label("Sector").select_option(label="Community-based organizations")
    reader.get_by_label("Your name").fill("The bridge keeper")
    reader.get_by_label("E-mail").fill("Keeper@example.org")
    reader.wait_for_timeout(TYPING)
    reader.get_by_role("button", name="Send").click()
    expect(reader.locator(".trouble")).to_contain_text("Tick the box")
    expect(reader.get_by_label("Your name")).to_have_value("The bridge keeper")
    reader.get_by_label("I agree").check()
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert reader.context.cookies() == []


def it_signs_and_its_contact_is_invited(staff: Page, page: Page, reader: Page, site: Site) -> None:
    staff_acts.makes_an_organization_of_its_message(staff, NAME, outcome="Met at the open house.")
    staff_acts.gives_it_the_role(staff, NAME, "member", since=BEGAN)
    staff_acts.gives_it_the_role(staff, NAME, "program provider", since=BEGAN)
    staff_acts.records_its_signature(staff, NAME, on=BEGAN)
    staff_acts.names_a_contact(staff, NAME, {"Name": KEEPER, "E-mail": "Keeper@example.org", "Since": BEGAN})
    invitation = staff_acts.invites(staff, NAME, KEEPER)
    program = {"Name": "Summer Bridge", "Address of its page": "invented-summer-bridge", "Since": BEGAN}
    staff_acts.adds_a_program(staff, NAME, program)
    page.goto(invitation)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Set the password and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")
    expect(main(page)).to_contain_text("Figures that are due")
    reader.goto(invitation)
    expect(reader.get_by_role("heading", level=1)).to_have_text("This link does not work any more")


def it_names_another_contact(page: Page) -> None:
    page.get_by_role("link", name="Contacts").click()
    page.get_by_label("Name", exact=True).fill("The second keeper")
    page.get_by_label("E-mail").fill("second.keeper@example.org")
    page.get_by_label("Phone").fill("555 0199")
    page.get_by_role("button", name="Name this contact").click()
    expect(main(page)).to_contain_text("The second keeper")


def it_shares_data(staff: Page, page: Page, template: Path) -> None:
    """Problems are seen at once; then a receipt, one return with a comment, and it is accepted."""
    page.get_by_role("link", name="What waits for you").click()
    page.get_by_role("link", name="Summer Bridge").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Template as CSV").click()
    download.value.save_as(template)
    send_figures(page, template, "120", "many", "80", "60", "0")
    expect(page.locator(".trouble")).to_contain_text("Line 2: this cell in “accepted” is no number of students")
    send_figures(page, template, "120", "100", "80", "60", "0")
    expect(page.locator(".told")).to_contain_text("Your figures are received. The receipt is number")
    expect(page.get_by_role("table")).to_contain_text("120")
    staff_acts.returns_the_upload(staff, "Summer Bridge", comment="Is completed really none?")
    page.get_by_role("link", name="What waits for you").click()
    expect(main(page)).to_contain_text("Is completed really none?")
    page.get_by_role("link", name="Summer Bridge").click()
    send_figures(page, template, "120", "100", "80", "60", "30")
    staff_acts.accepts_the_upload(staff, "Summer Bridge")
    page.reload()
    expect(main(page)).to_contain_text("Accepted")


def it_is_assessed_and_replies(staff: Page, page: Page, reader: Page, site: Site) -> None:
    """It reads what is said before anybody else does."""
    staff_acts.enters_a_meeting(staff, "Invented autumn meeting", on=f"{YEAR}-10-20", came=NAME)
    staff_acts.derives_the_states_of(staff, YEAR)
    staff_acts.assesses_a_promise(staff, NAME, "1", year=YEAR, state="limited", evidence=SAID)
    staff_acts.sends_its_drafts(staff, NAME, count=4)
    assert reader.goto(site.url + PAGE).status == 404
    page.get_by_role("link", name="What waits for you").click()
    expect(main(page)).to_contain_text("21 days left to reply")
    page.get_by_role("link", name="Purpose").click()
    expect(main(page)).to_contain_text(SAID)
    page.get_by_role("textbox", name="What you reply").fill(REPLIED)
    page.get_by_role("button", name="Read it as the public will").click()
    expect(main(page)).to_contain_text("This is what the public will read, 6 words.")
    page.get_by_role("button", name="Send this reply").click()
    expect(page.locator(".told")).to_contain_text("Your reply is sent.")


def it_is_released(staff: Page, reader: Page, site: Site, wait: Wait) -> None:
    """What it replied to at once, the rest when its time is over; and still nobody reads it before the edition."""
    staff_acts.releases_what_is_ready(staff, NAME, count=1)
    wait(THREE_WEEKS)
    staff_acts.releases_what_is_ready(staff, NAME, count=3)
    assert reader.goto(site.url + PAGE).status == 404
    staff_acts.publishes_the_next_edition(staff, "A member’s first year.", shows=NAME)


def it_is_shown(page: Page, reader: Page, site: Site) -> None:
    """To everybody, the reply word for word beside the word on its promise; its people never are."""
    reader.goto(site.url + PAGE)
    its_promise = reader.get_by_role("listitem").filter(has_text=SAID)
    for words in ("Limited", REPLIED):
        expect(its_promise).to_contain_text(words)
    for words in ("A contact is named.", "Meetings attended: 1 of 1.", "Programs that shared: 1 of 1."):
        expect(main(reader)).to_contain_text(words)
    reader.goto(f"{site.url}/compact/ledger/")
    reader.get_by_label("Commitment", exact=True).select_option(label="1: Purpose")
    reader.get_by_role("button", name="Show", exact=True).click()
    its_line = reader.get_by_role("row").filter(has_text=NAME)
    for words in ("Limited", SAID, REPLIED):
        expect(its_line).to_contain_text(words)
    for path in ("/coalition/", PAGE, "/compact/ledger/", "/programs/", "/es/coalition/"):
        reader.goto(site.url + path)
        shown = reader.content()
        assert not [word for word in ("keeper", "Keeper", "555 0199", "completed really") if word in shown], path
    assert reader.context.cookies() == []
    page.get_by_role("link", name="What is public").click()
    expect(main(page)).to_contain_text("limited, with your reply")


def its_contact_leaves(staff: Page, page: Page, wait: Wait) -> None:
    """The last day still belongs to it."""
    staff_acts.ends_the_contact(staff, NAME, KEEPER, until=TODAY.isoformat())
    page.get_by_role("link", name="Promises").click()
    expect(main(page)).to_contain_text("Purpose")
    wait(A_NIGHT)
    page.get_by_role("link", name="Promises").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your access has ended")


def test_a_year_of_a_members_life(
    browser: Browser,
    browser_context: BrowserContext,
    site: Site,
    wait: Wait,
    tmp_path: Path,
) -> None:
    # Without JavaScript: nothing of what a member or a reader does ever needs any.
    its_contact, everybody = (browser.new_context(java_script_enabled=False) for _reader in range(2))
    page, reader = its_contact.new_page(), everybody.new_page()
    it_asks_to_join(reader, site)
    staff = test_staff.sign_in(browser_context, site, "demo-publisher")
    it_signs_and_its_contact_is_invited(staff, page, reader, site)
    it_names_another_contact(page)
    it_shares_data(staff, page, tmp_path / "template.csv")
    it_is_assessed_and_replies(staff, page, reader, site)
    it_is_released(staff, reader, site, wait)
    it_is_shown(page, reader, site)
    its_contact_leaves(staff, page, wait)
    its_contact.close()
    everybody.close()


MEMBERS = ["", "promises/", "organization/", "contacts/", "contacts/1/", "programs/", "password/"]
PUBLIC = ["/members/sign-in/", "/members/invitation/x/y/", "/join/", "/join/thanks/", "/es/join/"]


@pytest.mark.look
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_fault_and_nothing_runs_out_of_the_page(browser: Browser, site: Site, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()

    def look() -> None:
        assert not faults_by_day_and_night(page, "best-practice")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url

    for path in PUBLIC:
        page.goto(site.url + path)
        look()
    page.goto(f"{site.url}/join/")
    page.get_by_role("button", name="Send").click()
    look()
    sign_in(page, site, DEMO, site.accounts[DEMO])
    for path in MEMBERS:
        page.goto(f"{site.url}/members/{path}")
        look()
    context.close()


def test_after_a_mistake_the_focus_is_on_what_is_wrong_and_leads_to_the_field(browser_page: Page, site: Site) -> None:
    page = browser_page
    page.goto(f"{site.url}/join/")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".trouble")).to_be_focused()
    page.get_by_role("link", name="Your name").click()
    expect(page.get_by_label("Your name")).to_be_focused()


def test_the_members_pages_keep_to_the_security_policy(browser_page: Page, site: Site) -> None:
    sign_in(browser_page, site, DEMO, site.accounts[DEMO])
    for path in MEMBERS:
        browser_page.goto(f"{site.url}/members/{path}")
    browser_page.get_by_role("button", name="Sign out").click()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Members’ area")
    browser_page.go_back()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Members’ area")
