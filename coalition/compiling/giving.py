"""What organizations give and run, as the public may know it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q

from coalition import models
from coalition.roster import shapes
from coalition.roster.shapes import Words
from coalition.rules.money import Kind
from coalition.rules.programs import WayStep

from .shared import slug
from .teams import public_teams


def contributions() -> Iterable[shapes.Contribution]:
    public = models.Contribution.objects.filter(Q(team=None) | Q(team__in=public_teams()))
    for one in public.select_related("organization", "team", "goal"):
        yield shapes.Contribution(
            one.organization.slug,
            one.year,
            Kind(one.kind),
            Words(one.what, one.what_es),
            slug(one.team),
            slug(one.goal),
            one.promised,
            one.delivered,
            Words(one.valuation, one.valuation_es),
        )


def grants() -> Iterable[shapes.Grant]:
    for one in models.Grant.objects.select_related("organization", "goal"):
        yield shapes.Grant(
            one.organization.slug,
            one.recipient,
            one.year,
            Words(one.purpose, one.purpose_es),
            slug(one.goal),
            Words(one.weighed, one.weighed_es),
            one.amount,
        )


def programs() -> Iterable[shapes.Program]:
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
