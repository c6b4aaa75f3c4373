"""A withheld figure tells nothing: whatever it is, every byte that the public can fetch is the same.

Two boards that differ in hidden numbers alone are brought in, accepted and published by the real doors, one after the
other; then every page that a link leads to is fetched from both. Axes, bars, order of groups, gaps, counts of groups
and sums are all in those bytes, so none of them can be a function of anything but what is shown.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.actions.uploads import accept_upload, send_figures
from coalition.editions import publish as publish_edition
from coalition.models import Organization, Program, RolePeriod
from metrics.calc.cells import Status
from metrics.intake.by_hand import enter
from metrics.models import Observation, PublishedCell, Release, Source
from metrics.models.definitions import HARTFORD
from metrics.publishing import NothingToPublish
from tests import releases

pytestmark = pytest.mark.django_db

#: The school year that ends in it is over, and due.
YEAR = timezone.localdate().year - 1
#: Addresses that are no page of the public: sign-in, forms that say when they were made, what never changes.
ELSEWHERE = ("/staff/", "/members/", "/static/", "/join/", "/es/join/", "/coalition/logos/")
MOUNT = re.compile(r"^/releases/\d+(?=/)")
LINK = re.compile(r'(?:href|data-figure-src)="(/[^"#]*)')

#: When a release of one world or the other was published.
MOMENT = re.compile(rb"20\d\d-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:?\d\d)")
#: Where every figure is listed: that a shown one changes there, too, is no news.
LISTS = re.compile(r"^(?:/es)?/(?:changes|data|figures|history|releases|updates)[/.]")

#: The figure that the goal of enrollment is measured by.
INDICATOR = "enrolled-year1-nsc"

#: Pages that stand on other sites: no page of the board leads to them.
FRAMES = ("/embed/enrollment/", "/es/embed/enrollment/", f"/indicators/{INDICATOR}/figure.json")

Pages = dict[str, bytes]


def everything() -> Pages:
    """Every page and chart that can be reached from the ways in, by its address; the newest release's own board too."""
    client, found = Client(), Pages()
    newest = Release.objects.published().first()
    waiting = ["/", "/es/coalition/", "/es/privacy/", *FRAMES, f"/releases/{newest.number}/" if newest else "/"]
    while waiting:
        path = waiting.pop()
        if path in found or MOUNT.sub("", path).startswith(ELSEWHERE) or is_one_of_many(path):
            continue
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        found[path] = MOMENT.sub(b"", unpacked(answer.getvalue()))
        if answer.headers["Content-Type"].startswith("text/html"):
            waiting += LINK.findall(found[path].decode())
    return found


def unpacked(answer: bytes) -> bytes:
    """What is in a zip or a workbook; anything else as it is."""
    if not answer.startswith(b"PK"):
        return answer
    with zipfile.ZipFile(io.BytesIO(answer)) as archive:
        return b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())


def is_one_of_many(path: str) -> bool:
    """The page of a figure or an indicator that is none of those in question; a list asked in another manner."""
    of_another = re.search(r"/(?:figures|indicators)/.", path) and INDICATOR not in path
    return bool(of_another) or "?" in path or path.startswith("/releases/1/")


