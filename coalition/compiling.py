"""From the tables to what the public may know: the only place that decides what an edition holds.

A fixed number of queries, however large the coalition is.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from coalition import models
from coalition.roster import shapes
from coalition.roster.shapes import When, Words
from coalition.rules.ledger import Evidence, State
from coalition.rules.money import Kind
from coalition.rules.programs import WayStep
from coalition.rules.roles import Binds, Role
from coalition.rules.sectors import Sector
from coalition.rules.teams import PUBLIC_STEPS, Progress, Step


def coalition() -> shapes.Coalition:
    """Everything the public may know of the coalition, as it stands."""
    return shapes.Coalition(
        compacts=tuple(_compacts()),
        organizations=tuple(_organizations()),
        moved=tuple(_moved()),
        assessments=tuple(_assessments()),
        teams=tuple(_teams()),
        plans=tuple(_plans()),
        contributions=tuple(_contributions()),
        grants=tuple(_grants()),
        programs=tuple(_programs()),
    )


def _document(document: models.Document | None) -> shapes.Document | None:
    return None if document is None else _known(document)


def _known(document: models.Document) -> shapes.Document:
    return shapes.Document(document.title, document.url, document.stated)


def _slug(row: object) -> str:
    """The short name of a row that may not be there."""
    return str(getattr(row, "slug", "") or "")


def _compacts() -> Iterable[shapes.Compact]:
    found = models.CompactVersion.objects.select_related("document").prefetch_related("commitments")
    for version in found:
        yield shapes.Compact(
            version.number,
            _known(version.document),
            When(version.since, version.since_text),
            Words(version.note, version.note_es),
            version.is_current,
            tuple(
                shapes.Commitment(
                    one.number,
                    Words(one.short, one.short_es),
                    Words(one.text, one.text_es),
                    Words(one.done, one.done_es),
                    Binds(one.binds),
                    Evidence(one.evidence),
                )
                for one in version.commitments.all()
            ),
        )


def _organizations() -> Iterable[shapes.Organization]:
    signatures: dict[int, list[shapes.SignatureLine]] = defaultdict(list)
    events = models.Signature.objects.select_related("version", "source")
    for event in events.order_by("organization", "version__number", "pk"):
        signatures[event.organization_id].append(_signature(event))
    roles: dict[int, list[shapes.RoleHeld]] = defaultdict(list)
    for period in models.RolePeriod.objects.select_related("source"):
        since = When(period.since, period.since_text)
        roles[period.organization_id].append(
            shapes.RoleHeld(Role(period.role), since, period.until, _document(period.source))
        )
    for one in models.Organization.objects.with_a_part().select_related("logo").order_by("name"):
        yield shapes.Organization(
            one.slug,
            one.name,
            Sector(one.sector),
            one.sector_note,
            one.url,
            Words(one.what_it_does, one.what_it_does_es),
            one.logo.sha256 if one.logo else "",
            tuple(roles[one.pk]),
            tuple(signatures[one.pk]),
        )


def _signature(event: models.Signature) -> shapes.SignatureLine:
    return shapes.SignatureLine(
        event.version.number,
        event.kind == models.Signature.Kind.WITHDRAWN,
        When(event.happened_on, event.happened_text),
        event.office,
        event.reason,
        _document(event.source),
        event.position,
    )


def _moved() -> Iterable[tuple[str, str]]:
    into = dict(models.Organization.objects.values_list("slug", "merged_into__slug").order_by("slug"))
    for old, first in into.items():
        target = first
        while target and into.get(target):
            target = into[target]
        if target:
            yield old, target


def _assessments() -> Iterable[shapes.Assessment]:
    earlier = {one.pk: one for one in models.Assessment.objects.filter(superseded_by__isnull=False)}
    replies = {reply.assessment_id: reply for reply in models.Reply.objects.order_by("pk")}  # the last one stays
    shown = models.Assessment.objects.public().select_related("organization", "commitment__version")
    for one in shown.order_by("organization__slug", "commitment__version__number", "commitment__position", "year"):
        reply = replies.get(one.pk)
        yield shapes.Assessment(
            one.organization.slug,
            one.commitment.version.number,
            one.commitment.number,
            one.year,
            State(one.state),
            one.evidence,
            one.evidence_url,
            one.evidence_file_id is not None,
            one.from_data,
            _day(one.assessed_at),
            reply.text if reply else "",
            _day(reply.written_at) if reply else None,
            tuple(_history(one, earlier)),
        )


def _history(one: models.Assessment, earlier: dict[int, models.Assessment]) -> Iterable[shapes.PastWord]:
    """What was public before, newest first; a draft that was replaced before anybody saw it is no history."""
    why, before = one.reason, earlier.get(one.supersedes_id or 0)
    while before is not None:
        if before.released_at is not None:
            yield shapes.PastWord(State(before.state), _day(before.assessed_at), why)
            why = before.reason
        before = earlier.get(before.supersedes_id or 0)


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]


def _public_teams() -> QuerySet[models.ActionTeam]:
    """A proposal is the Steering Committee's until it is approved: who is in it, what it does, what it is given."""
    public = models.TeamEvent.objects.filter(step__in=PUBLIC_STEPS)
    return models.ActionTeam.objects.filter(pk__in=public.values("team"))


