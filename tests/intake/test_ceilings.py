"""More cannot stay than have come: a share above the one that it is a part of is refused."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from metrics.intake.actions import IntakeError, accept, receive
from metrics.intake.by_hand import enter
from metrics.models import Indicator

pytestmark = pytest.mark.django_db

HEADER = "indicator,place,group,period,value,numerator,denominator,status,source,note"
#: Of the class of 2016 cohort stand: 79 graduated, 50 enrolled, 32 stayed.
GRADUATED, ENROLLED, STAYED = "graduation-6yr-cohort-hps", "enrollment-cohort-hps", "persistence-cohort-hps"


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk")


def line(indicator: str, value: str, period: str = "2016") -> str:
    return f"{indicator},0640011,all-students,{period},{value},,,,ey-parthenon-2019,"


def send(by: User, *lines: str):
    return receive(name="figures.csv", data="\n".join([HEADER, *lines]).encode(), by=by).batch


def refusals(batch) -> list[str]:
    return [problem.sentence for problem in batch.problems.all()]


def test_a_share_above_the_one_that_stands_is_refused_and_told_which_one(clerk):
    batch = send(clerk, line(STAYED, "52"))
    assert refusals(batch) == [
        "Line 2: 52 is above the share that it is a part of: 50 for “College enrollment, class of 2016 cohort”."
    ]
    assert batch.rows.count() == 0


def test_nor_can_the_whole_fall_below_its_part(clerk):
    batch = send(clerk, line(ENROLLED, "30"))
    assert refusals(batch) == [
        "Line 2: 30 is below a share that is a part of it: 32 for “College persistence, class of 2016 cohort”."
    ]


def test_where_both_are_of_the_file_none_of_them_can_be_believed(clerk):
    batch = send(clerk, line(ENROLLED, "40", "2017"), line(STAYED, "41", "2017"), line(GRADUATED, "80", "2017"))
    assert [sentence[:6] for sentence in refusals(batch)] == ["Line 2", "Line 3"]
    assert list(batch.rows.values_list("line", flat=True)) == [4]


def test_a_file_that_corrects_both_is_held_against_itself_and_not_against_what_stood(clerk):
    batch = send(clerk, line(ENROLLED, "60"), line(STAYED, "55"))
    assert refusals(batch) == []
    assert accept(batch=batch, by=clerk, reason="Counted anew.", checked=None) == 2


def test_as_many_may_stay_as_have_come(clerk):
    assert refusals(send(clerk, line(STAYED, "50"))) == []


def test_another_year_or_group_is_no_ceiling(clerk):
    assert refusals(send(clerk, line(STAYED, "52", "2018"))) == []


def test_a_figure_without_a_value_is_no_ceiling_and_breaks_none(clerk):
    hidden = f"{ENROLLED},0640011,all-students,2017,,,,suppressed,ey-parthenon-2019,"
    assert refusals(send(clerk, hidden, line(STAYED, "52", "2017"))) == []


def test_by_hand_the_same_holds(clerk):
    cells = {
        "indicator": STAYED, "place": "0640011", "group": "all-students", "period": "2016", "value": "52",
        "source": "ey-parthenon-2019",
    }  # fmt: skip
    with pytest.raises(IntakeError, match="52 is above the share that it is a part of: 50"):
        enter(cells=cells, by=clerk, reason="By phone.")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        ("spending-per-pupil", "graduation-4yr", "Only a share can be part of another share."),
        ("completion-6yr-nsc", "graduation-4yr", "The years of the two mean different things."),
        ("graduation-6yr-cohort-hps", "persistence-cohort-hps", "An indicator cannot be part of itself."),
    ],
)
def test_what_cannot_be_a_part_is_not_taken_as_one(part, whole, said):
    indicator = Indicator.objects.get(slug=part)
    indicator.part_of = Indicator.objects.get(slug=whole)
    with pytest.raises(ValidationError, match=said):
        indicator.full_clean()


def test_a_large_file_asks_once_for_what_stands(clerk, django_assert_max_num_queries):
    lines = [line(STAYED, "20", str(year)) for year in range(1995, 2015)]
    with django_assert_max_num_queries(60):  # by the chunk and not by the line
        send(clerk, *lines)
