"""The public pages in Spanish: every word is there, says the same as the English one, and stays on its own pages."""

import ast
import gettext
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache, reduce
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation
from django.utils.translation.template import templatize

from coalition import roster
from coalition.actions.derived import WHY
from coalition.roster import Coalition, Edition, Progress
from dashboard.charts import words
from dashboard.charts.words import promises
from dashboard.charts.words.coalition import sectors_finding
from dashboard.charts.words.headline import counting, lead
from dashboard.charts.words.programs import shared_heading
from dashboard.charts.words.teams import plan_words, strategies_heading
from dashboard.pages.coalition.parts import day_words
from metrics import published
from metrics.calc.cells import Known, YearAxis
from metrics.calc.standing import standing
from metrics.calc.verdicts import Promise, Standing
from metrics.models import Indicator, Place, Source
from metrics.published.definitions import thaw
from metrics.publishing import freeze

from . import invented, samples

HOUSE = Path(__file__).resolve().parents[2]
PO = HOUSE / "locale" / "es" / "LC_MESSAGES" / "django.po"
#: The members' area is in English. The public form borrows two of its pieces, and its messages are in both languages.
BORROWED = re.compile(r"/members/(?:errors|field)\.html$|/members/mail/\w+\.txt$")

LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(((?:{LITERAL}(?:, ?)?)+)")
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")
#: What the singular may say in a word of its own: One of 7 / {number} of 7.
COUNTED = {"{number}", "%(number)s", "{shared}", "{total}", "{assessed}", "{kept}"}


@dataclass(frozen=True, slots=True)
class Message:
    """A text that a page asks to be translated."""

    text: str
    plural: str = ""
    context: str | None = None


def message(call: str, texts: list[str]) -> Message:
    context = texts.pop(0) if "pgettext" in call else None
    return Message(texts[0], texts[1] if "ngettext" in call or "npgettext" in call else "", context)


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            call = node.func.id.removesuffix("_lazy")
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts and re.fullmatch(r"_|n?p?gettext", call):
                yield message(call, texts)


def in_template(source: str) -> Iterator[Message]:
    for call, literals in TEMPLATE_CALL.findall(templatize(source)):
        yield message(call, [ast.literal_eval(one) for one in re.findall(LITERAL, literals)])


@cache
def asked() -> tuple[Message, ...]:
    """Every text of the public pages and of messages, as the sources ask for it."""
    coalition, folder = HOUSE / "coalition", HOUSE / "templates"
    modules = [
        *(HOUSE / "dashboard").rglob("*.py"),
        *(coalition / "portal").glob("interest*.py"),
        coalition / "notices.py",
    ]
    templates = [
        path
        for path in (*folder.rglob("*.html"), *folder.rglob("*.txt"))
        if path.relative_to(folder).parts[0] not in ("admin", "members") or BORROWED.search(path.as_posix())
    ]
    found = [one for path in modules for one in in_python(path.read_text("utf-8"))]
    found += [one for path in templates for one in in_template(path.read_text("utf-8"))]
    return tuple(dict.fromkeys(found))


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="es")


def spanish_of(one: Message) -> tuple[str, ...]:
    """The translation, both forms of it where there are two; empty where there is none."""
    found = catalogue().get(one.text, context=one.context)
    if found is None or found.fuzzy or isinstance(found.id, str) == bool(one.plural):
        return ()
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string)
    return forms if all(forms) and len(forms) == (2 if one.plural else 1) else ()


