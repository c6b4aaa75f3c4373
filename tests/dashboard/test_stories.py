"""Stories: written by staff, seen by nobody before they are published, and never gone without a word."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from coalition.models import ActionTeam
from dashboard import stories
from dashboard.models import Story, StoryChange
from metrics.intake.by_hand import enter
from metrics.models import Goal
from tests import releases
from tests.coalition.desk import desk
from tests.reading import lines

pytestmark = pytest.mark.django_db

PATH = "/updates/stories/invented/"


def written(**more) -> Story:
    by, _created = User.objects.get_or_create(username="writer")
    words = {
        "slug": "invented", "title": "An invented story", "lead": "It stands in tests alone.",
        "text": "One paragraph.\n\nAnother one, see https://www.example.org/page.", **more,
    }  # fmt: skip
    return Story.objects.create(written_by=by, **words)


def published(**more) -> Story:
    story = written(**more)
    stories.publish(story=story, by=story.written_by)
    story.refresh_from_db()
    return story


def said(path: str) -> str:
    return " ".join(lines(Client().get(path).content.decode()))


def picture(size: tuple[int, int] = (1600, 1000), kind: str = "PNG") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "grey").save(file, kind)
    file.name = f"picture.{kind.lower()}"
    file.seek(0)
    return file


class TestBeforeItIsPublished:
    def test_nobody_finds_it_anywhere(self):
        story = written()
        story.goals.add(Goal.objects.get(slug="graduation"))
        assert Client().get(PATH).status_code == 404
        for path in ("/updates/", "/updates/feed.json", "/updates/feed.atom", "/goals/graduation/", "/sitemap.xml"):
            assert b"invented" not in Client().get(path).content, path
        assert "An invented story" not in said("/search/?q=invented")

    def test_its_picture_is_not_to_be_had(self):
        written(picture=b"x", picture_sha256="ab", picture_width=1, picture_height=1)
        assert Client().get(f"{PATH}ab.jpg").status_code == 404


class TestOnceItIsPublished:
    def test_it_has_a_page_in_paragraphs_with_links(self):
        published()
        page = Client().get(PATH).content.decode()
        assert "<p>One paragraph.</p>" in page
        assert '<a href="https://www.example.org/page" rel="nofollow">' in page

    def test_it_stands_in_the_updates_the_feeds_the_search_and_the_sitemap(self):
        published()
        assert "Story An invented story It stands in tests alone." in said("/updates/")
        (item,) = [
            one for one in json.loads(Client().get("/updates/feed.json").content)["items"] if "invented" in one["id"]
        ]
        assert (item["title"], item["content_text"]) == ("An invented story", "It stands in tests alone.")
        assert b"An invented story" in Client().get("/updates/feed.atom").content
        assert "An invented story" in said("/search/?q=invented")
        assert PATH.encode() in Client().get("/sitemap.xml").content

    def test_it_stands_with_its_goal_and_its_team_and_they_with_it(self):
        story = published()
        team = ActionTeam.objects.get(slug="reduce-summer-melt")
        story.goals.add(Goal.objects.get(slug="graduation"))
        story.teams.add(team)
        for path in ("/goals/graduation/", "/action-teams/reduce-summer-melt/"):
            assert "Stories An invented story" in said(path)
        assert "An invented story" not in said("/goals/completion/")
        assert "What it is about High school graduation" in said(PATH)

    def test_a_board_of_the_past_has_not_heard_of_it(self):
        cells = {
            "indicator": "graduation-4yr", "place": "0640011", "group": "black", "period": "2025", "value": "80.1",
            "status": "final", "source": "edsight-graduation-4yr",
        }  # fmt: skip
        enter(cells=cells, by=releases.of_role("data entry", "clerk"))
        releases.published()
        published().goals.add(Goal.objects.get(slug="graduation"))
        assert "An invented story" not in said("/releases/1/goals/graduation/")
        assert "An invented story" in said("/releases/2/goals/graduation/"), "it is of the time of the latest release"

    def test_in_spanish_what_has_no_spanish_is_marked(self):
        published(title_es="Una historia inventada")
        page = Client().get(f"/es{PATH}").content.decode()
        assert '<h1 class="long">Una historia inventada</h1>' in page
        assert '<p class="ans" lang="en">It stands in tests alone.</p>' in page
        assert '<div class="prose" lang="en">' in page

    def test_no_text_of_it_is_markup(self):
        published(title="<b>x</b>", text="<script>alert(1)</script>\n\njavascript:alert(1)")
        page = Client().get(PATH).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page

    def test_it_is_not_published_twice(self):
        story = published()
        with pytest.raises(stories.StoryError, match="published before"):
            stories.publish(story=story, by=story.written_by)

    def test_its_page_takes_six_queries_and_a_goals_page_one_more(self, client, django_assert_num_queries):
        published()
        # the story, its goals, teams and changes · the release · the edition
        with django_assert_num_queries(6):
            client.get(PATH)
        # the release with its definitions · the cells · stories of the goal, of which there are none
        with django_assert_num_queries(3):
            client.get("/goals/graduation/")


class TestTakenBack:
    def test_its_address_says_why_and_nothing_else_names_it(self):
        story = published()
        stories.withdraw(story=story, by=story.written_by, reason="A name was wrong.")
        answer = Client().get(PATH)
        assert answer.status_code == 410
        assert "This story was taken back." in answer.content.decode()
        assert "A name was wrong." in answer.content.decode()
        assert "An invented story" not in said("/updates/")
        assert "An invented story" not in said("/search/?q=invented")

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_not_without_a_reason(self, reason):
        story = published()
        with pytest.raises(stories.StoryError, match="Say why"):
            stories.withdraw(story=story, by=story.written_by, reason=reason)

    def test_a_draft_cannot_be(self):
        story = written()
        with pytest.raises(stories.StoryError, match="not public"):
            stories.withdraw(story=story, by=story.written_by, reason="No.")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "public"},
        {"published_at": timezone.now()},
        {"state": "withdrawn", "withdrawn_at": timezone.now()},
        {"withdrawn_reason": "x"},
    ],
)
def test_the_database_knows_no_half_published_story(change):
    written()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(**change)


class TestAtTheDesk:
    FORM = {
        "title": "An invented story", "title_es": "", "slug": "invented", "lead": "It stands in tests alone.",
        "lead_es": "", "text": "One paragraph.", "text_es": "", "alt": "", "alt_es": "", "credit": "",
    }  # fmt: skip

    def add(self, **more):
        return desk("data entry").post("/staff/dashboard/story/add/", {**self.FORM, **more})

    def test_data_entry_writes_and_a_publisher_publishes(self):
        assert self.add().status_code == 302
        story = Story.objects.get()
        assert story.state == "draft"
        assert story.written_by.groups.get().name == "data entry"
        clerk, publisher = desk("data entry"), desk("publisher")
        assert clerk.post(f"/staff/dashboard/story/{story.pk}/publish/").status_code == 403
        assert (
            "Some of it has no Spanish yet."
            in publisher.get(f"/staff/dashboard/story/{story.pk}/publish/").content.decode()
        )
        assert publisher.post(f"/staff/dashboard/story/{story.pk}/publish/").status_code == 302
        assert Client().get(PATH).status_code == 200

    def test_it_is_looked_at_before_in_both_languages_by_staff_alone(self):
        self.add(title_es="Una historia inventada")
        look = f"/staff/dashboard/story/{Story.objects.get().pk}/look/"
        page = desk("data entry").get(look).content.decode()
        assert "Draft: nobody but staff sees this page." in page
        assert "Una historia inventada" in desk("data entry").get(f"{look}?in=es").content.decode()
        assert Client().get(look).status_code == 302
        assert desk("committee").get(look).status_code == 403

    def test_a_picture_is_drawn_anew_and_needs_words_before_it_is_public(self):
        self.add(new_picture=picture())
        story = Story.objects.get()
        assert (story.picture_width, story.picture_height) == (1200, 750)
        assert bytes(story.picture).startswith(b"\xff\xd8\xff")
        publish = f"/staff/dashboard/story/{story.pk}/publish/"
        answer = desk("publisher").post(publish, follow=True)
        assert "Say what the picture shows" in answer.content.decode()
        Story.objects.update(alt="A grey square.")
        desk("publisher").post(publish)
        page = Client().get(PATH).content.decode()
        assert 'alt="A grey square."' in page
        (address,) = {part.split('"')[0] for part in page.split('src="')[1:] if part.startswith("/updates/")}
        answer = Client().get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "no-store" not in answer["Cache-Control"]

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [
            (b"GIF89a not a picture that is taken", "This is not a JPEG or PNG; send one of these."),
            (b"\x89PNG\r\n\x1a\n damaged", "The picture is damaged; open it and save it again."),
        ],
    )
    def test_what_is_no_picture_is_refused_in_one_sentence(self, file, sentence):
        sent = io.BytesIO(file)
        sent.name = "picture.png"
        answer = self.add(new_picture=sent)
        assert sentence in answer.content.decode()
        assert not Story.objects.exists()

    def test_a_picture_of_too_many_pixels_is_refused(self):
        assert "too many pixels" in self.add(new_picture=picture((6000, 5001))).content.decode()

    def test_a_public_story_is_changed_by_a_publisher_who_says_what(self):
        story = published()
        change = f"/staff/dashboard/story/{story.pk}/change/"
        form = {**self.FORM, "lead": "Another lead."}
        assert desk("data entry").post(change, form).status_code == 403
        answer = desk("publisher").post(change, form)
        assert "Everybody has read this story: say what you change." in answer.content.decode()
        desk("publisher").post(change, {**form, "change_note": "The lead was too long."})
        page = said(PATH)
        assert "Another lead." in page
        assert "Changed since it was published" in page
        assert "The lead was too long." in page
        assert StoryChange.objects.get().changed_by.username

    def test_what_was_public_is_deleted_by_nobody(self):
        story = published()
        assert desk("publisher").post(f"/staff/dashboard/story/{story.pk}/delete/", {"post": "yes"}).status_code == 403
        assert Story.objects.exists()

    def test_taking_back_asks_for_the_reason(self):
        story = published()
        withdraw = f"/staff/dashboard/story/{story.pk}/withdraw/"
        assert "Say why it is taken back" in desk("publisher").post(withdraw, {"reason": " "}).content.decode()
        desk("publisher").post(withdraw, {"reason": "A name was wrong."})
        assert Client().get(PATH).status_code == 410
        assert desk("publisher").post(f"/staff/dashboard/story/{story.pk}/change/", self.FORM).status_code == 403
