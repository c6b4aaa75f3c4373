"""The checklist of a release: what its own figures say about it."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics import publishing
from metrics.intake import actions
from metrics.intake.by_hand import enter
from metrics.models import Batch, ComingCell, Indicator, Observation, PublishedCell, Release, Source
from metrics.publishing import PublishingError, checklist
from tests import releases

pytestmark = pytest.mark.django_db

HEAD = "indicator,place,group,period,value,numerator,denominator,status,source,note\n"


def clerk() -> User:
    return User.objects.get_or_create(username="entered-by")[0]


def correct(value: str = "78.7", **more: str) -> Observation:
    cells = {
        "indicator": "graduation-4yr", "place": "0640011", "group": "all-students", "period": "2024",
        "value": value, "status": "final", "source": "edsight-graduation-4yr", **more,
    }  # fmt: skip
    return enter(cells=cells, by=clerk(), reason="The state revised the class of 2024.")


def draft(**more: str) -> Release:
    more.setdefault("summary_es", "Una corrección.")
    return publishing.prepare(by=releases.of_role("data entry", "preparer"), summary="A correction.", **more)


def said(release: Release) -> list[tuple[str, str]]:
    return [(finding.level.value, finding.sentence) for finding in checklist.findings(release)]


def test_a_correction_with_its_reason_has_nothing_in_its_way():
    correct()
    assert said(draft()) == []


class TestErrors:
    def refused(self, release: Release, sentence: str) -> None:
        assert ("error", sentence) in said(release)
        with pytest.raises(PublishingError, match="Something has to be settled first"):
            publishing.submit(release=release, by=release.prepared_by)
        release.refresh_from_db()
        assert release.state == "draft"

    def test_a_file_that_waits_with_refused_lines(self):
        correct()
        bad = HEAD + "graduation-4yr,0640011,nobody-knows,2025,80.1,331,413,final,edsight-graduation-4yr,\n"
        good = "graduation-4yr,0640011,black,2025,80.1,331,413,final,edsight-graduation-4yr,\n"
        batch = actions.receive(name="half.csv", data=(bad + good).encode(), by=clerk()).batch
        sentence = "1 file waits with lines that were refused; accept it without them or put it away."
        release = draft()
        self.refused(release, sentence)
        actions.discard(batch=batch, by=clerk())
        assert publishing.submit(release=release, by=release.prepared_by).state == "in_review"
        assert Batch.objects.get(pk=batch.pk).state == "discarded"

    def test_a_public_figure_that_would_change_without_a_reason(self):
        """Three decimals fewer in a definition change what is printed, and nobody was asked why."""
        Indicator.objects.filter(slug="attendance").update(decimals=1)
        release = draft()
        changed = release.coming.filter(indicator="attendance").count()
        assert changed > 50
        self.refused(
            release, f"{changed} public figures would change without a reason; give the reason of the release."
        )
        publishing.describe(
            release=release, by=release.prepared_by, summary="One decimal.", reason="The state prints one decimal now."
        )
        assert publishing.submit(release=release, by=release.prepared_by).state == "in_review"
        assert set(release.coming.values_list("reason", flat=True)) == {"The state prints one decimal now."}

    def test_a_percentage_that_contradicts_its_counts(self):
        correct()
        release = draft()
        ComingCell.objects.filter(release=release).update(numerator=700, denominator=1000)
        self.refused(release, "1 figure contradicts the counts beside it; correct it, or the counts.")

    def test_one_unit_of_the_last_printed_place_is_no_contradiction(self):
        correct()
        release = draft()
        ComingCell.objects.filter(release=release).update(numerator=788, denominator=1000)  # 78.8 beside 78.7
        assert said(release) == []

    def test_a_figure_that_was_corrected_after_it_was_gathered(self):
        correct()
        release = draft()
        correct("78.8")
        self.refused(
            release,
            "1 figure of this release was corrected since it was gathered; gather the figures again.",
        )

    def test_a_public_board_that_is_another_by_now(self):
        correct()
        release = draft()
        Release.objects.filter(pk=release.pk).update(base=0)
        release.refresh_from_db()
        self.refused(release, "The public board has changed since; gather the figures again.")


class TestWarnings:
    def test_a_large_change_is_named_with_both_figures(self):
        correct("85.7")  # 78.6 is public: 7.1 points
        (finding,) = checklist.findings(draft())
        assert finding.level == "warning"
        assert finding.about == ("graduation-4yr 0640011 all-students 2024: 78.6000 → 85.7000",)

    def test_five_points_are_not_large(self):
        correct("83.6")
        assert said(draft()) == []

    def test_a_figure_that_would_not_be_shown_any_more(self):
        correct("", status="suppressed")
        assert [finding.about for finding in checklist.findings(draft())] == [
            (
                # Connecticut less the rest of it would give Hartford's figure back.
                "graduation-4yr 00000CT-0640011 all-students 2024: 89.4000 → –",
                "graduation-4yr 0640011 all-students 2024: 78.6000 → –",
            )
        ]

    def test_the_sentence_is_missing_in_spanish(self):
        correct()
        assert said(draft(summary_es="")) == [("warning", "The sentence in the list of updates is missing in Spanish.")]

    def test_figures_that_came_too_late_are_counted(self):
        correct()
        release = draft()
        correct("80.1", group="black", period="2025", numerator="331", denominator="413")
        assert said(release) == [
            ("warning", "1 figure was recorded since these were gathered; it is not part of this release.")
        ]

    def test_a_yearly_figure_that_is_overdue(self):
        """The newest graduation rate is of the class of 2025; that of 2030 cannot be overdue, that of 2026 can."""
        correct()
        Indicator.objects.filter(slug="graduation-4yr").update(lag_months=0)
        (finding,) = checklist.findings(draft())
        assert finding.sentence.startswith("The next figure of 1 indicator was to be expected by now")
        assert finding.about == ("Four-year high school graduation rate: 2026-06-30",)

    def test_a_source_that_nobody_looked_at_for_a_year_and_its_lag(self):
        correct()
        Indicator.objects.filter(slug="graduation-4yr").update(lag_months=60)
        Source.objects.filter(slug="edsight-graduation-4yr").update(accessed=date(2020, 1, 1))
        (finding,) = checklist.findings(draft())
        assert finding.sentence.startswith("1 source was last looked at longer ago")

    def test_without_a_known_lag_nothing_is_expected(self):
        correct()
        Indicator.objects.update(lag_months=None)
        Source.objects.update(accessed=date(2001, 1, 1))
        assert said(draft()) == []


def test_the_number_of_queries_does_not_grow_with_what_changes():
    def queries(release: Release) -> int:
        with CaptureQueriesContext(connection) as asked:
            checklist.findings(release)
        return len(asked)

    correct()
    release = draft()
    one = queries(release)
    figures = Observation.objects.current().filter(published__value=Decimal("78.6"))
    assert figures.exists()
    more = [
        ComingCell(
            release=release, observation=cell.observation, replaces=cell, indicator=cell.indicator, place=cell.place,
            group=cell.group, period=cell.period, source=cell.source, value=cell.value, status=cell.status, reason="x",
        )
        for cell in PublishedCell.objects.filter(value__isnull=False).exclude(period=2024)[:300]
    ]  # fmt: skip
    ComingCell.objects.bulk_create(more)
    assert queries(release) == one