class TestTheCatalogue:
    def test_every_public_word_has_its_translation_in_every_form(self) -> None:
        assert len(asked()) > 700
        missing = [one for one in asked() if not spanish_of(one)]
        assert not missing, "run `make messages` and translate what is new"

    def test_no_translation_is_a_guess_of_the_tools(self) -> None:
        assert [one.id for one in catalogue() if one.id and one.fuzzy] == []

    def test_a_translation_has_the_placeholders_of_its_original(self) -> None:
        for one in asked():
            *singular, last = spanish_of(one)
            assert placeholders(last) == placeholders(one.plural or one.text), one
            for form in singular:
                lost = placeholders(one.plural) - placeholders(form)
                assert placeholders(form) <= placeholders(one.plural), one
                assert set(lost) <= COUNTED, one
            for form in (*singular, last):
                assert form.count("%%") == (one.plural or one.text).count("%%"), one
                assert re.findall(r"</?\w+>", form) == re.findall(r"</?\w+>", one.text), one

    def test_it_is_set_as_spanish_is(self) -> None:
        """A no-break space before the percent sign, « » around what is quoted, no straight quotes, ¿ before a ?"""
        for one in asked():
            for form in spanish_of(one):
                assert not re.search(r"[\d}] ?%(?!\()", form), one
                assert not re.search("[“”\"'’]", form), one
                assert form.count("«") == form.count("»"), one
                assert form.count("¿") == form.count("?"), one
                assert form == form.strip(), one

    def test_the_compiled_catalogue_is_this_one(self) -> None:
        with PO.with_suffix(".mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)
        for one in asked():
            if one.context is None and not one.plural:
                assert compiled.gettext(one.text) == spanish_of(one)[0], "run `make run` or `make test`"


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


# --- Words, with the numbers that Spanish inflects after --------------------------------------------------------------

D = Decimal
ABOUT = words.Subject("graduation", "Graduación", YearAxis.CLASS)


def judged(latest: str, *, year: int = 2025, target: str = "95", as_of: int = 2030) -> Standing:
    promise = Promise("graduation", D("71.5"), 2014, D(target), 2025)
    return standing(promise, "graduation", {2014: Known(D("71.5")), year: Known(D(latest))}, as_of)


@pytest.fixture
def spanish() -> Iterator[None]:
    with translation.override("es"):
        yield


@pytest.mark.usefixtures("spanish")
class TestWords:
    def test_a_percentage_has_a_no_break_space_and_a_decimal_point(self) -> None:
        assert ABOUT.value(D("85.3")) == "85.3\u00a0%"
        assert words.count(1194) == "1,194"

    def test_a_missed_target_is_told_as_it_is_in_english(self) -> None:
        assert words.sentence(judged("85.3"), ABOUT) == (
            "Se graduó el 85.3\u00a0% de la clase de 2025. La meta era 95\u00a0%: faltaron 9.7 puntos, "
            "y está 13.8 puntos por encima del inicio."
        )
        assert words.distance(judged("85.3"), ABOUT) == "faltaron 9.7 puntos"
        assert words.finding(judged("85.3")) == "13.8 de los 23.5 puntos necesarios"

    def test_the_verb_follows_the_number(self) -> None:
        assert words.distance(judged("94"), ABOUT) == "faltó 1.0 punto"
        assert "faltó 1.0 punto, y está" in words.sentence(judged("94"), ABOUT)
        assert words.short_label(judged("94")) == "faltó 1.0"
        assert words.finding(judged("72", target="72.5")) == "0.5 del 1 punto necesario"
        assert "Falta 1.0 punto para 2025." in words.sentence(judged("94", year=2020, as_of=2021), ABOUT)

    def test_a_met_target(self) -> None:
        said = "Se graduó el 95.4\u00a0% de la clase de 2025. La meta de 95\u00a0% se alcanzó, con 0.4 puntos de sobra."
        assert words.sentence(judged("95.4"), ABOUT) == said

    def test_the_headline_counts(self) -> None:
        assert words.headline([judged("85.3")]).answer == "Todavía no."
        assert counting([judged("85.3")]) == "Una meta no se alcanzó."
        assert counting([judged("85.3"), judged("94")]) == "Dos metas no se alcanzaron."
        assert lead(2025, 3, over=True).startswith("En 2025 la Coalición ALL IN! quería celebrar tres logros")

    def test_what_follows_from_data_is_told_in_spanish_and_what_somebody_wrote_as_it_is(self) -> None:
        assert promises.from_data("A contact is named.") == "Hay un contacto nombrado."
        assert promises.from_data("Meetings attended: 2 of 3.") == "Reuniones a las que asistió: 2 de 3."
        assert promises.from_data("Programs that shared: 1 of 2.") == "Programas que compartieron: 1 de 2."
        assert promises.from_data(WHY) == "Cambiaron los datos de los que se desprende."
        assert promises.from_data("Two plans.") == "Two plans."

    def test_one_of_several_agrees_with_what_is_counted(self) -> None:
        assert sectors_finding(1, 7) == "Uno de los siete sectores no tiene firmantes"
        assert sectors_finding(2, 7) == "Dos de los siete sectores no tienen firmantes"
        assert shared_heading(1, 3, "2025", ran=True) == "Uno de tres programas compartió cifras de 2025"
        assert strategies_heading(3, 1) == "Estrategias terminadas: una de tres"
        progress = ((Progress.RUNNING, 1), (Progress.DONE, 1), (Progress.DROPPED, 2))
        assert plan_words(4, 1, progress) == (
            "4 estrategias de 1 equipo: 1 en marcha, 1 terminada, 2 descartadas."
        )  # fmt: skip

    def test_days_are_written_as_in_spanish(self) -> None:
        assert day_words(samples.PUBLISHED.date()) == "10 de noviembre de 2026"


class TestDefinitions:
    """What figures are called and count stands in the database, in both languages side by side."""

    def test_every_public_text_of_the_board_has_its_spanish(self, db: None) -> None:
        with translation.override("es"):
            found = published.now()
        assert found is not None
        definitions = found.definitions
        said = [
            *(text for one in definitions.indicators.values() for text in (one.name, one.numerator, one.denominator)),
            *(one.limits for one in definitions.indicators.values()),
            *(text for one in definitions.groups.values() for text in (one.name, one.dimension.name)),
            *(one.note for one in definitions.sources.values()),
            *(goal.name for goal in definitions.goals),
            *(
                text
                for goal in definitions.goals
                for one in goal.statements
                for text in (one.document, one.stated, one.baseline_note, one.note)
            ),
        ]
        assert len(said) > 300
        assert [text for text in said if isinstance(text, published.Untranslated)] == []

    def test_it_is_set_as_spanish_is(self, db: None) -> None:
        for row in json.loads(freeze()):
            for name, text in row["fields"].items():
                if name.endswith("_es"):
                    assert not re.search("[“”\"'’]", text or ""), text
                    assert not re.search(r"\d ?%", text or ""), text

    def test_a_text_without_spanish_is_told_in_english_and_says_so(self, db: None) -> None:
        Indicator.objects.filter(slug="graduation-4yr").update(limits_es="")
        with translation.override("es"):
            limits = thaw(freeze()).indicators["graduation-4yr"].limits
        assert limits.startswith("The district’s cohort")
        assert getattr(limits, "lang", "") == "en"

    def test_definitions_frozen_before_the_board_knew_spanish_are_read_all_the_same(self, db: None) -> None:
        rows = json.loads(freeze())
        for row in rows:
            row["fields"] = {name: value for name, value in row["fields"].items() if not name.endswith("_es")}
        with translation.override("es"):
            found = thaw(json.dumps(rows))
        assert found.goals[0].name == "High school graduation"
        assert getattr(found.goals[0].name, "lang", "") == "en"


# --- Pages ------------------------------------------------------------------------------------------------------------

#: What stands in an address is no word of the page.
ADDRESS = re.compile(r"https?://\S+")
VOID = {"br", "hr", "img", "input", "link", "meta"}
READ_ALOUD = ("aria-label", "alt", "title", "placeholder", "data-l")


class Reader(HTMLParser):
    """What a page says, piece by piece, each with the language it says it in."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self.open: list[tuple[str, str]] = [("", "")]
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", self.open[-1][1])
        if tag == "html":
            self.language = language
        if tag == "meta" and given.get("name") == "description":
            self.pieces.append((given["content"], language))
        self.pieces += [(given[name], language) for name in READ_ALOUD if given.get(name)]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings: nothing in them is read."""

    def handle_endtag(self, tag: str) -> None:
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] not in ("script", "style", "textarea"):  # the last is code to copy
            self.pieces.append((" ".join(data.split()), self.open[-1][1]))


