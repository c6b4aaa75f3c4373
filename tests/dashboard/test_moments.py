"""Words for a day that nobody knows: those of a known form are said in the reader's language."""

import pytest
from django.utils import translation

from coalition.roster import When
from dashboard.charts.words.moments import in_words
from dashboard.pages.coalition.parts import Text, when


@pytest.mark.parametrize(
    ("words", "spanish"),
    [
        ("October 2016", "octubre de 2016"),
        ("fall 2016", "otoño de 2016"),
        ("Spring 2020", "primavera de 2020"),
        ("in the spring of 2020", ""),
        ("2017", "2017"),
        ("in 2017", "2017"),
        ("2016-17", "2016-17"),
        ("October 2016, by our reading", "octubre de 2016, según nuestra lectura"),
        ("the week of the launch", ""),
        ("20161", ""),
        ("", ""),
    ],
)
def test_each_form_is_said_in_spanish_and_what_has_none_is_not(words, spanish):
    with translation.override("es"):
        assert in_words(words) == spanish


def test_what_has_no_form_stands_in_english_and_says_so():
    with translation.override("es"):
        assert when(When(None, "October 2016")) == Text("octubre de 2016")
        assert when(When(None, "at the launch")) == Text("at the launch", "en")
    assert when(When(None, "in 2017")) == Text("in 2017"), "in English the source's own words stand"
