"""Who is in the coalition, as the public may know it."""

from collections import defaultdict
from collections.abc import Iterable

from coalition import models
from coalition.roster import shapes
from coalition.roster.shapes import When, Words
from coalition.rules.roles import Role
from coalition.rules.sectors import Sector

from .shared import document


def organizations() -> Iterable[shapes.Organization]:
    signatures: dict[int, list[shapes.SignatureLine]] = defaultdict(list)
    events = models.Signature.objects.select_related("version", "source")
    for event in events.order_by("organization", "version__number", "pk"):
        signatures[event.organization_id].append(_signature(event))
    roles: dict[int, list[shapes.RoleHeld]] = defaultdict(list)
    for period in models.RolePeriod.objects.select_related("source"):
        since = When(period.since, period.since_text)
        roles[period.organization_id].append(
            shapes.RoleHeld(Role(period.role), since, period.until, document(period.source))
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
            one.sector_note_es,
        )


def _signature(event: models.Signature) -> shapes.SignatureLine:
    return shapes.SignatureLine(
        event.version.number,
        event.kind == models.Signature.Kind.WITHDRAWN,
        When(event.happened_on, event.happened_text),
        event.office,
        event.reason,
        document(event.source),
        event.position,
    )


def moved() -> Iterable[tuple[str, str]]:
    """Old addresses of organizations that are public; of others nobody knows that they were there."""
    public = set(models.Organization.objects.with_a_part().values_list("slug", flat=True))
    into = dict(models.Organization.objects.values_list("slug", "merged_into__slug").order_by("slug"))
    for old, first in into.items():
        target = first
        while target and into.get(target):
            target = into[target]
        if target in public:
            yield old, target
