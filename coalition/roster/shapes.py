"""What the public may know of the coalition, field by field. What has no place in these shapes cannot get out.

Frozen, never model instances; an edition is the canonical JSON of `Coalition`. A field that is added later needs a
default: the edition that is public while the board is brought up to date does not know it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coalition.rules.ledger import Evidence, State
from coalition.rules.money import Kind
from coalition.rules.programs import WayStep
from coalition.rules.roles import Binds, Role
from coalition.rules.sectors import Sector
from coalition.rules.teams import Progress, Step


@dataclass(frozen=True, slots=True)
class Words:
    """A text in English and, where somebody has written it, in Spanish."""

    en: str = ""
    es: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A day, or the source's words for it where the day is not known."""

    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that something here is known from. `stated` is in words; `url` may be empty."""

    title: str
    url: str
    stated: str
    stated_es: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise of the Compact. `done` ends the sentence “4 of 7 …”."""

    number: str
    short: Words
    text: Words
    done: Words
    binds: Binds
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Compact:
    """A version of the Compact. Signatures name it by its number."""

    number: int
    document: Document
    since: When
    note: Words
    is_current: bool
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One event: signed or, when `withdrew`, taken back. In the order in which they happened."""

    version: int
    withdrew: bool
    when: When
    office: str
    reason: str
    source: Document | None
    position: int | None


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A part an organization plays. `until` is its last day."""

    role: Role
    since: When
    until: date | None
    source: Document | None


@dataclass(frozen=True, slots=True)
class Organization:
    """One organization. `logo` is the SHA-256 of its picture, or empty."""

    slug: str
    name: str
    sector: Sector
    sector_note: str
    url: str
    what: Words
    logo: str
    roles: tuple[RoleHeld, ...]
    signatures: tuple[SignatureLine, ...]
    sector_note_es: str = ""


@dataclass(frozen=True, slots=True)
class PastWord:
    """What was said of a promise before, with what it rested on, the reply beside it then, and why it changed."""

    state: State
    said_on: date
    why_changed: str
    reply: str = ""
    replied_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is said of one organization, commitment and year, with the organization's reply beside it."""

    organization: str
    version: int
    commitment: str
    year: int
    state: State
    evidence: str
    url: str
    has_file: bool
    from_data: bool
    said_on: date
    reply: str
    replied_on: date | None
    history: tuple[PastWord, ...]


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One step in a team's life."""

    step: Step
    when: When
    decision: Words
    source: Document | None


@dataclass(frozen=True, slots=True)
class Metric:
    """What a team is measured by; `metrics.published` knows the figures. Values in the indicator's unit."""

    indicator: str
    place: str
    group: str
    baseline_value: Decimal
    baseline_year: int
    target_value: Decimal
    target_year: int
    document: Document | None


@dataclass(frozen=True, slots=True)
class TeamMember:
    organization: str
    is_lead: bool
    since: When
    until: date | None


@dataclass(frozen=True, slots=True)
class LogLine:
    progress: Progress
    since: date
    note: Words


@dataclass(frozen=True, slots=True)
class Milestone:
    text: Words
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Strategy:
    """One strategy in action. The last line of its log says where it stands; a new one has none."""

    key: int
    title: Words
    text: Words
    log: tuple[LogLine, ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    title: Words
    url: str


@dataclass(frozen=True, slots=True)
class Team:
    """An action team. Its last step says where it stands; `goal` is the address of a goal, or empty."""

    slug: str
    number: int | None
    name: str
    name_es: str
    summary: Words
    problem: Words
    why: Words
    goal: str
    life: tuple[LifeStep, ...]
    metric: Metric | None
    members: tuple[TeamMember, ...]
    strategies: tuple[Strategy, ...]
    resources: tuple[Resource, ...]
    sources: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A Collective Action Plan that was adopted. `strategies` are keys of strategies of the teams."""

    year: int
    title: Words
    intro: Words
    adopted_on: date
    strategies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one organization brings in one year, in dollars. None: nobody has said; never 0."""

    organization: str
    year: int
    kind: Kind
    what: Words
    team: str
    goal: str
    promised: Decimal | None
    delivered: Decimal | None
    valuation: Words


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant its funder shared of its own accord. Amount in dollars; None: not shared."""

    organization: str
    recipient: str
    year: int
    purpose: Words
    goal: str
    weighed: Words
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Program:
    """One program. `shared` are the years for which its figures were accepted; `place` finds them once published."""

    slug: str
    organization: str
    name: str
    what: Words
    since: date | None
    until: date | None
    steps: tuple[WayStep, ...]
    shared: tuple[int, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Coalition:
    """Everything the public may know of the coalition.

    organizations   by name
    moved           old address → address, of organizations that were merged
    """

    compacts: tuple[Compact, ...] = ()
    organizations: tuple[Organization, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    assessments: tuple[Assessment, ...] = ()
    teams: tuple[Team, ...] = ()
    plans: tuple[Plan, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    grants: tuple[Grant, ...] = ()
    programs: tuple[Program, ...] = ()
