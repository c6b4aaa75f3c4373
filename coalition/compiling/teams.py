"""Action teams and the yearly plans, as the public may know them."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from coalition import models
from coalition.roster import shapes
from coalition.roster.shapes import When, Words
from coalition.rules.teams import PUBLIC_STEPS, Progress, Step

from .shared import document, known, slug


def public_teams() -> QuerySet[models.ActionTeam]:
    """A proposal is the Steering Committee's until it is approved: who is in it, what it does, what it is given."""
    public = models.TeamEvent.objects.filter(step__in=PUBLIC_STEPS)
    return models.ActionTeam.objects.filter(pk__in=public.values("team"))


def teams() -> Iterable[shapes.Team]:
    found = (
        public_teams()
        .select_related("goal", "indicator", "place", "group", "target_source")
        .prefetch_related(
            "events__source",
            "memberships__organization",
            "strategies__events",
            "strategies__milestones",
            "resources",
            "sources",
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
            slug(team.goal),
            tuple(_step(event) for event in team.events.all()),
            _metric(team),
            tuple(
                shapes.TeamMember(one.organization.slug, one.is_lead, When(one.since, one.since_text), one.until)
                for one in team.memberships.all()
            ),
            tuple(_strategy(one) for one in team.strategies.all()),
            tuple(shapes.Resource(Words(one.title, one.title_es), one.url) for one in team.resources.all()),
            tuple(known(one) for one in team.sources.all()),
        )


def _step(event: models.TeamEvent) -> shapes.LifeStep:
    when = When(event.happened_on, event.happened_text)
    return shapes.LifeStep(Step(event.step), when, Words(event.decision, event.decision_es), document(event.source))


def _metric(team: models.ActionTeam) -> shapes.Metric | None:
    if team.indicator is None or team.place is None or team.group is None:
        return None
    if team.baseline_value is None or team.baseline_year is None:
        return None  # a check constraint forbids half a metric
    if team.target_value is None or team.target_year is None:
        return None
    return shapes.Metric(
        slug(team.indicator),
        team.place.code,
        slug(team.group),
        team.baseline_value,
        team.baseline_year,
        team.target_value,
        team.target_year,
        document(team.target_source),
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


def plans() -> Iterable[shapes.Plan]:
    strategies = models.Strategy.objects.filter(team__in=public_teams())
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
