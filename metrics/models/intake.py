"""A batch is one received file on its way in: its rows, its problems, and who accepted it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .definitions import Group, Indicator, Place
from .observations import FigureFields, Observation
from .provenance import Source, SourceFile


class Batch(models.Model):
    """Rows read from one file, waiting for a person to accept or discard them."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for review")
        ACCEPTED = "accepted", _("accepted")
        DISCARDED = "discarded", _("discarded")

    source_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="batches", verbose_name=_("file"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    rows_read = models.PositiveIntegerField(_("rows read"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason of the change"), max_length=400, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("batch of figures")
        verbose_name_plural = _("batches of figures")
        ordering = ["-pk"]
        permissions = [("accept_batch", "Can accept or discard a batch of figures")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="waiting") & Q(decided_by__isnull=True) & Q(decided_at__isnull=True))
                | (~Q(state="waiting") & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="a_decided_batch_has_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["source_file"], condition=Q(state="waiting"), name="one_waiting_batch_of_a_file"
            ),
        ]

    def __str__(self) -> str:
        return str(self.source_file)


class StagedRow(FigureFields):
    """One good figure of a batch, and what accepting it would do. A line of a wide layout has several."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    period = models.PositiveSmallIntegerField(_("year"))
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    replaces = models.ForeignKey(Observation, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("staged row")
        verbose_name_plural = _("staged rows")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line", "indicator"], name="one_staged_row_per_line_and_indicator")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class Problem(models.Model):
    """One reason why a line was refused, in one clear sentence."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=40, blank=True)
    sentence = models.CharField(_("problem"), max_length=400)

    class Meta:
        verbose_name = _("refused line")
        verbose_name_plural = _("refused lines")
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return self.sentence