def _teams() -> Iterable[shapes.Team]:
    found = (
        _public_teams()
        .select_related("source", "goal", "indicator", "place", "group", "target_source")
        .prefetch_related(
            "events__source",
            "memberships__organization",
            "strategies__events",
            "strategies__milestones",
            "resources",
        )
    )
    for team in found:
        yield shapes.Team(
            team.slug,
            team.number,
            team.name,
            team.name_es,
            Words(team.summary, team.summary_es),
            Words(team.problem, team.problem_es),
            Words(team.why, team.why_es),
            _slug(team.goal),
            _document(team.source),
            tuple(_step(event) for event in team.events.all()),
            _metric(team),
            tuple(
                shapes.TeamMember(one.organization.slug, one.is_lead, When(one.since, one.since_text), one.until)
                for one in team.memberships.all()
            ),
            tuple(_strategy(one) for one in team.strategies.all()),
            tuple(shapes.Resource(Words(one.title, one.title_es), one.url) for one in team.resources.all()),
        )


def _step(event: models.TeamEvent) -> shapes.LifeStep:
    when = When(event.happened_on, event.happened_text)
    return shapes.LifeStep(Step(event.step), when, Words(event.decision, event.decision_es), _document(event.source))


def _metric(team: models.ActionTeam) -> shapes.Metric | None:
    if team.indicator is None or team.place is None or team.group is None:
        return None
    if team.baseline_value is None or team.baseline_year is None:
        return None  # a check constraint forbids half a metric
    if team.target_value is None or team.target_year is None:
        return None
    return shapes.Metric(
        _slug(team.indicator),
        team.place.code,
        _slug(team.group),
        team.baseline_value,
        team.baseline_year,
        team.target_value,
        team.target_year,
        _document(team.target_source),
    )


def _strategy(one: models.Strategy) -> shapes.Strategy:
    return shapes.Strategy(
        one.pk,
        Words(one.title, one.title_es),
        Words(one.text, one.text_es),
        tuple(
            shapes.LogLine(Progress(line.progress), line.happened_on, Words(line.note, line.note_es))
            for line in one.events.all()
        ),
        tuple(
            shapes.Milestone(Words(mark.text, mark.text_es), mark.due_on, mark.done_on) for mark in one.milestones.all()
        ),
    )


def _plans() -> Iterable[shapes.Plan]:
    strategies = models.Strategy.objects.filter(team__in=_public_teams())
    for plan in models.Plan.objects.prefetch_related(Prefetch("strategies", strategies)):
        if plan.adopted_on is None:
            continue  # a plan nobody has adopted stays in the drawer
        yield shapes.Plan(
            plan.year,
            Words(plan.title, plan.title_es),
            Words(plan.intro, plan.intro_es),
            plan.adopted_on,
            tuple(strategy.pk for strategy in plan.strategies.all()),
        )


def _contributions() -> Iterable[shapes.Contribution]:
    public = models.Contribution.objects.filter(Q(team=None) | Q(team__in=_public_teams()))
    for one in public.select_related("organization", "team", "goal"):
        yield shapes.Contribution(
            one.organization.slug,
            one.year,
            Kind(one.kind),
            Words(one.what, one.what_es),
            _slug(one.team),
            _slug(one.goal),
            one.promised,
            one.delivered,
            Words(one.valuation, one.valuation_es),
        )


def _grants() -> Iterable[shapes.Grant]:
    for one in models.Grant.objects.select_related("organization", "goal"):
        yield shapes.Grant(
            one.organization.slug,
            one.recipient,
            one.year,
            Words(one.purpose, one.purpose_es),
            _slug(one.goal),
            Words(one.weighed, one.weighed_es),
            one.amount,
        )


def _programs() -> Iterable[shapes.Program]:
    shared: dict[int, set[int]] = defaultdict(set)
    for program, year in models.Upload.objects.filter(state=models.Upload.State.ACCEPTED).values_list(
        "program", "year"
    ):
        shared[program].add(year)
    found = models.Program.objects.select_related("organization").prefetch_related("steps")
    for one in found.annotate(code=F("place__code")):
        served = {row.step for row in one.steps.all()}
        yield shapes.Program(
            one.slug,
            one.organization.slug,
            one.name,
            Words(one.what, one.what_es),
            one.since,
            one.until,
            tuple(step for step in WayStep if step in served),
            tuple(sorted(shared[one.pk])),
            one.code or "",
        )
