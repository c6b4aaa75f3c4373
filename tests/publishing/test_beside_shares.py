"""The state's shares on the real board: the counts that are left out beside them, and a reader who wants them back."""

import csv
import io
from collections import defaultdict

import pytest
from django.test import Client
from django.utils.timezone import now

from metrics.calc.disclosure import Decision
from metrics.models import Observation, PublishedCell, Release
from metrics.publishing import printed
from metrics.publishing.audit import audit
from metrics.publishing.told import COUNTS_LEFT_OUT, WITHHELD
from tests import releases
from tests.publishing.attacker import Public, Reader, Sum

pytestmark = pytest.mark.django_db

HARTFORD, CONNECTICUT, REST = "0640011", "00000CT", "00000CT-0640011"
EVERYBODY = "all-students"
INDICATORS = {"graduation-4yr", "graduation-5yr", "graduation-6yr"}
#: Hartford's classes of whom the state prints both counts, one to five apart (FACTS 6), with these counts.
FEW = {
    ("asian", 2018): (32, 36),
    ("reduced-meals", 2018): (48, 52),
    ("two-or-more-races", 2018): (25, 30),
    ("asian", 2019): (22, 25),
    ("reduced-meals", 2019): (42, 47),
    ("two-or-more-races", 2019): (35, 36),
}

#: Of the class of 2025 the state prints two groups of one breakdown with their shares. With the counts of all students,
#: in which the goal is stated, they tell of the 3 of 144 who did not graduate; nothing we leave out would change that.
TOLD_BY_THE_STATE = {("2025", f"students short of {HARTFORD} not-high-needs at 1 in release 1"): (3, 3)}


def cell(group: str, year: int, place: str = HARTFORD) -> PublishedCell:
    return PublishedCell.objects.get(
        indicator="graduation-4yr", place=place, group=group, period=year, last_release=None
    )


@pytest.mark.parametrize(("group", "year"), FEW)
def test_the_share_stays_and_its_two_counts_go(group, year):
    one = cell(group, year)
    assert (one.observation.numerator, one.observation.denominator) == FEW[group, year]
    assert one.value == one.observation.value
    assert (one.numerator, one.denominator, one.note) == (None, None, COUNTS_LEFT_OUT)


@pytest.mark.parametrize("year", [2018, 2019])
def test_so_do_the_counts_they_could_be_subtracted_from(year):
    assert cell("free-meals", year).numerator is None
    assert cell("not-meal-eligible", year).note == COUNTS_LEFT_OUT, "it looks the same whatever the cause"
    assert cell("reduced-meals", year, REST).numerator is None
    assert cell(EVERYBODY, year).numerator, "those of all students stay: the goal is about them"


@pytest.mark.parametrize("year", [2011, 2024])
def test_where_nobody_is_few_every_count_is_repeated(year):
    shown = PublishedCell.objects.filter(
        place__in=(HARTFORD, CONNECTICUT), indicator="graduation-4yr", period=year, value__isnull=False
    )
    assert shown.exists()
    assert not shown.filter(numerator=None).exists()


def test_connecticut_without_hartford_shows_nothing_where_hartford_is_withheld():
    for one in Observation.objects.current().filter(place__code=HARTFORD, status="suppressed"):
        rest = PublishedCell.objects.filter(
            indicator=one.indicator.slug, place=REST, group=one.group.slug, period=one.period, last_release=None
        )
        assert set(rest.values_list("value", "numerator", "note")) <= {(None, None, WITHHELD)}


def test_a_reader_of_the_open_file_does_not_get_them_back():
    """The file of all figures, and a solver: groups add up to all students, Hartford and the rest to Connecticut."""
    lines = list(csv.DictReader(io.StringIO(Client().get("/data/figures.csv").getvalue().decode())))
    ring = [one for one in lines if one["place"] in (HARTFORD, CONNECTICUT, REST) and one["indicator"] in INDICATORS]
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for indicator, year in sorted({(one["indicator"], one["year"]) for one in ring}):
        of_year = [one for one in ring if (one["indicator"], one["year"]) == (indicator, year)]
        reader = Reader([table(of_year)], exhaustive={}, sums=sums(of_year))
        found |= {(year, one.what): (one.low, one.high) for one in reader.narrowed() if "at 1 in" in one.what}
    assert len(found) >= 2 * len(FEW), "those who graduated, and those who did not, of each"
    assert {what: where for what, where in found.items() if where[1] - where[0] < 6} == TOLD_BY_THE_STATE


