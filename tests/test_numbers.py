"""Every number the public sees is pinned: to the fixtures, to the database, to the staff's list, to the letter."""

import csv
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from tests.reading import lines, tables

pytestmark = pytest.mark.django_db

HOUSE = Path(__file__).resolve().parents[1]
GOLDEN = HOUSE / "tests" / "golden"
PAGES = {
    "home": "/",
    "graduation": "/goals/graduation/",
    "enrollment": "/goals/enrollment/",
    "completion": "/goals/completion/",
    "coalition": "/coalition/",
    "compact": "/compact/",
    "ledger": "/compact/ledger/",
    "lincoln-financial-foundation": "/coalition/lincoln-financial-foundation/",
    "action-teams": "/action-teams/",
    "reduce-summer-melt": "/action-teams/reduce-summer-melt/",
    "longitudinal-data-analysis-project": "/action-teams/longitudinal-data-analysis-project/",
    "contributions": "/contributions/",
    "programs": "/programs/",
    "privacy": "/privacy/",
    "gaps": "/gaps/",
    "data": "/data/",
    "report-card": "/report-card/",
    "indicators": "/indicators/",
    "indicator": "/indicators/graduation-4yr/?place=0640011&place=00000CT&group=all-students&group=white&sort=-1",
    "indicator-lower-is-better": "/indicators/chronic-absence/",
    "methods": "/methods/",
    "pipeline": "/pipeline/",
    "embed": "/embed/graduation/",
}
INDICATORS = {
    "graduation": "graduation-4yr",
    "enrollment": "enrolled-year1-nsc",
    "completion": "completion-6yr-nsc",
}
HARTFORD, CONNECTICUT = "0640011", "00000CT"
#: Column of a goal's table → where the number comes from.
RATE, COUNTED, OUT_OF, STATE = "Rate, %", "Counted", "Out of", "Connecticut, %"


@pytest.fixture(scope="module")
def fixtures() -> dict[tuple[str, str, str, str], dict[str, str]]:
    """Every figure the repository carries, by indicator, place, group and period."""
    rows = {}
    for path in sorted((HOUSE / "fixtures" / "figures").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows[row["indicator"], row["place"], row["group"], row["period"]] = row
    return rows


def page(name: str) -> str:
    return Client().get(PAGES[name]).content.decode()


def goal_table(slug: str) -> list[dict[str, str]]:
    """The table of a goal's page, by column head; marks beside a figure (d, r) taken off."""
    found = next(table for table in tables(page(slug)) if RATE in table[0])
    head, *body = found
    return [dict(zip(head, [re.sub(r"(?<=\d)[a-z]$", "", cell) for cell in row], strict=True)) for row in body]


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_figure_of_a_goals_table_is_the_one_in_the_fixtures(slug, fixtures):
    for row in goal_table(slug):
        year = row["Class of"] if "Class of" in row else next(iter(row.values()))
        fixture = fixtures.get((INDICATORS[slug], HARTFORD, "all-students", year), {})
        value = fixture.get("value", "")
        assert (row[RATE] == value) if value else not re.match(r"\d", row[RATE]), (slug, year)
        for column, name in ((COUNTED, "numerator"), (OUT_OF, "denominator")):
            if column in row and fixture.get(name):
                assert row[column].replace(",", "") == fixture[name]
        if STATE in row:
            state = fixtures.get((INDICATORS[slug], CONNECTICUT, "all-students", year), {})
            assert row[STATE] == state["value"]


@pytest.mark.parametrize("slug", INDICATORS)
def test_no_year_of_the_fixtures_is_left_out_of_a_goals_table(slug, fixtures):
    shown = {next(iter(row.values())) for row in goal_table(slug)}
    known = {period for indicator, place, group, period in fixtures
             if (indicator, place, group) == (INDICATORS[slug], HARTFORD, "all-students")}  # fmt: skip
    assert known <= shown
    assert "2025" in shown


@pytest.mark.parametrize(
    ("slug", "year", "value"),
    [("graduation", 2025, 85.3), ("graduation", 2014, 71.5), ("enrollment", 2018, 60), ("completion", 2019, 25)],
)
def test_page_staff_list_and_database_tell_one_and_the_same_number(slug, year, value):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT value FROM metrics_publishedcell WHERE indicator = %s AND place = %s AND period = %s"
            " AND last_release IS NULL AND " + connection.ops.quote_name("group") + " = 'all-students'",
            [INDICATORS[slug], HARTFORD, year],
        )
        (stored,) = cursor.fetchone()
    staff = Client()
    staff.force_login(User.objects.create_superuser("root"))
    listed = staff.get(f"/staff/metrics/observation/?q={HARTFORD}+{year}+all+students&o=1").content.decode()
    shown = next(row for row in goal_table(slug) if next(iter(row.values())) == str(year))[RATE]
    assert float(stored) == float(shown) == value
    assert f'field-figure">{shown}<' in listed


#: The groups of the graduation page, as FACTS 3a gives them for the class of 2019 (and 2025 for high needs).
GROUPS = {
    "Female": "78.6", "Male": "66.8", "Black or African American": "75.2", "Hispanic/Latino of any race": "64.3",
    "White": "92.4", "Asian": "88.0", "English Learners": "59.9", "Students With Disabilities": "51.9",
    "Free Meal Eligible": "68.2", "Students With High Needs": "83.6", "Students Without High Needs": "97.9",
}  # fmt: skip


#: The groups of the enrollment page: the state's college entrance, class of 2014 (FACTS 3b).
ENTRANCE = {
    "Female": "61.0", "Male": "54.9", "Black or African American": "63.4", "Hispanic/Latino of any race": "43.5",
    "White": "78.5", "Asian": "76.6", "English Learners": "46.4", "Free/Reduced Price Meal Eligible": "56.4",
    "Students With Disabilities": "30.8",
}  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "group", "value"),
    [("graduation", *pair) for pair in GROUPS.items()] + [("enrollment", *pair) for pair in ENTRANCE.items()],
)
def test_each_groups_rate_is_the_states(slug, group, value):
    row = re.search(rf'role="rowheader">{re.escape(group)}</span>.*?class="r">([\d.]+)<', page(slug), re.DOTALL)
    assert row is not None
    assert row[1] == value


@pytest.mark.parametrize("name", PAGES)
def test_every_word_and_number_of_a_page_is_pinned(name, request):
    """The golden file is small enough to read in a diff. `pytest --write-golden` writes it anew."""
    text = re.sub(r"\b[A-Z][a-z]+\.? \d{1,2}, 20\d\d\b", "DATE", "\n".join(lines(page(name)))) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if request.config.getoption("--write-golden"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
