"""The search finds what is public, by any of its words, in either language, with or without accents."""

import re

import pytest
from django.test import Client

from dashboard.pages.search import wanted
from dashboard.searching import words_of
from tests.reading import lines

pytestmark = pytest.mark.django_db


def hits(question: str, path: str = "/search/") -> list[str]:
    page = Client().get(path, {"q": question}).content.decode()
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<h3[^>]*>(.*?)</h3>", page.partition("<main")[2])]


def said(question: str, path: str = "/search/") -> str:
    return " ".join(lines(Client().get(path, {"q": question}).content.decode()))


def test_a_goal_comes_before_what_only_mentions_it():
    assert hits("graduation")[0] == "High school graduation"
    assert "Four-year high school graduation rate" in hits("graduation")


def test_the_beginning_of_a_word_is_enough_and_every_word_counts():
    assert "Chronic absence" in hits("chron abs")
    assert hits("chronic spaghetti") == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Lincoln", "Lincoln Financial Foundation"),  # an organization
        ("summer melt", "Reduce summer melt"),  # an action team
        ("denominator", "Denominator"),  # a term
        ("withheld", "Privacy"),  # a page
        ("EdSight", "Four-year high school graduation rate"),  # a publisher
    ],
)
def test_everything_that_has_a_page_can_be_found(question, found):
    assert found.casefold() in [one.casefold() for one in hits(question)]


def test_in_spanish_it_finds_spanish_with_and_without_accents():
    assert hits("graduación", "/es/search/")[0] == hits("graduacion", "/es/search/")[0]
    assert hits("graduacion", "/es/search/")[0] == "Graduación de escuela secundaria"


def test_a_slip_of_the_pen_is_asked_about():
    assert "Nothing was found for “gradution”. Did you mean “graduation”?" in said("gradution")
    assert 'href="/search/?q=graduation"' in Client().get("/search/?q=gradution").content.decode()


@pytest.mark.parametrize("question", ["", "   ", "the of", "%_'\"", "\0", "'; DROP TABLE x; --", "*" * 500, "(a | !b)"])
def test_no_question_breaks_it(question):
    assert Client().get("/search/", {"q": question}).status_code == 200


def test_a_question_is_shown_as_it_was_asked_and_runs_nothing():
    page = Client().get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_small_words_find_nothing_by_themselves():
    assert words_of("the rate of the class") == ("rate", "class")
    assert words_of("de la clase") == ("clase",)
    assert len(words_of(" ".join(f"word{number}" for number in range(50)))) == 8


def test_it_takes_four_queries_however_much_is_found(client, django_assert_max_num_queries):
    # the release · the edition · the stories · on PostgreSQL the search itself
    with django_assert_max_num_queries(4):
        client.get("/search/?q=e")


class TestAnAddressThatLeadsNowhere:
    def test_what_was_perhaps_wanted_stands_in_the_search_field(self):
        answer = Client().get("/goals/graduation-rate/")
        assert answer.status_code == 404
        page = answer.content.decode()
        assert 'name="q" value="graduation rate"' in page
        assert 'href="/indicators/"' in page

    def test_it_asks_the_database_nothing(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):  # robots come by the thousand
            client.get("/nowhere/at-all/")

    @pytest.mark.parametrize(
        ("path", "words"),
        [("/", ""), ("/x/chronic_absence/", "chronic absence"), ("/wp-admin.php", ""), ("/a/2025/", ""), ("/%00/", "")],
    )
    def test_only_words_are_taken_for_words(self, path, words):
        assert wanted(path) == words


def test_the_glossary_is_in_the_order_of_its_language():
    for path in ("/glossary/", "/es/glossary/"):
        terms = re.findall(r"<dt>(.*?)</dt>", Client().get(path).content.decode())
        assert len(terms) > 30
        assert terms == sorted(terms, key=str.casefold)