def truth() -> dict[tuple[str, str, str, int], tuple[int, int]]:
    return {
        (one.indicator.slug, one.place.code, one.group.slug, one.period): (one.numerator, one.denominator)
        for one in Observation.objects.current().select_related("indicator", "place", "group")
        if one.numerator is not None and one.denominator
    }


def few() -> set[tuple[str, str, str, int]]:
    return {key for key, (part, whole) in truth().items() if 0 < part < 6 or 0 < whole - part < 6}


def table(lines: list[dict[str, str]]) -> tuple[Public, ...]:
    """What the file says, for the reader: how many there were, and the share."""
    told_of_few = few()
    shown = list[Public]()
    for one in lines:
        if one["value"]:
            name = f"{one['place']} {one['group']}"
            part, whole = one["numerator"], one["denominator"]
            is_few = (one["indicator"], one["place"], one["group"], int(one["year"])) in told_of_few and not part
            shown += [
                Public(0, "", name, value=float(whole) if whole else None),
                Public(
                    1, "", name, float(one["value"]), 1, int(part) if part else None, int(whole) if whole else None,
                    is_few=is_few,
                ),
            ]  # fmt: skip
    return tuple(shown)


def sums(lines: list[dict[str, str]]) -> list[Sum]:
    """What adds up: the groups of a breakdown, if they are all there, and Hartford and the rest."""
    counts, there = truth(), {(one["place"], one["group"]): one for one in lines if one["value"]}
    dimension = dict(Observation.objects.values_list("group__slug", "group__dimension__slug"))
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for place, group in there:
        if group != EVERYBODY:
            groups[place, dimension[group]].append(group)
    found = list[Sum]()
    for (place, _dimension), those in groups.items():
        if (place, EVERYBODY) in there:
            of = [counts[one["indicator"], place, one["group"], int(one["year"])][1] for one in
                  (there[place, group] for group in (EVERYBODY, *those))]  # fmt: skip
            spare = 0.0 if of[0] == sum(of[1:]) else float("inf")
            found.append((("", f"{place} {EVERYBODY}"), [("", f"{place} {group}") for group in those], spare))
    for _place, group in [key for key in there if key[0] == CONNECTICUT]:
        if {(HARTFORD, group), (REST, group)} <= there.keys():
            parts = [("", f"{place} {group}") for place in (HARTFORD, REST)]
            found.append((("", f"{CONNECTICUT} {group}"), parts, 0.0))
    return found


def test_to_publish_the_same_figures_again_changes_nothing():
    """What was left out stays left out, and nothing else: the pattern that protects is kept."""
    assert releases.would_change() == []


class TestTheAuditor:
    def test_it_finds_nothing_on_the_real_board(self):
        report = audit()
        assert report.findings == ()
        assert {line.rpartition(": ")[2] for line in report.public} == {"3–3"}, "TOLD_BY_THE_STATE"
        assert report.withheld >= 2 * len(FEW)

    def test_it_finds_counts_that_a_release_would_give_back(self):
        """The counts of the other meal groups are put beside their shares again: all students less these."""
        release = Release.objects.create(
            summary="Meals.", base=1, prepared_by=releases.of_role("publisher"), prepared_at=now()
        )
        for group in ("free-meals", "not-meal-eligible"):
            repeat(release, cell(group, 2018))
        report = audit(release)
        assert {line.partition(" (")[0] for line in report.findings} == {f"{CONNECTICUT} 2018"}
        assert {line.rpartition(": ")[2] for line in report.findings} == {"4–4", "48–48"}

    def test_it_does_not_ask_more_for_a_longer_board(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(10):  # four of ours and one for their names, five beside the state's shares
            audit()


def repeat(release: Release, one: PublishedCell) -> None:
    said = {name: getattr(one, name) for name in ("indicator", "place", "group", "period", "source", "value", "status")}
    release.coming.create(
        **said, numerator=one.observation.numerator, denominator=one.observation.denominator,
        observation=one.observation, replaces=one, reason="Because.",
    )  # fmt: skip


def test_a_table_that_cannot_be_judged_loses_all_its_counts(monkeypatch):
    """Whatever goes wrong, the shares stay and no count is told."""

    def gives_up(*_args, **_more):
        raise ArithmeticError

    monkeypatch.setattr(printed, "_left_out", gives_up)
    repeated = printed.Repeated()
    hartford = Observation.objects.current().filter(place__code=HARTFORD, period=2018, indicator__slug="graduation-4yr")
    with_counts = hartford.filter(numerator__isnull=False)
    assert {repeated.decision(one) for one in with_counts} == {Decision.WITHOUT_COUNTS}
