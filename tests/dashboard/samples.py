"""Sample teams, contributions and programs, with sample figures between baseline and target. None of it is real."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from coalition.roster import (
    Coalition,
    Contribution,
    Document,
    Edition,
    Grant,
    Kind,
    LifeStep,
    LogLine,
    Metric,
    Milestone,
    Organization,
    Plan,
    Program,
    Progress,
    Resource,
    Sector,
    Step,
    Strategy,
    Team,
    TeamMember,
    WayStep,
    When,
    Words,
)
from metrics.calc.cells import Cell, Known, Unit, YearAxis
from metrics.calc.rates import plain
from metrics.calc.standing import standing
from metrics.calc.verdicts import Promise
from metrics.published import (
    DimensionInfo,
    GroupInfo,
    IndicatorInfo,
    Measure,
    PlaceInfo,
    Point,
    ReleaseInfo,
    Series,
    SourceInfo,
    Target,
)
from metrics.published.goals import path_rows

D = Decimal
PUBLISHED = datetime(2026, 11, 10, 15, tzinfo=UTC)
DOCUMENT = Document("Sample proposal", "https://example.org/proposal", "invented for a test")


def organization(slug: str, name: str) -> Organization:
    return Organization(slug, name, Sector.UNKNOWN, "", "", Words(), "", (), ())


ORGANIZATIONS = (
    organization("sample-college", "Sample College"),
    organization("sample-employers", "Sample Employer Group"),
    organization("sample-foundation", "Sample Foundation"),
    organization("sample-schools", "Sample School Network"),
    organization("sample-youth", "Sample Youth Program with a Long Name to Break over Lines"),
)


def step(kind: Step, day: date, decision: str = "") -> LifeStep:
    return LifeStep(kind, When(day), Words(decision), DOCUMENT)


LIFE = (
    step(Step.PROPOSED, date(2022, 1, 12)),
    step(Step.HEARD, date(2022, 3, 9), "Asked for one figure that two sources agree on."),
    step(Step.APPROVED, date(2022, 5, 11), "Approved with one baseline and one target."),
    step(Step.ACTIVE, date(2022, 6, 1)),
)

TEXT_LINE = Strategy(
    1,
    Words("Summer text line", "Mensajes de verano"),
    Words("Reminders on aid forms, deposits and move-in, from June to September."),
    (
        LogLine(Progress.PLANNED, date(2022, 9, 1), Words("A number was rented.")),
        LogLine(Progress.RUNNING, date(2023, 6, 5), Words("The first message went to 212 graduates.")),
    ),
    (
        Milestone(Words("Every graduate’s number is known by graduation day"), date(2024, 6, 14), date(2024, 6, 10)),
        Milestone(Words("Replies are answered within a day"), date(2026, 8, 1), None),
        Milestone(Words("All three colleges send through the same line"), date(2027, 6, 1), None),
    ),
)
COUNSELORS = Strategy(
    2,
    Words("Counselors paid through August"),
    Words("Two counselors keep their caseload over the summer."),
    (LogLine(Progress.DONE, date(2024, 6, 3), Words()),),
    (),
)
CHECKLIST = Strategy(
    3,
    Words("One shared checklist"),
    Words("All colleges send the same eight steps to the same family."),
    (LogLine(Progress.PLANNED, date(2026, 5, 4), Words()),),
    (Milestone(Words("The eight steps are agreed"), date(2027, 5, 1), None),),
)
NEW = Strategy(4, Words("A strategy without a log"), Words(), (), ())

MELT = Team(
    "sample-melt",
    1,
    "Sample Summer Team",
    "Equipo de verano de muestra",
    Words("Works on graduates who mean to go on to college and are not there in the fall.", "Trabaja con egresados."),
    Words("About one graduate in four who plans to go on to college does not arrive."),
    Words("Who does not arrive in the first fall seldom arrives later."),
    "enrollment",
    LIFE,
    Metric("sample-melt", "0640011", "all-students", D("24.0000"), 2021, D("12.0000"), 2028, DOCUMENT),
    (
        TeamMember("sample-college", False, When(None, "the team’s first summer"), None),
        TeamMember("sample-schools", True, When(date(2022, 6, 1)), None),
        TeamMember("sample-foundation", False, When(date(2023, 1, 1)), None),
        TeamMember("sample-employers", False, When(date(2022, 6, 1)), date(2024, 6, 30)),
    ),
    (TEXT_LINE, COUNSELORS, CHECKLIST, NEW),
    (Resource(Words("The eight steps, as a letter to families"), "https://example.org/steps"),),
    (DOCUMENT,),
)
TUTORING = replace(
    MELT,
    slug="sample-tutoring",
    number=2,
    name="Sample Tutoring Team",
    name_es="",
    summary=Words("Works on the number of students who meet a tutor every week."),
    problem=Words("Few students who fall behind in ninth grade meet a tutor."),
    goal="graduation",
    metric=Metric("sample-tutored", "0640011", "all-students", D(0), 2022, D(200), 2027, DOCUMENT),
    members=MELT.members[:2],
    strategies=(replace(TEXT_LINE, key=5, title=Words("A tutor in every ninth grade")),),
    resources=(),
)
SILENT = replace(
    MELT,
    slug="sample-silent",
    number=3,
    name="Sample Records Team",
    name_es="",
    summary=Words("Studies records over several years."),
    problem=Words(),
    why=Words(),
    goal="",
    life=(LifeStep(Step.REPORTED, When(None, "its first year"), Words("Named as at work."), DOCUMENT),),
    metric=None,
    members=(),
    strategies=(),
    resources=(),
)
DONE = replace(
    SILENT,
    slug="sample-done",
    number=4,
    name="Sample Attendance Team",
    summary=Words("Worked on days missed in ninth grade."),
    life=(*LIFE, step(Step.COMPLETED, date(2026, 6, 30), "The target was met.")),
    metric=Metric("sample-absence", "0640011", "all-students", D(40), 2020, D(25), 2025, None),
    members=MELT.members[:1],
)
WAITING = replace(
    SILENT,
    slug="sample-waiting",
    number=5,
    name="Sample Waiting Team",
    summary=Words("Works on a figure that nobody has published yet."),
    life=LIFE[:3],
    metric=Metric("sample-unpublished", "0640011", "all-students", D("31.5000"), 2024, D(45), 2029, None),
)

CONTRIBUTIONS = (
    Contribution(
        "sample-college",
        2026,
        Kind.IN_KIND,
        Words("Orientation seats, two staff days a month"),
        "sample-melt",
        "enrollment",
        D(18000),
        D(18000),
        Words("40 seats at $200 and 25 days at $400"),
    ),
    Contribution(
        "sample-foundation",
        2026,
        Kind.FISCAL,
        Words("Grant for summer counselors"),
        "sample-melt",
        "",
        D(40000),
        D(40000),
        Words(),
    ),
    Contribution(
        "sample-schools",
        2026,
        Kind.IN_KIND,
        Words("Contact lists under a data agreement"),
        "sample-melt",
        "enrollment",
        D(6500),
        D("3250.50"),
        Words("65 hours at $100"),
    ),
    Contribution(
        "sample-employers",
        2026,
        Kind.IN_KIND,
        Words("Paid summer shifts that end before move-in"),
        "",
        "",
        D(22000),
        D(0),
        Words("110 shifts at $200"),
    ),
    Contribution(
        "sample-youth", 2026, Kind.IN_KIND, Words("A room for the team’s meetings"), "", "", None, None, Words()
    ),
    Contribution(
        "sample-foundation",
        2025,
        Kind.FISCAL,
        Words("Grant for tutors"),
        "sample-tutoring",
        "graduation",
        D(30000),
        None,
        Words(),
    ),
)
GRANTS = (
    Grant(
        "sample-foundation",
        "Sample Tutors, Inc.",
        2026,
        Words("Tutors in ninth grade"),
        "graduation",
        Words("The applicant named the goal it serves and the figure it will report."),
        D(75000),
    ),
    Grant("sample-foundation", "Sample Museum", 2025, Words("A summer of science"), "", Words(), None),
)
PROGRAMS = (
    Program(
        "sample-bridge",
        "sample-college",
        "Sample Bridge",
        Words("Six weeks on campus before the first year."),
        date(2022, 6, 1),
        None,
        (WayStep.SUMMER, WayStep.FIRST_YEAR),
        (2023, 2025),
        "",
    ),
    Program(
        "sample-tutors",
        "sample-youth",
        "Sample Tutors",
        Words("A tutor every week, all year."),
        date(2023, 9, 1),
        None,
        (WayStep.HIGH_SCHOOL, WayStep.APPLYING, WayStep.SUMMER),
        (2024, 2025),
        "",
    ),
    Program(
        "sample-visits",
        "sample-youth",
        "Sample Campus Visits",
        Words(),
        None,
        date(2024, 6, 30),
        (WayStep.APPLYING,),
        (2023,),
        "",
    ),
    Program("sample-mentors", "sample-employers", "Sample Mentors", Words(), None, None, (WayStep.COMPLETING,), (), ""),
)

COALITION = Coalition(
    organizations=ORGANIZATIONS,
    teams=(MELT, TUTORING, SILENT, DONE, WAITING),
    plans=(
        Plan(
            2027,
            Words("What the teams do in 2027", "Lo que hacen los equipos en 2027"),
            Words("The strategies that were agreed in one room."),
            date(2026, 10, 14),
            (1, 3, 4, 5, 99),
        ),
        Plan(2026, Words("What the teams did in 2026"), Words(), date(2025, 10, 8), (2,)),
    ),
    contributions=CONTRIBUTIONS,
    grants=GRANTS,
    programs=PROGRAMS,
)
EDITION = Edition(7, PUBLISHED, COALITION)

# --- Figures between baseline and target ------------------------------------------------------------------------------

SOURCE = SourceInfo("sample", "Sample Source", "Fall match", "https://example.org/match", "", None, "")
PLACE = PlaceInfo("0640011", "Hartford", "district")
EVERYBODY = GroupInfo("all-students", "All students", DimensionInfo("all", "All students"))
RELEASE = ReleaseInfo(3, PUBLISHED, "Sample release.", "abc")


def indicator(slug: str, name: str, unit: Unit, axis: YearAxis, *, up: bool) -> IndicatorInfo:
    decimals = 1 if unit is Unit.PERCENT else 0
    return IndicatorInfo(slug, name, unit, decimals, up, "Some", "All", axis, SOURCE, "", None, "")


INDICATORS = {
    one.slug: one
    for one in (
        indicator("sample-melt", "Sample summer melt rate", Unit.PERCENT, YearAxis.CLASS, up=False),
        indicator("sample-tutored", "Sample students tutored weekly", Unit.STUDENTS, YearAxis.SCHOOL, up=True),
        indicator("sample-absence", "Sample chronic absence", Unit.PERCENT, YearAxis.SCHOOL, up=False),
    )
}
FIGURES = {
    "sample-melt": (2021, "24.0 23.5 21.0 19.5 17.0"),
    "sample-tutored": (2022, "0 20 61 75"),
    "sample-absence": (2020, "40.0 36.4 33.0 28.8 26.0 23.9"),
}


def measure(target: Target) -> Measure | None:
    """Judged as metrics.published.measures judges, on the figures above, in 2026."""
    if target.indicator not in FIGURES:
        return None
    info, (first, values) = INDICATORS[target.indicator], FIGURES[target.indicator]
    cells: dict[int, Cell] = {first + at: Known(D(value)) for at, value in enumerate(values.split())}
    series = Series(info, PLACE, EVERYBODY, tuple(Point(year, cell, SOURCE) for year, cell in cells.items()))
    promise = Promise(
        info.slug,
        plain(target.baseline_value),
        target.baseline_year,
        plain(target.target_value),
        target.target_year,
        info.higher_is_better is not False,
    )
    judged = standing(promise, info.slug, cells, 2026)
    return Measure(info, PLACE, EVERYBODY, series, judged, path_rows(promise, series), RELEASE)


def measures(targets: Iterable[Target]) -> tuple[Measure | None, ...]:
    return tuple(measure(target) for target in targets)
