"""What the staff do in a member's year, each a few clicks. `staff` is a page on which one of them is signed in."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

# --- How one moves and fills in ---------------------------------------------------------------------------------------


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def opens(staff: Page, *links: str | re.Pattern[str]) -> None:
    """From the first page on, link by link."""
    staff.get_by_role("link", name="ALL IN! Staff").click()
    for link in links:
        main(staff).get_by_role("link", name=link, exact=True).click()


def fills_in(staff: Page, answers: Mapping[str, str]) -> None:
    for label, answer in answers.items():
        staff.get_by_label(re.compile(f"^{re.escape(label)}:?$")).fill(answer)


def presses(staff: Page, words: str) -> None:
    staff.get_by_role("button", name=words, exact=True).click()


def begins(staff: Page, act: str, among: Locator | None = None) -> None:
    """Presses the button that leads to the form of an act; `among` is the row when more than one has it."""
    (among or main(staff)).get_by_role("link", name=act, exact=True).click()
    expect(staff.get_by_role("heading", level=1)).to_have_text(act)


def row(staff: Page, name: str) -> Locator:
    return staff.get_by_role("row").filter(has_text=name)


def is_told(staff: Page, sentence: str | re.Pattern[str]) -> None:
    expect(staff.locator(".messagelist")).to_contain_text(sentence)


# --- An organization --------------------------------------------------------------------------------------------------


def makes_an_organization_of_its_message(staff: Page, name: str, *, outcome: str) -> None:
    opens(staff, re.compile("of interest ha(s|ve) not been answered"), name)
    begins(staff, "Make an organization of it")
    expect(staff.get_by_label("Name")).to_have_value(name)
    staff.get_by_label("What came of it").fill(outcome)
    presses(staff, "Make an organization of it")
    is_told(staff, f"{name} has a page now.")


def records_its_signature(staff: Page, name: str, *, on: str) -> None:
    opens(staff, "Organizations", name)
    begins(staff, "Record a signature")
    fills_in(staff, {"On": on})
    presses(staff, "Record a signature")
    is_told(staff, f"The signature of {name} under version 1 is recorded.")


def gives_it_the_role(staff: Page, name: str, role: str, *, since: str) -> None:
    opens(staff, "Organizations", name)
    begins(staff, "Give a role")
    staff.get_by_label("Role").select_option(label=role)
    fills_in(staff, {"Since": since})
    presses(staff, "Give a role")
    is_told(staff, f"{name}: {role}.")


def adds_a_program(staff: Page, name: str, answers: Mapping[str, str]) -> None:
    opens(staff, "Organizations", name, "Add a program")
    fills_in(staff, answers)
    presses(staff, "Save")
    is_told(staff, "was added successfully")
    expect(staff.get_by_role("heading", level=1)).to_have_text(answers["Name"])


def names_a_contact(staff: Page, name: str, answers: Mapping[str, str]) -> None:
    opens(staff, "Organizations", name)
    begins(staff, "Name a contact")
    fills_in(staff, answers)
    presses(staff, "Name a contact")
    is_told(staff, f"{answers['Name']} is a contact of {name}.")


def invites(staff: Page, name: str, contact: str) -> str:
    """The link that the page shows, once."""
    opens(staff, "Organizations", name)
    begins(staff, "Invite", row(staff, contact))
    presses(staff, "Invite")
    expect(main(staff)).to_contain_text("It works once and is shown only here, now.")
    return staff.get_by_label("The link to hand over").input_value()


def ends_the_contact(staff: Page, name: str, contact: str, *, until: str) -> None:
    opens(staff, "Organizations", name)
    begins(staff, "End", row(staff, contact))
    fills_in(staff, {"Until": until})
    presses(staff, "End")
    is_told(staff, f"The last day of {contact} is")


# --- What it sends, and where it comes --------------------------------------------------------------------------------


def returns_the_upload(staff: Page, program: str, *, comment: str) -> None:
    opens(staff, re.compile("of a provider wait(s)? for review"), program)
    begins(staff, "Return them with a comment")
    fills_in(staff, {"What should the provider correct?": comment})
    presses(staff, "Return them with a comment")
    is_told(staff, "is returned; the provider reads your comment.")


def accepts_the_upload(staff: Page, program: str) -> None:
    opens(staff, re.compile("of a provider wait(s)? for review"), program)
    begins(staff, "Accept the figures")
    presses(staff, "Accept the figures")
    is_told(staff, "Its figures are public with the next release of figures.")


def enters_a_meeting(staff: Page, title: str, *, on: str, came: str) -> None:
    opens(staff, "Meetings", "Add meeting")
    fills_in(staff, {"Held on": on, "Title": title})
    presses(staff, "Save")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Enter who came")
    for answers in staff.get_by_role("radiogroup").all():
        answers.get_by_role("radio", name="did not come", exact=True).check()
    staff.get_by_role("radiogroup", name=came).get_by_role("radio", name="came", exact=True).check()
    presses(staff, "Enter who came")
    is_told(staff, re.compile(r"1 of \d+ came\."))


# --- The ledger -------------------------------------------------------------------------------------------------------


def derives_the_states_of(staff: Page, year: int) -> None:
    opens(staff, "Assessments")
    begins(staff, "Derive a year’s states from data")
    fills_in(staff, {"Year": str(year)})
    presses(staff, "Derive a year’s states from data")
    is_told(staff, re.compile(f"drafts follow from the data of {year}"))


def assesses_a_promise(staff: Page, name: str, number: str, *, year: int, state: str, evidence: str) -> None:
    opens(staff, "Assessments")
    begins(staff, "Assess a promise")
    staff.get_by_label("Organization").select_option(label=name)
    fills_in(staff, {"Year": str(year)})
    presses(staff, "Show its promises")
    staff.get_by_role("radio", name=re.compile(rf"^{number}\. ")).check()
    staff.get_by_role("radio", name=re.compile(f"^{state}: ")).check()
    fills_in(staff, {"Evidence": evidence})
    presses(staff, "Assess a promise")
    is_told(staff, f"“{state}”, as a draft.")


def ticks_only_those_of(staff: Page, name: str, count: int) -> None:
    """What is to be sent opens with all ticked, what is to be released with none; those of others stay."""
    its_own = staff.get_by_role("checkbox", name=name)
    expect(its_own).to_have_count(count)
    for box in staff.get_by_role("checkbox").all():
        box.uncheck()
    for box in its_own.all():
        box.check()


def sends_its_drafts(staff: Page, name: str, *, count: int) -> None:
    opens(staff, "Assessments")
    begins(staff, "Send drafts to the organizations")
    ticks_only_those_of(staff, name, count)
    presses(staff, "Send drafts to the organizations")
    is_told(staff, f"{count} assessments are with their organizations, which may reply for 21 days.")


def releases_what_is_ready(staff: Page, name: str, *, count: int) -> None:
    opens(staff, "Assessments")
    begins(staff, "Release what is ready")
    ticks_only_those_of(staff, name, count)
    presses(staff, "Release what is ready")
    is_told(staff, re.compile(rf"{count} assessments? (is|are) released\."))


def publishes_the_next_edition(staff: Page, summary: str, *, shows: str) -> None:
    opens(staff, re.compile(r"^The coalition’s pages: \d+ changes? (is|are) not public yet"))
    expect(staff.get_by_role("heading", level=1)).to_have_text("Next edition")
    expect(staff.get_by_role("table")).to_contain_text(shows)
    staff.get_by_label("What does this edition change?").fill(summary)
    presses(staff, "Publish now")
    is_told(staff, re.compile(r"Edition \d+ is public\."))
    expect(row(staff, summary)).to_be_visible()


# --- A release of figures ---------------------------------------------------------------------------------------------


def prepares_a_release(staff: Page, sentences: Mapping[str, str], *, shows: str) -> None:
    opens(staff, re.compile("figures? (was|were) recorded since the last release"))
    expect(staff.get_by_role("heading", level=1)).to_have_text("Next release")
    fills_in(staff, sentences)
    presses(staff, "Make the draft")
    is_told(staff, "The draft is made.")
    expect(staff.get_by_role("region", name="What the public will see change")).to_contain_text(shows)


def hands_it_in(staff: Page) -> None:
    presses(staff, "Hand it in for review")
    is_told(staff, "It is handed in: its figures stand still, and a colleague can approve it.")
    expect(stage(staff)).to_contain_text("In review")


def approves_it(staff: Page, *, because_of: str) -> None:
    opens(staff, "A release waits for your approval")
    expect(staff.get_by_role("table")).to_contain_text(because_of)
    presses(staff, "Approve")
    is_told(staff, "It is approved. Nothing is public yet.")


def publishes_it(staff: Page, *, number: int) -> None:
    opens(staff, "A release is approved and waits to be published")
    presses(staff, "Publish now")
    is_told(staff, f"Release {number} is public.")
    expect(stage(staff)).to_contain_text("Public")


def stage(staff: Page) -> Locator:
    """Where the release stands in its row of steps."""
    return staff.get_by_role("list", name="The way of a release").locator('[aria-current="step"]')
