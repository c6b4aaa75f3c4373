"""A coalition that does not exist, for looking at full pages: every name in it is plainly made up."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from coalition.roster import (
    Assessment,
    Binds,
    Coalition,
    Commitment,
    Compact,
    Contribution,
    Document,
    Edition,
    Evidence,
    Grant,
    Kind,
    LifeStep,
    Organization,
    PastWord,
    Program,
    Role,
    RoleHeld,
    Sector,
    SignatureLine,
    State,
    Step,
    Team,
    TeamMember,
    WayStep,
    When,
    Words,
)

PAPER = Document("Invented minutes", "https://example.org/minutes", "a Tuesday in 2026")
COMPACT = Document("Invented Compact", "https://example.org/compact", "2026")
SIGNED = When(date(2026, 2, 3))
PUBLISHED = datetime(2027, 3, 1, 17, tzinfo=UTC)

NAMES = (
    ("Sample College", Sector.EDUCATION, Role.STEERING_COMMITTEE),
    ("Sample School Network", Sector.EDUCATION, Role.STEERING_COMMITTEE),
    ("Sample Employer Group of the Greater Sample Region", Sector.BUSINESS, Role.MEMBER),
    ("Sample Insurer", Sector.BUSINESS, None),
    ("Sample Foundation", Sector.PHILANTHROPIC, Role.PHILANTHROPIC),
    ("Sample Youth Program", Sector.COMMUNITY_BASED, Role.PROGRAM_PROVIDER),
    ("Sample Mentors", Sector.NONPROFIT, Role.PROGRAM_PROVIDER),
    ("Sample City Office", Sector.CIVIC, Role.BACKBONE),
)
SHORT = ("Purpose", "Agenda", "Plan", "Knowledge", "Champion", "Contact", "Meetings")
DONE = ("aligned their efforts", "worked toward the goals", "worked from the plan", "can explain the plan")
#: One line an organization, one letter a commitment: Complete, Substantial, Limited, Not started, no Evidence, open.
GRID = ("CCCSLLC..", "CCSSCCC..", "CLSLNCN..", "CLLNECL..", "CCSLCCC.L", "SCLSCCCC.", "oooooooo.", "CCLLNEL..")
LETTERS = {
    "C": State.COMPLETE,
    "S": State.SUBSTANTIAL,
    "L": State.LIMITED,
    "N": State.NOT_STARTED,
    "E": State.NO_EVIDENCE,
}


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def commitments() -> tuple[Commitment, ...]:
    everyone = tuple(
        Commitment(
            str(number),
            Words(short, f"{short} (es)"),
            Words(f"An invented promise about {short.lower()}, long enough to run over two lines of a column."),
            Words((*DONE, "spoke up for it", "named a contact", "came to the meetings")[number - 1]),
            Binds.EVERYONE,
            {6: Evidence.CONTACT, 7: Evidence.MEETINGS}.get(number, Evidence.JUDGEMENT),
        )
        for number, short in enumerate(SHORT, 1)
    )
    providers = Words("Share invented figures.", "Compartir cifras inventadas.")
    funders = Words("Weigh the fit of invented grants.")
    return (
        *everyone,
        Commitment("P", Words("Data"), providers, Words("shared data"), Binds.PROGRAM_PROVIDER, Evidence.DATA),
        Commitment("F", Words("Grants"), funders, Words("weighed"), Binds.PHILANTHROPIC, Evidence.JUDGEMENT),
    )


def organization(name: str, sector: Sector, role: Role | None = None, *, signed: bool = True) -> Organization:
    roles = (RoleHeld(role, When(date(2026, 1, 1)), None, PAPER),) if role else ()
    lines = (SignatureLine(1, False, SIGNED, "Office of the Director", "", PAPER, None),) if signed else ()
    return Organization(
        slug(name), name, sector, "", "https://example.org", Words(f"{name} invents things."), "", roles, lines
    )


def left() -> Organization:
    """One that signed, withdrew and ended its role."""
    lines = (
        SignatureLine(1, False, SIGNED, "", "", PAPER, None),
        SignatureLine(1, True, When(date(2026, 9, 1)), "", "It closed its Sample branch.", None, None),
    )
    roles = (RoleHeld(Role.MEMBER, When(None, "spring 2026"), date(2026, 9, 1), PAPER),)
    return Organization("sample-gone", "Sample Gone", Sector.BUSINESS, "", "", Words(), "", roles, lines)


def assessments() -> Iterable[Assessment]:
    numbers = [one.number for one in commitments()]
    for (name, _sector, _role), line in zip(NAMES, GRID, strict=True):
        for number, letter in zip(numbers, line, strict=True):
            if letter in LETTERS:
                yield word(slug(name), number, LETTERS[letter])
    yield word(slug("Sample Insurer"), "1", State.LIMITED, year=2025)


def word(of: str, number: str, state: State, year: int = 2026) -> Assessment:
    with_reply = state in (State.NOT_STARTED, State.LIMITED)
    return Assessment(
        of,
        1,
        number,
        year,
        state,
        "Invented minutes name it twice, and an invented newsletter names it once.",
        "https://example.org/evidence",
        number == "3",
        number in ("6", "7", "P"),
        date(2027, 1, 15),
        "We began in November. By the summer it will be done." if with_reply else "",
        date(2027, 1, 28) if with_reply else None,
        (PastWord(State.NO_EVIDENCE, date(2026, 12, 1), "The minutes came in late."),) if number == "2" else (),
    )


def second(*later: SignatureLine, words: Iterable[Assessment] = ()) -> Coalition:
    """A second version of the Compact, with three promises, is the current one.

    Three signed the first in 2026 and are assessed for that year on each of its seven promises: 9 of 21 kept.
    `later` is what the first of them did after that, `words` what is said beside.
    """
    signers = [organization(f"Sample {name}", Sector.EDUCATION) for name in ("Academy", "Library", "Museum")]
    signers[0] = replace(signers[0], signatures=(*signers[0].signatures, *later))
    first = Compact(1, COMPACT, When(date(2026, 1, 1)), Words(), False, commitments()[:7])
    said = (
        word(one.slug, str(number), State.COMPLETE if number <= 3 else State.LIMITED)
        for one in signers
        for number in range(1, 8)
    )
    return Coalition(
        compacts=(replace(first, number=2, is_current=True, commitments=first.commitments[:3]), first),
        organizations=tuple(signers),
        assessments=(*said, *words),
    )


def team() -> Team:
    members = (
        TeamMember("sample-college", True, When(date(2026, 3, 1)), None),
        TeamMember("sample-foundation", False, When(None, "spring 2026"), date(2026, 12, 1)),
    )
    life = (LifeStep(Step.ACTIVE, When(date(2026, 3, 1)), Words(), None),)
    return Team(
        "sample-team", 1, "Sample Team", "Equipo de muestra", Words("Works on it."), Words(), Words(), "", life,
        None, members, (), (),
    )  # fmt: skip


def coalition() -> Coalition:
    signers = tuple(organization(*one) for one in NAMES)
    beside = organization("Sample Neighbors", Sector.UNKNOWN, Role.MEMBER, signed=False)
    college, foundation, program = "sample-college", "sample-foundation", "sample-youth-program"
    return Coalition(
        compacts=(Compact(1, COMPACT, When(date(2026, 1, 1)), Words("The first one."), True, commitments()),),
        organizations=tuple(sorted((*signers, beside, left()), key=lambda one: one.name)),
        moved=(("sample-old", "sample-college"),),
        assessments=tuple(assessments()),
        teams=(team(),),
        contributions=(
            Contribution(
                college, 2026, Kind.IN_KIND, Words("Two days of staff a month"), "sample-team", "", Decimal(18000),
                Decimal(9000), Words("Hours at the usual rate."),
            ),
            Contribution(
                college, 2026, Kind.FISCAL, Words("Orientation seats"), "", "enrollment", Decimal(4000), None, Words()
            ),
        ),
        grants=(
            Grant(
                foundation, "Sample Mentors", 2026, Words("Summer counselors"), "enrollment",
                Words("Asked which goal it serves."), Decimal(40000),
            ),
        ),
        programs=(
            Program(
                "sample-line", program, "Sample Text Line", Words("Reminders over the summer."), date(2025, 6, 1), None,
                (WayStep.SUMMER,), (2025, 2026), "",
            ),
        ),
    )  # fmt: skip


def edition() -> Edition:
    return Edition(2, PUBLISHED, coalition())


def large(number: int) -> Coalition:
    """As many signers as one likes, each of them assessed on one promise."""
    sectors = [sector for sector in Sector if sector]
    organizations = tuple(
        organization(f"Sample {index:04}", sectors[index % 7], Role.MEMBER) for index in range(number)
    )
    words = tuple(word(one.slug, "6", State.COMPLETE) for one in organizations)
    return Coalition(compacts=coalition().compacts, organizations=organizations, assessments=words)
