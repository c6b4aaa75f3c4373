"""A year of a member's life: it asks to join, signs, names a contact, shares data, is assessed, replies, is shown."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import HOUSE
from tests.journeys.site import Site

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DEMO = "demo-member@example.org"
PASSWORD = "the bridge over the river"
#: Nobody types faster; the form waits for it.
TYPING = 3_500

Shell = Callable[[str], str]

BEGIN = """
from datetime import date
from django.contrib.auth.models import User
from django.utils import timezone
from coalition.actions import interest, ledger, organizations, signatures, uploads
from coalition.models import *
by = User.objects.get(username="demo-publisher")
year = timezone.localdate().year - 1
one = Organization.objects.filter(slug="invented-bridge").first()
"""
JOINS = """
message = Interest.objects.get(organization="Invented Bridge Association")
interest.handle(interest=message, outcome="Met at the open house.", by=by)
one = Organization.objects.create(slug="invented-bridge", name=message.organization, sector=message.sector)
signatures.sign(organization=one, version=CompactVersion.objects.get(is_current=True), on=date(year, 1, 15), by=by)
organizations.give_role(organization=one, role="program_provider", since=date(year, 1, 15), by=by)
Program.objects.create(organization=one, slug="invented-summer-bridge", name="Summer Bridge", since=date(year, 1, 15))
contact = organizations.name_contact(organization=one, name=message.name, email=message.email, by=by)
from coalition.portal.access import invitation_path
print("INVITATION", invitation_path(organizations.invite(contact=contact, by=by)))
"""
RETURNS = """
uploads.return_upload(upload=one.programs.get().uploads.get(), comment="Is completed really none?", by=by)
"""
ACCEPTS = """
uploads.accept_upload(upload=one.programs.get().uploads.get(state="sent"), by=by)
"""
ASSESSES = """
ledger.derive(year=year, by=by)
purpose = Commitment.objects.get(version__is_current=True, number="1")
said = "Its report names the goal."
ledger.assess(organization=one, commitment=purpose, year=year, state="limited", evidence=said, by=by)
print("SENT", ledger.send(assessments=one.assessments.current(), by=by))
"""
RELEASES = """
from coalition.editions import publish
today = timezone.localdate()
one.assessments.filter(commitment__number__in="6P").update(reply_until=date(year, 12, 31))  # three weeks have passed
print("RELEASED", ledger.release(assessments=one.assessments.current(), by=by))
publish(by=by, summary="A member’s first year.")
"""
ENDS = """
one.contacts.update(since=date(year, 1, 15), until=date(year, 12, 31))
"""


@pytest.fixture(scope="session")
def shell(site: Site, database_url: str) -> Shell:
    """What the staff do meanwhile."""

    def run(code: str) -> str:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", BEGIN + code]
        environment = {**os.environ, "DATABASE_URL": database_url}
        done = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def sign_in(page: Page, site: Site, name: str, password: str) -> None:
    page.goto(f"{site.url}/members/")
    page.get_by_label("E-mail").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")


def main(page: Page) -> Locator:
    return page.get_by_role("main")


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
    reader.get_by_label("Organization", exact=True).fill("Invented Bridge Association")
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


def it_signs_and_its_contact_is_invited(page: Page, reader: Page, site: Site, shell: Shell) -> None:
    (invitation,) = re.findall(r"INVITATION (\S+)", shell(JOINS))
    page.goto(site.url + invitation)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Set the password and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")
    expect(main(page)).to_contain_text("Figures that are due")
    reader.goto(site.url + invitation)
    expect(reader.get_by_role("heading", level=1)).to_have_text("This link does not work any more")


def it_names_another_contact(page: Page) -> None:
    page.get_by_role("link", name="Contacts").click()
    page.get_by_label("Name", exact=True).fill("The second keeper")
    page.get_by_label("E-mail").fill("second.keeper@example.org")
    page.get_by_label("Phone").fill("555 0199")
    page.get_by_role("button", name="Name this contact").click()
    expect(main(page)).to_contain_text("The second keeper")


def it_shares_data(page: Page, shell: Shell, template: Path) -> None:
    """Problems are seen at once; then a receipt, one return with a comment, and it is accepted."""
    page.get_by_role("link", name="What waits for you").click()
    page.get_by_role("link", name="Summer Bridge").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Template as CSV").click()
    download.value.save_as(template)
    send_figures(page, template, "120", "many", "80", "60", "0")
    expect(page.locator(".trouble")).to_contain_text("Line 2: this cell is no number of students")
    send_figures(page, template, "120", "100", "80", "60", "0")
    expect(page.locator(".told")).to_contain_text("Your figures are received. The receipt is number")
    expect(page.get_by_role("table")).to_contain_text("120")
    shell(RETURNS)
    page.get_by_role("link", name="What waits for you").click()
    expect(main(page)).to_contain_text("Is completed really none?")
    page.get_by_role("link", name="Summer Bridge").click()
    send_figures(page, template, "120", "100", "80", "60", "30")
    shell(ACCEPTS)
    page.reload()
    expect(main(page)).to_contain_text("Accepted")


def it_is_assessed_and_replies(page: Page, reader: Page, site: Site, shell: Shell) -> None:
    """It reads what is said before anybody else does."""
    assert "SENT 3" in shell(ASSESSES)
    reader.goto(f"{site.url}/coalition/invented-bridge/")
    expect(reader.locator("body")).not_to_contain_text("Its report names the goal.")
    page.get_by_role("link", name="What waits for you").click()
    expect(main(page)).to_contain_text("21 days left to reply")
    page.get_by_role("link", name="Purpose").click()
    expect(main(page)).to_contain_text("Its report names the goal.")
    page.get_by_role("textbox", name="What you reply").fill("We also changed what we measure.")
    page.get_by_role("button", name="Read it as the public will").click()
    expect(main(page)).to_contain_text("This is what the public will read, 6 words.")
    page.get_by_role("button", name="Send this reply").click()
    expect(page.locator(".told")).to_contain_text("Your reply is sent.")


def it_is_shown(page: Page, reader: Page, site: Site, shell: Shell) -> None:
    """To everybody, the reply word for word beside the word on its promise; its people never are."""
    assert "RELEASED 3" in shell(RELEASES)
    reader.goto(f"{site.url}/coalition/invented-bridge/")
    expect(main(reader)).to_contain_text("Its report names the goal.")
    expect(main(reader)).to_contain_text("We also changed what we measure.")
    for path in ("/coalition/", "/coalition/invented-bridge/", "/compact/ledger/", "/programs/", "/es/coalition/"):
        reader.goto(site.url + path)
        shown = reader.content()
        assert not [word for word in ("keeper", "Keeper", "555 0199", "completed really") if word in shown], path
    page.get_by_role("link", name="What is public").click()
    expect(main(page)).to_contain_text("limited, with your reply")


def test_a_year_of_a_members_life(browser: Browser, site: Site, shell: Shell, tmp_path: Path) -> None:
    # Without JavaScript: nothing of it ever needs any.
    its_contact, everybody = (browser.new_context(java_script_enabled=False) for _reader in range(2))
    page, reader = its_contact.new_page(), everybody.new_page()
    it_asks_to_join(reader, site)
    it_signs_and_its_contact_is_invited(page, reader, site, shell)
    it_names_another_contact(page)
    it_shares_data(page, shell, tmp_path / "template.csv")
    it_is_assessed_and_replies(page, reader, site, shell)
    it_is_shown(page, reader, site, shell)
    shell(ENDS)
    page.get_by_role("link", name="Promises").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your access has ended")
    its_contact.close()
    everybody.close()


MEMBERS = ["", "promises/", "organization/", "contacts/", "contacts/1/", "programs/", "password/"]
PUBLIC = ["/members/sign-in/", "/members/invitation/x/y/", "/join/", "/join/thanks/", "/es/join/"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_and_nothing_runs_out_of_the_page(
    browser: Browser, site: Site, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()

    def look() -> None:
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
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
