"""Figures of ours that are no program's: a source under the board's own rule, beside what a state prints."""

import pytest
from django.contrib.auth.models import User

from metrics.calc.disclosure import Contradiction, Decision, Entry
from metrics.intake.by_hand import enter
from metrics.models import Place, PublishedCell, Source
from metrics.publishing.audit import audit
from metrics.publishing.judging import audited, judged
from metrics.publishing.told import WITHHELD
from tests import releases

pytestmark = pytest.mark.django_db

HARTFORD, INDICATOR = "0640011", "completion-6yr-nsc"


@pytest.fixture
def clerk() -> User:
    return releases.of_role("data entry", "clerk")


@pytest.fixture
def ours() -> Source:
    return Source.objects.create(slug="zz-ours", publisher="ZZ", title="ZZ", own_rule=True)


@pytest.fixture
def schools(db: None) -> None:
    hartford = Place.objects.get(code=HARTFORD)
    for name in ("north", "south", "west"):
        Place.objects.create(code=name, name=f"ZZ-{name}", kind=Place.Kind.SCHOOL, district=hartford)


def say(by: User, place: str, part: int, whole: int, source: str) -> None:
    cells = {
        "indicator": INDICATOR, "place": place, "group": "all-students", "period": "2010", "status": "final",
        "value": str(round(100 * part / whole)), "numerator": str(part), "denominator": str(whole), "source": source,
    }  # fmt: skip
    enter(cells=cells, by=by)


def shown(place: str) -> PublishedCell:
    return PublishedCell.objects.get(
        indicator=INDICATOR, place=place, group="all-students", period=2010, last_release=None
    )


def test_schools_of_ours_are_held_against_the_district_that_a_state_prints(clerk, ours, schools):
    """4 of 60 at West are few. 170 of 340 less 90 of 150 less 76 of 130 are they: another school goes as well."""
    say(clerk, HARTFORD, 170, 340, "all-in-results-page")
    for place, part, whole in (("north", 90, 150), ("south", 76, 130), ("west", 4, 60)):
        say(clerk, place, part, whole, "zz-ours")
    releases.published("Schools.")
    assert shown(HARTFORD).numerator == 170
    assert (shown("west").value, shown("west").note) == (None, WITHHELD)
    assert {shown("north").value is None, shown("south").value is None} == {True, False}
    assert [line for line in audit().public if "2010" in line] == []


def test_without_anybody_few_all_of_them_are_shown(clerk, ours, schools):
    say(clerk, HARTFORD, 170, 340, "all-in-results-page")
    for place, part, whole in (("north", 90, 150), ("south", 66, 130), ("west", 14, 60)):
        say(clerk, place, part, whole, "zz-ours")
    releases.published("Schools.")
    assert [shown(place).numerator for place in ("north", "south", "west")] == [90, 66, 14]


def test_the_auditor_finds_a_school_that_the_state_s_total_gives_away(clerk, ours, schools):
    """A school is shown that should not be: the release cannot go on, and nobody learns which number it is."""
    say(clerk, HARTFORD, 170, 340, "all-in-results-page")
    for place, part, whole in (("north", 90, 150), ("south", 76, 130), ("west", 4, 60)):
        say(clerk, place, part, whole, "zz-ours")
    release = releases.drafted("Schools.")
    hidden = release.coming.exclude(place="west").filter(place__in=("north", "south"), value=None).get()
    counts = hidden.observation
    hidden.value, hidden.numerator, hidden.denominator = counts.value, counts.numerator, counts.denominator
    hidden.status, hidden.note = counts.status, ""
    hidden.save()
    assert {line.rpartition(": ")[2] for line in audit(release).findings} == {"4–4", "56–56"}


class TestIndicatorsOutOfTheSameStudents:
    FALL = (Entry(11, None, "everybody", 90, 150), Entry(11, "ab", "a", 3, 45), Entry(11, "ab", "b", 87, 105))

    def test_they_are_one_table(self):
        year = (Entry(12, None, "everybody", 99, 150), Entry(12, "ab", "a", 20, 45), Entry(12, "ab", "b", 79, 105))
        found = judged((*self.FALL, *year), [])
        assert audited([list(zip((*self.FALL, *year), found, strict=True))])[1] == []

    def test_where_they_do_not_agree_each_is_a_table_of_its_own(self):
        """148 students the second time: two left meanwhile. Neither is withheld for being out of step."""
        other = (Entry(12, None, "everybody", 99, 148), Entry(12, "ab", "a", 20, 44), Entry(12, "ab", "b", 79, 104))
        found = judged((*self.FALL, *other), [])
        assert found[:3] == judged(self.FALL, [])
        assert found[3:] == judged(other, []) == [Decision.WHOLE] * 3
        looked_at, told = audited([list(zip((*self.FALL, *other), found, strict=True))])
        assert (looked_at > 0, told) == (True, [])

    def test_a_sheet_of_a_program_that_does_not_agree_with_itself_is_not_taken_apart(self):
        with pytest.raises(Contradiction):
            judged((Entry(1, None, "everybody", 90, 150), Entry(2, None, "everybody", 60, 148)), [])
