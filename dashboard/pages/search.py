"""The search page: what was asked, what was found, and a word that was perhaps meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from dashboard.charts.words import searching as said
from dashboard.searching import Document, rank, words_of

from .coalition.parts import Text

#: Areas whose addresses tell nothing: whoever is told “not there” shall not learn whether it is somebody else's.
APART = {"members", "staff"}
#: Letters of a question, results on the page, and letters of each.
LONGEST, MOST, EXCERPT = 120, 40, 180


@dataclass(frozen=True, slots=True)
class Result:
    kind: str
    title: Text
    excerpt: Text
    url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`near`: what was perhaps meant, with its address; both empty where something was found."""

    question: str
    heading: str
    results: tuple[Result, ...]
    near: str
    near_url: str


def search_page(query: QueryDict, documents: Sequence[Document]) -> SearchPage:
    question = " ".join(query.get("q", "").replace("\0", "").split())[:LONGEST]
    if not words_of(question):
        return SearchPage(question, "", (), "", "")
    found = rank(question, documents)
    near = "" if found else _near(question, documents)
    return SearchPage(
        question,
        said.found(len(found), question),
        tuple(Result(one.kind, one.title, _excerpt(one.text), one.url) for one in found[:MOST]),
        said.near(near) if near else "",
        f"{reverse('dashboard:search')}?{urlencode({'q': near})}" if near else "",
    )


def wanted(path: str) -> str:
    """What somebody was perhaps looking for who came to an address that leads nowhere: its last part, in words."""
    first, last = path.lstrip("/").partition("/")[0], path.rstrip("/").rpartition("/")[2]
    if first in APART:
        return ""
    words = () if "." in last else words_of(last.replace("-", " ").replace("_", " "))  # a file is no page
    return " ".join(word for word in words if word.isalpha())[:LONGEST]


def _near(question: str, documents: Sequence[Document]) -> str:
    """The question with each unknown word replaced by the nearest word of any title; empty where none is near."""
    known = dict.fromkeys(word for one in documents for word in words_of(one.title.text))
    words = [next(iter(get_close_matches(word, known, n=1, cutoff=0.75)), "") for word in words_of(question)]
    near = " ".join(word for word in words if word)
    return near if near and near != " ".join(words_of(question)) else ""


def _excerpt(text: Text) -> Text:
    """The beginning of a text, to the end of a word."""
    if len(text.text) <= EXCERPT:
        return text
    return Text(f"{text.text[:EXCERPT].rsplit(' ', 1)[0]} …", text.lang)