def read(client: Client, path: str) -> Reader:
    response = client.get(path)
    assert response.status_code == (404 if "nowhere" in path else 200), path
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


#: Names of formats, in every language the same.
FORMATS = {"Atom", "JSON", "(JSON)", "(CSV)", "(ZIP)", "CSV", "CSVW", "Excel", "Frictionless", "OpenAPI", "PNG", "SVG"}
FIXED = (
    "/coalition/", "/compact/", "/compact/ledger/", "/compact/ledger/?commitment=6", "/action-teams/",
    "/contributions/", "/programs/", "/privacy/", "/join/", "/join/?for=open_house", "/join/thanks/", "/nowhere/",
    "/", "/goals/graduation/", "/goals/enrollment/", "/goals/completion/", "/how-to-read/",
    "/data/", "/report-card/", "/gaps/", "/indicators/", "/indicators/graduation-4yr/",
    "/indicators/chronic-absence/?group=white&from=2014&to=2012",
    "/indicators/spending-per-pupil/", "/indicators/enrollment-launch/",
    "/updates/", "/updates/corrections/", "/history/", "/releases/1/changes/", "/releases/1/",
    "/figures/graduation-4yr/0640011/all-students/2025/", "/methods/", "/pipeline/", "/glossary/", "/accessibility/",
    "/search/?q=graduation+graduaci%C3%B3n", "/search/?q=graduatoin", "/embed/graduation/", "/embed/enrollment/",
)  # fmt: skip


