"""What was promised and what is said of it, as the public may know it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coalition import models
from coalition.roster import shapes
from coalition.roster.shapes import When, Words
from coalition.rules.ledger import Evidence, State
from coalition.rules.roles import Binds

from .shared import known


def compacts() -> Iterable[shapes.Compact]:
    """The current version, those before it, and what anybody signed; one that is still being written is nobody's."""
    every = models.CompactVersion.objects.select_related("document").prefetch_related("commitments")
    signed = Exists(models.Signature.objects.filter(version=OuterRef("pk")))
    for version in every.filter(Q(pk__in=models.CompactVersion.objects.open()) | Q(signed)):
        yield shapes.Compact(
            version.number,
            known(version.document),
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


def assessments() -> Iterable[shapes.Assessment]:
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
            tuple(_history(one, earlier, replies)),
        )


def _history(
    one: models.Assessment, earlier: dict[int, models.Assessment], replies: dict[int, models.Reply]
) -> Iterable[shapes.PastWord]:
    """What was public before, newest first; a draft that was replaced before anybody saw it is no history."""
    why, before = one.reason, earlier.get(one.supersedes_id or 0)
    while before is not None:
        if before.released_at is not None:
            reply = replies.get(before.pk)
            yield shapes.PastWord(
                State(before.state),
                _day(before.assessed_at),
                why,
                reply.text if reply else "",
                _day(reply.written_at) if reply else None,
                before.evidence,
            )
            why = before.reason
        before = earlier.get(before.supersedes_id or 0)


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]
