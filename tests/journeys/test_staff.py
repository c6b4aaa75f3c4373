"""The staff at work: a file comes, is reviewed, accepted, published, and seen by everybody."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.accessibility import faults
from tests.intake.fixture_rows import ALL, SOURCES, defined, rows
from tests.journeys import staff_acts
from tests.journeys.site import Site

HEADER = "indicator,place,group,period,value,numerator,denominator,status,source,note\n"
REVISED = "graduation-4yr,0640011,all-students,2023,78.5,937,1194,final,edsight-graduation-4yr-2020-2025,\n"
BROKEN = HEADER + REVISED.replace("78.5", "785") + REVISED.replace("all-students", "Grp E")


def sign_in(context: BrowserContext, site: Site, name: str) -> Page:
    page = context.new_page()
    page.goto(f"{site.url}/staff/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(site.accounts[name])
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="back office")).to_be_visible()
    return page


@pytest.fixture
def source(site: Site) -> str:
    """The source that the class of 2023 was published from."""
    fixture = Path("fixtures/figures/graduation_4yr_hartford_and_state.csv").read_text(encoding="utf-8")
    line = next(line for line in fixture.splitlines() if line.startswith("graduation-4yr,0640011,all-students,2023"))
    return line.split(",")[8]


def test_a_revised_figure_goes_from_a_file_to_the_public_page(
    browser: Browser, site: Site, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "class of 2023.csv"
    file.write_text(HEADER + REVISED.replace("edsight-graduation-4yr-2020-2025", source), encoding="utf-8")
    clerks, publishers, public = browser.new_context(), browser.new_context(), browser.new_context()

    clerk = sign_in(clerks, site, "demo-data-entry")
    clerk.get_by_role("link", name="Import a file of figures").click()
    clerk.get_by_label("File").set_input_files(file)
    clerk.get_by_role("button", name="Read the file").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Review of class of 2023.csv")
    public_change = clerk.get_by_role("region", name="What the public will see change")
    expect(public_change).to_contain_text("class of 2023: 78.4% becomes 78.5%")
    changed = clerk.get_by_role("region", name="Changed figures")
    expect(changed.locator("del")).to_contain_text("78.4, 936/1194")
    expect(changed.locator("ins")).to_contain_text("78.5, 937/1194")
    clerk.get_by_role("button", name="Accept 1 figure").click()
    expect(clerk.locator(".errorlist")).to_contain_text("1 figure that stands would change: say why.")
    clerk.get_by_label("Why do figures that stand change?").fill("The state counted one more graduate.")
    clerk.get_by_role("button", name="Accept 1 figure").click()
    expect(clerk.locator(".messagelist")).to_contain_text("1 figure recorded. Nothing is public yet.")

    reader = public.new_page()
    reader.goto(f"{site.url}/goals/graduation/")
    expect(reader.locator("#numbers, main").first).not_to_contain_text("78.5")

    staff_acts.prepares_a_release(
        clerk,
        {
            "What does it change? In English": "The class of 2023, revised by the state.",
            "The same in Spanish": "La clase de 2023, revisada por el estado.",
        },
        shows="class of 2023: 78.4% becomes 78.5%",
    )
    staff_acts.hands_it_in(clerk)
    expect(clerk.get_by_role("main")).to_contain_text("A publisher who had no hand in it has to approve it.")
    expect(clerk.get_by_role("button", name="Approve")).to_have_count(0)

    # On the board of these journeys the demo publisher may have accepted a member's figures, which this release holds.
    publisher = sign_in(publishers, site, "demo-admin")
    staff_acts.approves_it(publisher, because_of="The state counted one more graduate.")
    publisher.get_by_role("link", name="See the whole board as it would be").click()
    publisher.goto(f"{site.url}/preview/goals/graduation/")
    expect(publisher.locator("main")).to_contain_text("The state counted one more graduate.")
    publisher.goto(f"{site.url}/staff/")
    staff_acts.publishes_it(publisher, number=2)

    reader.reload()  # a browser keeps a page for a minute; whoever asks again gets the new one
    expect(reader.locator("main")).to_contain_text("The state counted one more graduate.")
    expect(reader.locator("del")).to_have_text("78.4")
    reader.goto(site.url)
    expect(reader.locator("main")).to_contain_text("The class of 2023, revised by the state.")
    for context in (clerks, publishers, public):
        context.close()


def test_a_broken_file_is_explained_line_by_line_and_changes_nothing(
    browser: Browser, site: Site, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(BROKEN.replace("edsight-graduation-4yr-2020-2025", source), encoding="utf-8")
    context = browser.new_context()
    page = sign_in(context, site, "demo-data-entry")
    page.goto(f"{site.url}/staff/metrics/observation/import/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    refused = page.get_by_role("region", name="Refused lines")
    expect(refused.get_by_role("row", name=re.compile("^2 value 785 785 is outside 0 to 100 percent"))).to_be_visible()
    expect(refused.get_by_role("row", name=re.compile("^3 group This group is not known"))).to_be_visible()
    page.get_by_role("button", name="Discard the file").click()
    expect(page.locator(".messagelist")).to_contain_text("The batch was discarded; no figure was changed.")
    context.close()


def choose(page: Page, file: Path) -> None:
    """What somebody does who has never seen the board: from the first page on, by what stands there."""
    page.get_by_role("link", name="Staff", exact=False).first.click()
    page.get_by_role("link", name="Import a file of figures").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()


def test_who_has_never_seen_it_imports_the_states_file_as_it_was_downloaded(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = sign_in(context, site, "demo-data-entry")
    choose(page, class_of_2025(tmp_path))
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of grad-2024-25.csv")
    main = page.get_by_role("main")
    expect(main).to_contain_text("EdSight, four-year graduation rates, as read from its page.")
    expect(main).to_contain_text("Nothing: every figure of this file stands already, or was left out or refused.")
    counts = page.get_by_role("list", name="Figures by outcome")
    expect(counts).to_contain_text(re.compile(r"0\s*new.*0\s*changed.*1[34]\d\s*unchanged", re.DOTALL))
    expect(page.get_by_role("button", name="Discard the file")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    page.get_by_role("button", name="Discard the file").click()
    context.close()


def test_and_of_a_broken_copy_learns_what_is_wrong_and_what_to_do(browser: Browser, site: Site, tmp_path: Path) -> None:
    file, name = class_of_2025(tmp_path), "Hartford School District,2025,"
    text = re.sub(rf"(?m)^{name}.*$", f"{name}1194.0,847.0,70.9", file.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^(Avon School District,2025,.*,)95\.0", r"\g<1>950", text)
    text = re.sub(r"(?m)^Berlin School District", "Berlin Shcool District", text)
    text = re.sub(r"(?m)^(Bolton School District,2025,48\.0),47\.0,97\.9", r"\1,40.0,97.9", text)
    broken = tmp_path / "broken.csv"
    broken.write_text(text, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = sign_in(context, site, "demo-data-entry")
    choose(page, broken)
    refused = page.get_by_role("region", name="Refused lines")
    expect(refused).to_contain_text("950 is outside 0 to 100 percent.")
    expect(refused).to_contain_text("97.9 contradicts its counts: 40 of 48 is 83.3 percent.")
    expect(refused).to_contain_text("The nearest known spelling is “Berlin School District”.")
    public_change = page.get_by_role("region", name="What the public will see change")
    expect(public_change).to_contain_text("class of 2025: 85.3% becomes 70.9%")
    expect(public_change).to_contain_text("24.1 points short")
    expect(page.get_by_label("Large change, checked with the source")).to_have_count(1)
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Download the . refused lines with reasons")).click()
    assert "97.9 contradicts its counts" in Path(taken.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Discard the file").click()
    expect(page.locator(".messagelist")).to_contain_text("The batch was discarded; no figure was changed.")
    context.close()


def class_of_2025(folder: Path) -> Path:
    """The state's figures as they were downloaded; where that file is not at hand, put together from the fixtures."""
    real = SOURCES / "edsight_2020_2025" / "grad-2024-25.csv"
    file = folder / real.name
    if real.exists():
        file.write_bytes(real.read_bytes())
        return file
    names = {fields["code"]: fields["name"] for fields in defined("place")}
    lines = ["District,fiscal_year,cohort_count,graduation_count,graduation_rate"]
    for row in rows():
        if (row["indicator"], row["group"], row["period"]) != ("graduation-4yr", ALL, "2025"):
            continue
        if row["source"] != "edsight-graduation-4yr-2020-2025" or row["status"] != "final":
            continue
        lines.append(f"{names[row['place']]},2025,{row['denominator']}.0,{row['numerator']}.0,{row['value']}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_file_that_is_no_table_is_refused_on_the_same_page(browser: Browser, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "letter.csv"
    file.write_text("Dear colleague,\nthe figures will follow.", encoding="utf-8")
    context = browser.new_context()
    page = sign_in(context, site, "demo-data-entry")
    page.goto(f"{site.url}/staff/metrics/observation/import/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator(".errorlist")).to_contain_text("This is not a table of figures")
    context.close()


@pytest.mark.look
@pytest.mark.parametrize(
    "path",
    [
        "metrics/observation/import/",
        "metrics/group/import/",
        "coalition/contact/import/",
        "metrics/observation/export/",
        "metrics/observation/add/",
        "metrics/batch/1/change/",
        "metrics/release/next/",
        "metrics/release/1/change/",
        "metrics/release/2/withdraw/",
        "metrics/releaseact/",
        "dashboard/story/",
        "dashboard/story/add/",
    ],
)
def test_axe_finds_no_fault_on_the_boards_own_staff_pages(browser: Browser, site: Site, path: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = sign_in(context, site, "demo-admin")
    page.goto(f"{site.url}/staff/{path}")
    found = faults(page)
    context.close()
    assert not found


def test_the_boards_own_staff_pages_keep_to_their_security_policy(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page = sign_in(context, site, "demo-admin")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    paths = ("observation/import/", "observation/export/", "observation/add/", "batch/1/change/", "release/next/")
    for path in (*paths, "release/1/change/"):
        page.goto(f"{site.url}/staff/metrics/{path}")
    context.close()
    assert said == []