def paths(coalition: Coalition) -> tuple[str, ...]:
    years = sorted({one.year for one in coalition.contributions})
    return (
        *FIXED,
        *(f"/coalition/{one.slug}/" for one in coalition.organizations),
        *(f"/action-teams/{one.slug}/" for one in coalition.teams),
        *(f"/action-teams/plan/{one.year}/" for one in coalition.plans),
        *(f"/contributions/?year={year}" for year in years),
        *(f"/programs/{one.slug}/" for one in coalition.programs),
    )


def in_spanish(path: str) -> str:
    """The Spanish address of a page: the language stands before it, within the release that is looked at."""
    return re.sub(r"^(/releases/\d+)?/", r"\1/es/", path)


def everything() -> Coalition:
    """Both invented coalitions in one: every state, every life of a team, every kind of gift."""
    signed, working = invented.coalition(), samples.COALITION
    known = {one.slug: one for one in (*working.organizations, *signed.organizations)}
    return replace(
        working,
        compacts=signed.compacts,
        organizations=tuple(sorted(known.values(), key=lambda one: one.name)),
        assessments=signed.assessments,
    )


@pytest.fixture(params=["the real one", "an invented one", "nothing yet"])
def shown(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> Coalition:
    """A coalition that the pages show."""
    if request.param == "the real one":
        return roster.edition().coalition
    coalition = everything() if request.param == "an invented one" else Coalition()
    edition = Edition(7, samples.PUBLISHED, coalition) if coalition.teams else Edition(0, None, coalition)
    monkeypatch.setattr(roster, "edition", lambda at=None: edition)
    monkeypatch.setattr(published, "measures", lambda targets, at=None: samples.measures(targets))
    return coalition


def names(known: object) -> set[str]:
    """Every text of a coalition, and what its figures count: nobody translates a name."""
    if isinstance(known, str):
        return {known} if len(known) > 3 else set()
    if is_dataclass(known):
        return set().union(*(names(getattr(known, field.name)) for field in fields(known)))
    return set().union(*map(names, known)) if isinstance(known, tuple) else set()


def proper_names() -> set[str]:
    """Districts and schools, who publishes figures, and what the publications are called."""
    sources = Source.objects.values_list("publisher", "title")
    return {*Place.objects.values_list("name", flat=True), *(name for source in sources for name in source)}


def ours(client: Client, path: str, coalition: Coalition) -> list[str]:
    """What a Spanish page says in Spanish, without the names in it."""
    counted = {*(one.name for one in samples.INDICATORS.values()), samples.EVERYBODY.name}
    told = sorted({*names(coalition), *counted, *proper_names()}, key=len, reverse=True)
    found = [ADDRESS.sub("", text) for text, language in read(client, path).pieces if language == "es"]
    return [reduce(lambda text, name: text.replace(name, ""), told, text) for text in found]


def sounds(one: str) -> re.Pattern[str] | None:
    """Finds a text with whatever stands in its placeholders; None for a text without a word to know it by."""
    parts = [re.escape(part.replace("%%", "%")) for part in PLACEHOLDER.split(one)]
    if not any(re.search(r"[^\W\d_]{3}", part) for part in parts):
        return None
    return re.compile(rf"(?<!\w){r'.{1,90}?'.join(parts)}(?!\w)")


@cache
def english_words() -> tuple[re.Pattern[str], ...]:
    """Every text of the public pages that reads differently in Spanish."""
    texts: Iterable[str] = (form for one in asked() for form in (one.text, one.plural) if form not in spanish_of(one))
    return tuple(dict.fromkeys(pattern for text in texts if text and (pattern := sounds(text))))


def test_no_english_word_is_left_on_a_spanish_page(client: Client, shown: Coalition) -> None:
    for path in paths(shown):
        english = read(client, path)
        assert (english.language, read(client, in_spanish(path)).language) == ("en", "es")
        said, spanish = "\n".join(text for text, _ in english.pieces), "\n".join(ours(client, in_spanish(path), shown))
        left = [one.pattern for one in english_words() if one.search(said) and one.search(spanish)]
        assert not left, path


def test_what_reads_alike_in_both_languages_is_said_to_be_english(client: Client, shown: Coalition) -> None:
    """Or it is a word that both languages share, a name, or a number."""
    shared = {"ALL IN", *FORMATS, *(one.text for one in asked() if one.text in spanish_of(one))}
    for path in paths(shown):
        english = {text for text, _language in read(client, path).pieces}
        alike = english.intersection(ours(client, in_spanish(path), shown))
        assert {text for text in alike if re.search(r"[^\W\d_]{3}", text)} <= shared, path


def test_the_switch_leads_to_the_same_page_and_back(client: Client, shown: Coalition) -> None:
    for path in paths(shown):
        if path == "/nowhere/" or path.startswith("/embed/"):  # no address has another language; a frame has no menu
            continue
        there = switch(client, path, "es")
        assert there == in_spanish(path)
        assert switch(client, there, "en") == path


def switch(client: Client, path: str, to: str) -> str:
    page = client.get(path).content.decode()
    links = re.findall(rf'<a href="([^"]+)" hreflang="{to}" lang="{to}" rel="alternate">', page)
    found = {html.unescape(link) for link in links}
    assert len(found) == 1, path
    return found.pop()


def test_no_language_leaks_into_the_other_one_however_often_they_alternate(client: Client, shown: Coalition) -> None:
    """Drawings are remembered, texts are looked up late: a page must come out the same after the other language."""
    first = {path: client.get(path).content for page in paths(shown) for path in (page, in_spanish(page))}
    for _turn in range(3):
        for path, content in (*first.items(), *reversed(first.items())):
            if not path.startswith(("/join", "/es/join")):  # the form says when it was made
                assert client.get(path).content == content, path


def test_numbers_in_drawings_are_written_as_drawings_need_them(client: Client, shown: Coalition) -> None:
    """Django writes 12.5 as 12,5 in Spanish; in a drawing that would be two numbers."""
    number = re.compile(r' (?:x|y|x1|x2|y1|y2|cx|cy|r|dx|dy|width|height)="[^"]*\d,\d[^"]*"')
    for path in paths(shown):
        assert number.search(client.get(in_spanish(path)).content.decode()) is None, path


def test_a_refused_message_is_answered_in_spanish(client: Client, db: None) -> None:
    page = client.post("/es/join/", {"kind": "member", "message": "https://a.org https://b.org https://c.org"})
    said = page.content.decode()
    assert "El mensaje puede tener 2 enlaces como máximo." in said
    assert "Hay que marcar la casilla" in said
    assert "This field" not in said
