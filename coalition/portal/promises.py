"""What one organization promised, and every word said of it that it may see: what was sent to it, never a draft."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from coalition import roster
from coalition.actions.ledger import stage
from coalition.models import Assessment, Commitment, Organization, Reply
from coalition.promises import standings
from coalition.rules import roles
from coalition.rules.ledger import Stage
from coalition.rules.roles import Binds

#: Version of the Compact, number of the commitment, year.
Key = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A word on one promise and year.

    days_left   until the last day to reply, 0 on that day; None where no reply is waited for
    withdrawn   the staff writes another word in its place, which the organization reads first again
    may_reply   nobody but the organization and the staff has read it yet
    on_page     the public reads it now; a released one that is not on the page comes with the next edition
    """

    assessment: Assessment
    replies: tuple[Reply, ...]
    stage: Stage
    days_left: int | None
    on_page: bool
    withdrawn: bool

    @property
    def may_reply(self) -> bool:
        return self.stage in (Stage.WITH_ORGANIZATION, Stage.READY) and not self.withdrawn

    @property
    def waits(self) -> bool:
        return self.days_left is not None

    @property
    def reply(self) -> Reply | None:
        """The one that stands beside the word."""
        return self.replies[-1] if self.replies else None

    @property
    def address(self) -> tuple[int, int, str]:
        """What `members:promise` asks for."""
        commitment = self.assessment.commitment
        return commitment.version.number, self.assessment.year, commitment.number


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One commitment that binds the organization, or once did, and the latest word on each year, newest first."""

    commitment: Commitment
    binds: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class PromisePage:
    """The latest word on one promise and year, and what was said before it, newest first."""

    latest: Said
    before: tuple[Said, ...]


def promise_lines(organization: Organization, on: date) -> tuple[PromiseLine, ...]:
    """Every promise of the organization, in the order of the Compact. Seven queries, however much was said."""
    words: dict[int, list[Said]] = defaultdict(list)
    for chain in _chains(organization, on).values():
        words[chain[0].assessment.commitment_id].append(chain[0])
    found = standings(year=on.year, today=on, organizations=[organization.pk]).get(organization.pk)
    version, held = (found.version, found.roles) if found else (None, frozenset())
    lines = []
    for one in Commitment.objects.select_related("version").order_by("-version__number", "position", "number"):
        binds = one.version.number == version and roles.BOUND[Binds(one.binds)] in held
        if binds or words[one.pk]:
            lines.append(PromiseLine(one, binds, tuple(words[one.pk])))
    return tuple(lines)


def promise_page(organization: Organization, key: Key, on: date) -> PromisePage | None:
    """One promise and year; None where the organization was sent no word on it, whatever the reason."""
    chain = _chains(organization, on).get(key)
    return PromisePage(chain[0], tuple(chain[1:])) if chain else None


def waiting_words(organization: Organization, on: date) -> tuple[Said, ...]:
    """Those that wait for a reply, the most urgent first."""
    said = [chain[0] for chain in _chains(organization, on).values() if chain[0].waits]
    return tuple(sorted(said, key=lambda one: one.days_left or 0))


def _chains(organization: Organization, on: date) -> dict[Key, list[Said]]:
    """Every word that was sent to the organization, by promise and year, newest first. Three queries."""
    public = {
        (one.version, one.commitment, one.year, one.state.value, one.reply)
        for one in roster.edition().coalition.assessments
        if one.organization == organization.slug
    }
    sent = organization.assessments.filter(sent_at__isnull=False)
    chains: dict[Key, list[Said]] = defaultdict(list)
    rows = sent.select_related("commitment__version", "superseded_by").prefetch_related("replies")
    for row in rows.order_by("-year", "commitment__position", "-pk"):
        key = (row.commitment.version.number, row.commitment.number, row.year)
        replies = tuple(row.replies.all())
        reply = replies[-1].text if replies else ""
        where = stage(row, on=on)
        # A word that another is about to replace asks for nothing any more; what is public stays so until then.
        withdrawn = where is not Stage.PUBLIC and hasattr(row, "superseded_by")
        waits = where is Stage.WITH_ORGANIZATION and not withdrawn
        left = (row.reply_until - on).days if waits and row.reply_until else None
        on_page = where is Stage.PUBLIC and (*key, row.state, reply) in public
        chains[key].append(Said(row, replies, where, left, on_page, withdrawn))
    return chains
