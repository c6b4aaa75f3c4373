"""A batch is one received file on its way in: its rows, its problems, and who accepted it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metrics.calc import precedence

from .definitions import Group, Indicator, Place
from .observations import FigureFields, Observation
from .provenance import Source, SourceFile


class Batch(models.Model):
    """Rows read from one file, waiting for a person to accept or discard them."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for review")
        ACCEPTED = "accepted", _("accepted")
        DISCARDED = "discarded", _("discarded")
        UNDONE = "undone", _("accepted and undone")

    #: States in which no figure of the file stands: the same file may come again.
    WITHOUT_EFFECT = (State.DISCARDED, State.UNDONE)

    source_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="batches", verbose_name=_("file"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    rows_read = models.PositiveIntegerField(_("rows read"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason of the change"), max_length=400, blank=True, help_text=_("Public."))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    remarks = models.JSONField(
        _("remarks"), default=list, blank=True, help_text=_("What there is to say of the whole file, in sentences.")
    )

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
            models.CheckConstraint(
                condition=(Q(state="undone") & Q(undone_by__isnull=False) & Q(undone_at__isnull=False))
                | (~Q(state="undone") & Q(undone_by__isnull=True) & Q(undone_at__isnull=True)),
                name="an_undone_batch_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.source_file)


class StagedRow(FigureFields):
    """One good figure of a batch, and what accepting it would do. A line of a wide layout has several.

    The database is not asked whether what a row names is there: a million rows are written at once, all of them made
    from what was looked up a moment before, and an observation made of one is asked.
    """

    class Outcome(models.TextChoices):
        NEW = precedence.Outcome.NEW.value, _("new")
        CHANGED = precedence.Outcome.CHANGED.value, _("changed")
        UNCHANGED = precedence.Outcome.UNCHANGED.value, _("unchanged")
        STRICTER = precedence.Outcome.STRICTER.value, _("left out: what stands is withheld, and stays so")
        OUTRANKED = precedence.Outcome.OUTRANKED.value, _("left out: the source of what stands goes first")
        EARLIER = precedence.Outcome.EARLIER.value, _("left out: what stands is of a later time")

    #: What accepting the batch makes figures of.
    TAKEN = (Outcome.NEW, Outcome.CHANGED)
    #: Where the file disagrees with what stands, and what stands is kept.
    LEFT = (Outcome.STRICTER, Outcome.OUTRANKED, Outcome.EARLIER)

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_constraint=False)
    line = models.PositiveIntegerField(_("line"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    place = models.ForeignKey(Place, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    period = models.PositiveSmallIntegerField(_("year"))
    source = models.ForeignKey(Source, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    replaces = models.ForeignKey(
        Observation, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = _("staged row")
        verbose_name_plural = _("staged rows")
        ordering = ["line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "indicator", "place", "group", "period"], name="one_staged_row_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class Problem(models.Model):
    """One reason why a line was refused, in one clear sentence."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=40, blank=True)
    sentence = models.CharField(_("problem"), max_length=400)
    cell = models.CharField(
        _("in the file"), max_length=120, blank=True, help_text=_("Only where it can tell about nobody.")
    )
    nearest = models.CharField(_("nearest known spelling"), max_length=160, blank=True)
    entry = models.JSONField(
        _("the line"), null=True, blank=True, help_text=_("Kept where only a spelling is in the way.")
    )

    class Meta:
        verbose_name = _("refused line")
        verbose_name_plural = _("refused lines")
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return self.sentence


class Reading(models.Model):
    """A file that is being read, or a batch that is being accepted, outside the request: how far it has come.

    Nothing of the file is here, not even its name, before it has proved to be a table of figures.
    """

    class State(models.TextChoices):
        WORKING = "working", _("being read")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WORKING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField()
    process = models.PositiveIntegerField(null=True)
    host = models.CharField(max_length=255, blank=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="readings")
    sentence = models.CharField(max_length=600, blank=True)

    class Meta:
        verbose_name = _("reading of a file")
        verbose_name_plural = _("readings of files")
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return str(self.key)