@contextmanager
def world() -> Iterator[None]:
    """Whatever happens in it has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def differing(one: Pages, other: Pages) -> list[str]:
    assert one.keys() == other.keys()
    return [path for path, content in one.items() if content != other[path]]


def pages(changed: list[str]) -> set[str]:
    """The pages among these addresses, wherever they are mounted."""
    return {page for path in changed if not LISTS.match(page := MOUNT.sub("", path))}


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("clerk-of-hidden-numbers", is_staff=True)


@pytest.fixture
def own(staff: User) -> Callable[..., Observation]:
    """Enters a figure of ours by hand: enrollment of a group in Hartford, `part` of `whole` students, or a star."""
    Source.objects.create(slug="invented-report", publisher="Invented", title="Report", own_rule=True)

    def entered(group: str, period: int, part: int | None, whole: int, reason: str = "") -> Observation:
        figure = {"status": "suppressed"}
        if part is not None:
            share = str(round(100 * part / whole, 2))
            figure = {"value": share, "numerator": str(part), "denominator": str(whole), "status": "final"}
        key = {"indicator": INDICATOR, "place": HARTFORD, "group": group, "period": str(period)}
        return enter(cells={**key, **figure, "source": "invented-report"}, by=staff, reason=reason)

    return entered


def bring_in(own: Callable[..., Observation], hidden: int | None, *, shown: int = 54) -> None:
    """Enrollment by group: three large groups, one of 16 students in two years, and a class of 16 in all.

    Were they shown, `hidden` of 16 (none to all) would be the lowest or the highest figure of every axis, and the
    largest gap, and the year of 2020 the latest one.
    """
    own("white", 2018, 80, 100)
    own("black", 2018, shown, 90)
    own("hispanic", 2018, 110, 220)
    own("asian", 2018, hidden, 16)
    own("asian", 2015, None if hidden is None else 16 - hidden, 16)
    own("all-students", 2020, hidden, 16)
    releases.published("Enrollment by group.")
    assert withheld() == {("asian", 2018), ("asian", 2015), ("all-students", 2020)}


def withheld() -> set[tuple[str, int]]:
    """Group and year of what is withheld of our own figures."""
    cells = PublishedCell.objects.filter(source="invented-report", last_release=None)
    assert not [cell for cell in cells if (cell.status == Status.SUPPRESSED) != (cell.value is None)]
    return {(cell.group, cell.period) for cell in cells if cell.value is None}


def enrollment(own: Callable[..., Observation], hidden: int | None, *, shown: int = 54) -> Pages:
    with world():
        bring_in(own, hidden, shown=shown)
        return everything()


class TestFiguresOfAGoal:
    def test_every_page_is_the_same_whatever_the_hidden_numbers_are(self, own):
        boards = [enrollment(own, hidden) for hidden in (1, 9, 16)]
        assert {"/", "/goals/enrollment/", "/goals/enrollment/figure.json", "/es/programs/"} <= boards[0].keys()
        assert b"withheld to protect students" in boards[0]["/goals/enrollment/figure.json"]
        assert [differing(boards[0], board) for board in boards[1:]] == [[], []]

    def test_every_page_is_the_same_whoever_withheld_them(self, own):
        """Our rule, or a star in the file that came in."""
        assert differing(enrollment(own, 3), enrollment(own, None)) == []

    def test_a_shown_number_changes_the_pages_it_is_on_and_no_other(self, own):
        """Or the comparison would find nothing at all."""
        changed = differing(enrollment(own, 3), enrollment(own, 3, shown=36))
        told = {"/", "/goals/enrollment/", "/gaps/", f"/indicators/{INDICATOR}/"}
        assert pages(changed) == told | {f"/es{path}" for path in told}

    def test_a_hidden_number_can_be_corrected_without_a_trace(self, own):
        with world():
            bring_in(own, 3)
            before = everything()
            own("asian", 2018, 12, 16, reason="Counted again.")
            assert differing(before, everything()) == []
            with pytest.raises(NothingToPublish):
                releases.published("Counted again.")

    def test_what_was_shown_and_is_withheld_now_is_not_told_again(self, own):
        with world():
            own("white", 2018, 80, 100)
            own("hispanic", 2018, 110, 220)
            releases.published("Enrollment by group.")
            assert b"50" in row(Client().get("/goals/enrollment/").content)
            own("hispanic", 2018, 4, 220, reason="Counted again.")
            releases.published("Counted again.", reason="Counted again.")
            page = Client().get("/goals/enrollment/").content
            assert b"Withheld to protect students" in row(page)
            assert b"50" not in row(page)
            assert b"<ins>withheld to protect students" in page
            assert b"<del>" not in page
            figure = f"/figures/{INDICATOR}/{HARTFORD}/hispanic/2018/"
            for path in (figure, reverse("history:corrections"), "/changes/"):
                told = Client().get(path, follow=True).content.decode().partition("<main")[2].partition("</main>")[0]
                assert told.count('href="/privacy/"') == 1, path


def row(page: bytes) -> bytes:
    """What stands beside one group."""
    found = re.search(rb'role="rowheader">Hispanic.*?</div>', page, re.DOTALL)
    assert found is not None
    return re.sub(rb"<svg.*?</svg>", b"", found[0], flags=re.DOTALL)


class TestFiguresOfAProgram:
    def pages(self, staff: User, *sheet: str) -> Pages:
        with world():
            program = Program.objects.create(
                pk=987_654,  # it is in addresses and files; PostgreSQL would count on from one world to the next
                organization=Organization.objects.get(slug="hartford-promise"),
                slug="invented-bridge",
                name="Invented Bridge",
                what="Six weeks on campus.",
                since=date(YEAR - 2, 1, 1),
            )
            RolePeriod.objects.create(
                organization=program.organization, role="program_provider", since=date(YEAR - 2, 1, 1)
            )
            data = "\n".join(["group,served,accepted,enrolled,persisted,completed", *sheet]).encode()
            upload = send_figures(program=program, year=YEAR, name="sheet.csv", data=data, by=staff)
            accept_upload(upload=upload, by=staff)
            publish_edition(by=staff, summary="Programs.")
            releases.published("Figures of programs.")
            return everything()

    def test_a_small_group_and_the_one_withheld_beside_it_tell_nothing(self, staff):
        """16 students hide behind 104: whichever they are, and however many of them enrolled."""
        boards = [
            self.pages(staff, "all-students,120,,72,,", f"female,{120 - few},,{72 - part},,", f"male,{few},,{part},,")
            for few, part in ((16, 6), (16, 16), (7, 0), (104, 66))
        ]
        assert "/es/programs/invented-bridge/" in boards[0]
        assert [differing(boards[0], board) for board in boards[1:]] == [[], [], []]

    def test_a_year_that_is_withheld_whole_tells_nothing(self, staff):
        boards = [
            self.pages(staff, *sheet)
            for sheet in (
                ("all-students,18,12,10,8,7", "female,9,6,5,,", "male,9,6,5,,"),
                ("all-students,7,7,7,7,7", "female,1,1,1,,", "male,6,6,6,,"),
                ("all-students,20,*,*,*,*", "female,8,*,*,,", "male,12,*,*,,"),
            )
        ]
        assert [differing(boards[0], board) for board in boards[1:]] == [[], []]

    def test_a_shown_number_changes_its_page(self, staff):
        one = self.pages(staff, "all-students,120,,72,,")
        other = self.pages(staff, "all-students,120,,73,,")
        assert pages(differing(one, other)) == {"/es/programs/invented-bridge/", "/programs/invented-bridge/"}
