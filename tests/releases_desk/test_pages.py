"""What the pages of a release say: where it stands, what would change, what is in the way, who did what."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics import publishing
from metrics.intake import actions
from metrics.intake.by_hand import enter
from metrics.models import Indicator, Observation, Release
from tests.publishing.test_release_life import correct, person, release_in
from tests.releases_desk.test_who_may import DESK, browser, sent

pytestmark = pytest.mark.django_db

HEAD = "indicator,place,group,period,value,numerator,denominator,status,source,note\n"


def text(name: str, address: str = DESK) -> str:
    """What somebody reads at an address, without the marks of the page."""
    page = browser(name).get(address, follow=True).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def written(name: str, address: str = DESK) -> str:
    return " ".join(browser(name).get(address).content.decode().split())


class TestWhereItStands:
    def test_the_five_steps_say_who_and_when_and_which_one_it_is(self):
        release_in("approved")
        page = written("publisher")
        places = re.findall(r'<li class="([\w-]+)"[^>]*><b>(\w[\w ]*)</b>', page)
        assert places == [
            ("done", "Draft"),
            ("done", "In review"),
            ("now", "Approved"),
            ("later", "Scheduled"),
            ("later", "Public"),
        ]
        assert page.count('aria-current="step"') == 1
        assert "<span>preparer</span>" in page

    def test_a_release_that_is_public_without_a_minute_left_that_step_out(self):
        release = release_in("published")
        page = written("publisher", f"/staff/metrics/release/{release.pk}/change/")
        assert '<li class="left-out"><b>Scheduled</b>' in page

    def test_a_scheduled_one_names_the_minute_with_its_day_and_its_zone(self):
        publishing.schedule(
            release=release_in("approved"), by=person("publisher"), at=datetime(2027, 3, 3, 11, 0, tzinfo=UTC)
        )
        assert "It becomes public by itself on Wednesday, March 3, 2027, 6:00 a.m. EST." in text("clerk")
        assert "A release is scheduled for Wednesday, March 3, 2027, 6:00 a.m. EST" in text("clerk", "/staff/")

    def test_where_a_person_may_not_go_on_it_says_who_can(self):
        release = release_in("in_review")
        assert "A publisher who had no hand in it has to approve it." in text("clerk")
        Release.objects.filter(pk=release.pk).update(prepared_by=person("publisher"))
        assert "A colleague has to approve it: you prepared it." in text("publisher")
        Release.objects.filter(pk=release.pk).update(prepared_by=person("clerk"), submitted_by=person("publisher"))
        assert "A colleague has to approve it: you handed it in." in text("publisher")
        Release.objects.filter(pk=release.pk).update(submitted_by=person("clerk"))
        Observation.objects.filter(pk__in=release.coming.values("observation")).update(recorded_by=person("publisher"))
        assert "A colleague has to approve it: figures of it came in through you." in text("publisher")

    def test_an_office_of_one_person_is_told_what_the_release_will_say(self, settings):
        settings.ONE_PERSON_OFFICE = True
        release = release_in("in_review")
        Release.objects.filter(pk=release.pk).update(prepared_by=person("publisher"))
        assert "The release will say that one person prepared and approved it." in text("publisher")
        publishing.approve(release=release, by=person("publisher"))
        release = publishing.publish(release=release, by=person("publisher"))
        page = text("publisher", f"/staff/metrics/release/{release.pk}/change/")
        assert "One person prepared and approved it, and the release says so." in page

    def test_the_committee_looks_at_it_from_its_review_on_and_reads_neither_checklist_nor_comments(self):
        release = release_in("draft")
        assert "You can look at it once it is handed in for review." in text("committee")
        assert "78.7" not in text("committee")
        publishing.submit(release=release, by=person("preparer"))
        publishing.amend(release=release, by=person("clerk"), comment="ZZ-COLLEAGUES")
        publishing.submit(release=release, by=person("preparer"))
        page = text("committee")
        assert "78.7" in page
        assert "Checklist" not in page
        assert "ZZ-COLLEAGUES" not in page
        assert "See the whole board as it would be" in page
        assert "The next release can be looked at before it is public" in text("committee", "/staff/")

    def test_the_whole_board_is_shown_from_the_review_on(self):
        release = release_in("draft")
        assert 'href="/preview/"' not in written("publisher")
        publishing.submit(release=release, by=person("preparer"))
        publisher = browser("publisher")
        assert 'href="/preview/"' in publisher.get(DESK).content.decode()
        assert "78.7" in publisher.get("/preview/goals/graduation/").content.decode()


class TestWhatWouldChange:
    def test_a_figure_is_told_old_and_new_with_its_reason_and_the_decimals_of_its_publisher(self):
        correct("80")
        publishing.prepare(by=person("clerk"), summary="Revised.")
        page = written("clerk")
        assert "<del>78.6, 1001/1273</del>" in page
        assert "<ins>80.0</ins>" in page
        assert "The state revised the class of 2024." in page
        assert "class of 2024: <del>78.6%</del> becomes <ins>80.0%</ins>" in page

    def test_a_large_change_is_marked(self):
        correct("90")
        publishing.prepare(by=person("clerk"), summary="Revised.")
        assert "large change" in text("clerk")

    def test_a_list_of_more_than_two_hundred_is_turned_page_by_page_and_nothing_is_left_out(self):
        Indicator.objects.filter(slug="graduation-4yr").update(decimals=0)
        release = publishing.prepare(by=person("clerk"), summary="No decimals.", reason="No decimals.")
        count = release.coming.count()
        assert count > 200
        clerk, years = browser("clerk"), 0
        for number in range(1, -(-count // 200) + 1):
            page = clerk.get(f"{DESK}?page={number}").content.decode()
            years += page.count('data-head="Year"')
        assert years == count
        assert f"of {count}" in page

    def test_it_is_narrowed_by_kind_and_by_indicator(self):
        Indicator.objects.filter(slug="graduation-4yr").update(decimals=0)
        enter(
            cells={
                "indicator": "attendance", "place": "0640011", "group": "all-students", "period": "2015",
                "value": "90.1", "status": "final", "source": "edsight-graduation-4yr",
            },
            by=person("clerk"),
        )  # fmt: skip
        publishing.prepare(by=person("clerk"), summary="No decimals.", reason="No decimals.")
        clerk = browser("clerk")
        only = clerk.get(f"{DESK}?indicator=attendance").content.decode()
        assert only.count('data-head="Year"') == 1
        assert '<option value="attendance" selected>' in only
        assert "None of this kind." in clerk.get(f"{DESK}?indicator=attendance&kind=gone").content.decode()
        many = clerk.get(f"{DESK}?indicator=graduation-4yr&kind=replaced").content.decode()
        assert "?indicator=graduation-4yr&amp;kind=replaced&amp;page=2#figures" in many

    @pytest.mark.parametrize(
        "odd", ["?page=0", "?page=x", "?page=9999", "?kind=x&indicator=y", "?indicator=%00", "?page="]
    )
    def test_what_an_address_cannot_ask_is_answered_calmly(self, odd):
        release_in("draft")
        assert "78.7" in text("clerk", DESK + odd)

    def test_a_figure_that_would_be_gone_is_listed_as_that(self):
        correct()
        indicator = Indicator.objects.get(slug="attendance")
        indicator.slug = "attendance-rate"
        indicator.save()
        publishing.prepare(by=person("clerk"), summary="Another name.", reason="Another name.")
        page = written("clerk", f"{DESK}?kind=gone")
        assert "no longer shown</em>" in page
        assert "attendance-rate" in browser("clerk").get(DESK).content.decode()

    def test_a_release_of_hundreds_takes_as_many_queries_as_one_of_one(self):
        """Both have a finding that names figures, and a figure beside which counts are left out."""
        correct("90")
        correct("77", year=2018)
        release = publishing.prepare(by=person("clerk"), summary="Revised.", reason="Revised.")
        clerk = browser("clerk")
        clerk.get(DESK)
        with CaptureQueriesContext(connection) as one:
            clerk.get(DESK)
        Indicator.objects.filter(slug="graduation-4yr").update(decimals=0)
        publishing.regather(release=release, by=person("clerk"))
        assert release.coming.count() > 200
        with CaptureQueriesContext(connection) as hundreds:
            clerk.get(DESK)
        assert len(hundreds) == len(one)


class TestChecklist:
    def test_nothing_in_the_way_is_said(self):
        correct()
        publishing.prepare(by=person("clerk"), summary="Revised.", summary_es="Revisada.")
        page = text("clerk")
        assert "Nothing stands in the way." in page
        assert "Hand it in for review" in page

    def test_an_error_comes_first_says_what_to_do_leads_there_and_keeps_the_button_back(self):
        correct()
        bad = HEAD + "graduation-4yr,0640011,nobody-knows,2025,80.1,331,413,final,edsight-graduation-4yr,\n"
        actions.receive(name="half.csv", data=bad.encode(), by=person("clerk"))
        publishing.prepare(by=person("clerk"), summary="Revised.")
        page = written("clerk")
        error = page.index("1 file waits with lines that were refused")
        assert error < page.index("The sentence in the list of updates is missing in Spanish.")
        assert '<a href="/staff/metrics/batch/?state__exact=waiting">Look at the files that wait</a>' in page
        assert "half.csv" in page
        assert f'action="{DESK}submit/"' not in page
        assert "Something has to be settled before it can go on:" in page

    def test_figures_are_named_as_people_know_them(self):
        correct("90")
        publishing.prepare(by=person("clerk"), summary="Revised.")
        named = "Four-year high school graduation rate, Hartford School District, All Students, 2024: 78.6"
        assert named in text("clerk")

    def test_a_draft_behind_what_was_recorded_says_so_and_takes_it_in_with_one_press(self):
        release = release_in("draft")
        correct("79.9")
        assert "Figures were recorded after that; they are not in this draft." in text("clerk")
        browser("clerk").post(f"{DESK}regather/", sent("regather", release))
        page = text("clerk")
        assert "not in this draft" not in page
        assert "79.9" in page

    def test_one_that_changes_nothing_cannot_be_handed_in(self):
        publishing.prepare(by=person("clerk"), summary="Nothing.")
        page = text("clerk")
        assert "Nothing: what stands is what is public already." in page
        assert "Hand it in for review" not in page


class TestTheMinute:
    def set(self, day: str, time: str) -> str:
        release = release_in("approved")
        answer = browser("publisher").post(
            f"{DESK}schedule/", {**sent("schedule", release), "day": day, "time": time}, follow=True
        )
        return html.unescape(answer.content.decode())

    def test_it_is_a_minute_in_hartford(self):
        page = self.set("2027-07-06", "06:00")
        assert "It becomes public on Tuesday, July 6, 2027, 6:00 a.m. EDT." in page
        assert Release.objects.get(state="scheduled").publish_at == datetime(2027, 7, 6, 10, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("day", "time", "sentence"),
        [
            ("2027-03-14", "02:30", "this time does not exist, or comes twice"),  # clocks go forward at two
            ("2027-11-07", "01:30", "this time does not exist, or comes twice"),  # clocks go back at two
            ("2020-01-01", "06:00", "This minute has passed; choose a later one."),
            ("2072-01-01", "06:00", "This is more than a year away; look at the year again."),
            ("9999-12-31", "23:59", "This is more than a year away; look at the year again."),
            ("0001-01-01", "00:00", "This minute has passed; choose a later one."),
            ("tomorrow", "06:00", "Enter a valid date."),
            ("2027-03-01", "six", "Enter a valid time."),
            ("", "", "This field is required."),
        ],
    )
    def test_what_is_no_minute_to_come_is_refused_with_a_sentence_and_what_was_typed_stays(self, day, time, sentence):
        page = self.set(day, time)
        assert sentence in page
        assert f'value="{day}"' in page or not day
        assert not Release.objects.filter(state="scheduled").exists()

    def test_another_minute_starts_from_the_one_that_is_set(self):
        publishing.schedule(
            release=release_in("approved"), by=person("publisher"), at=datetime(2027, 3, 3, 11, 0, tzinfo=UTC)
        )
        page = written("publisher", f"{DESK}schedule/")
        assert 'value="2027-03-03"' in page
        assert 'value="06:00"' in page


class TestTheFirstPage:
    @pytest.mark.parametrize(
        ("state", "name", "sentence"),
        [
            ("draft", "clerk", "The next release is a draft: look at it and hand it in for review"),
            ("in_review", "publisher", "A release waits for your approval"),
            ("approved", "publisher", "A release is approved and waits to be published"),
        ],
    )
    def test_says_what_the_release_asks_of_this_person(self, state, name, sentence):
        release_in(state)
        assert sentence in text(name, "/staff/")

    def test_asks_nobody_for_what_is_not_theirs(self):
        release_in("in_review")
        assert "waits for your approval" not in text("clerk", "/staff/")

    def test_says_that_a_release_was_not_published_at_its_minute_and_why(self):
        release = publishing.schedule(
            release=release_in("approved"), by=person("publisher"), at=datetime(2027, 3, 3, 11, 0, tzinfo=UTC)
        )
        Release.objects.filter(pk=release.pk).update(base=7)
        publishing.publish_due(now=datetime(2027, 3, 3, 11, 0, tzinfo=UTC))
        said = "A release was not published at its time: The public board has changed since"
        assert said in text("publisher", "/staff/")
        assert "Came up since it was approved" in text("publisher")

    def test_counts_what_was_recorded_only_while_no_release_is_on_its_way(self):
        correct()
        assert "1 figure was recorded since the last release" in text("clerk", "/staff/")
        publishing.prepare(by=person("clerk"), summary="Revised.")
        assert "recorded since the last release" not in text("clerk", "/staff/")


class TestThePageOfARelease:
    def test_says_what_it_said_who_took_it_where_and_leads_to_the_public(self):
        release = release_in("published")
        page = written("publisher", f"/staff/metrics/release/{release.pk}/change/")
        assert "A correction." in page
        assert release.content_sha256 in page
        assert 'href="/releases/2/"' in page
        assert 'href="/releases/2/changes/"' in page
        did = re.findall(r'data-head="What">([^<]+)<', page)
        assert did == ["prepared it", "handed it in for review", "approved it", "published it"]

    def test_the_committee_reads_what_is_public_and_not_who_did_what(self):
        release = release_in("published")
        page = text("committee", f"/staff/metrics/release/{release.pk}/change/")
        assert "A correction." in page
        assert "handed it in for review" not in page

    def test_correcting_it_prepares_one_that_says_so(self):
        release = release_in("published")
        clerk = browser("clerk")
        page = clerk.get(f"/staff/metrics/release/{release.pk}/change/").content.decode()
        assert 'href="/staff/metrics/release/next/?corrects=2"' in page
        form = clerk.get(f"{DESK}?corrects=2").content.decode()
        assert f'<option value="{release.pk}" selected>' in form
        correct("79.9")
        clerk.post(f"{DESK}prepare/", {"summary": "Put right.", "amends": str(release.pk)})
        assert Release.objects.open().get().amends == release

    def test_one_that_was_taken_back_says_why_and_has_no_way_to_the_public(self):
        release = release_in("withdrawn")
        page = written("publisher", f"/staff/metrics/release/{release.pk}/change/")
        assert "It was a mistake." in page
        assert 'href="/releases/2/"' not in page
        assert "Put right by" in page

    def test_one_that_never_was_public_is_called_that(self):
        release = publishing.withdraw(release=release_in("draft"), by=person("publisher"), reason="Not now.")
        assert "Withdrawn before it was public" in text("publisher", f"/staff/metrics/release/{release.pk}/change/")
        assert "Withdrawn before it was public" in text("publisher", "/staff/metrics/release/")

    def test_one_on_its_way_is_looked_at_at_the_desk(self):
        release = release_in("in_review")
        answer = browser("clerk").get(f"/staff/metrics/release/{release.pk}/change/")
        assert (answer.status_code, answer["Location"]) == (302, DESK)

    @pytest.mark.parametrize("odd", ["abc", "1.5", "-1", "9" * 40, "💥"])
    def test_one_that_is_not_there_is_no_page(self, odd):
        assert browser("clerk").get(f"/staff/metrics/release/{odd}/change/").status_code == 404


class TestTheListOfActs:
    def test_says_who_did_what_newest_first(self):
        release_in("published")
        page = written("clerk", "/staff/metrics/releaseact/")
        did = re.findall(r'class="field-what">([^<]+)<', page)
        assert did[:4] == ["published it", "approved it", "handed it in for review", "prepared it"]

    def test_goes_out_as_a_table(self):
        release_in("published")
        clerk, address = browser("clerk"), "/staff/metrics/releaseact/export/"
        boxes = re.findall(r'type="checkbox" name="([a-z_]+)"', clerk.get(address).content.decode())
        done = clerk.post(address, {"format": "0", "resource": "0", **dict.fromkeys(boxes, "on")}).content.decode()
        lines = done.splitlines()
        assert lines[0] == "release,verb,before,after,who,at,comment"
        assert "2,publish,approved,published,publisher," in done

    def test_is_written_by_nobody(self):
        release = release_in("published")
        admin = browser("publisher")
        act = release.acts.first()
        assert admin.post(f"/staff/metrics/releaseact/{act.pk}/change/", {"comment": "x"}).status_code == 403
        assert admin.post(f"/staff/metrics/releaseact/{act.pk}/delete/", {"post": "yes"}).status_code == 403


def test_what_is_typed_is_text_and_no_mark_of_the_page():
    enter(
        cells={
            "indicator": "graduation-4yr", "place": "0640011", "group": "all-students", "period": "2024",
            "value": "78.7", "status": "final", "source": "edsight-graduation-4yr",
        },
        by=person("clerk"),
        reason="<script>alert(1)</script>",
    )  # fmt: skip
    publishing.prepare(by=person("clerk"), summary="<img src=x>", reason="<b>")
    page = written("clerk")
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
