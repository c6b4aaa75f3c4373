"""What was observed: append-only. A correction is a new row that supersedes the old one and says why."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metrics.calc import cells
from metrics.calc.rates import plain, published

from .definitions import Group, Indicator, Place
from .provenance import Source, SourceFile

_ASKED_ONCE: dict[str, Any] = {"db_index": False, "db_constraint": False}


class Status(models.TextChoices):
    FINAL = cells.Status.FINAL.value, _("final")
    PROVISIONAL = cells.Status.PROVISIONAL.value, _("provisional")
    DERIVED = cells.Status.DERIVED.value, _("derived: computed here from published counts")
    SUPPRESSED = cells.Status.SUPPRESSED.value, _("suppressed by the source")
    NOT_YET_AVAILABLE = cells.Status.NOT_YET_AVAILABLE.value, _("not yet available")
    NOT_APPLICABLE = cells.Status.NOT_APPLICABLE.value, _("not applicable")


class FigureFields(models.Model):
    """What a figure says, wherever it stands: staged, observed or published."""

    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4, null=True, blank=True)
    numerator = models.PositiveIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.PositiveIntegerField(_("denominator"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status)
    note = models.TextField(_("note"), max_length=600, blank=True, help_text=_("Public."))

    class Meta:
        abstract = True

    def printed(self, value: Decimal) -> Decimal:
        """The value as its publisher prints it, and with all it says where it says more."""
        exact, indicator = plain(value), self.indicator  # type: ignore[attr-defined]
        decimals = getattr(indicator, "decimals", 0)
        return exact if -int(exact.as_tuple().exponent) > decimals else published(exact, decimals)

    @property
    def in_words(self) -> str:
        """The whole figure for people who review it: value or status, counts, note."""
        said = self.get_status_display() if self.value is None else str(self.printed(self.value))
        counts = "/".join("?" if count is None else str(count) for count in (self.numerator, self.denominator))
        parts = [said, counts if counts != "?/?" else "", self.note]
        if self.status != cells.Status.FINAL and self.value is not None:
            parts.insert(1, self.get_status_display())
        return ", ".join(part for part in parts if part)


def value_matches_status(name: str) -> models.CheckConstraint:
    """A figure has a value exactly when its status promises one."""
    with_value = Q(status__in=sorted(cells.WITH_VALUE))
    return models.CheckConstraint(
        condition=(with_value & Q(value__isnull=False)) | (~with_value & Q(value__isnull=True)), name=name
    )


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> "ObservationQuerySet":
        """What stands: observations that nothing supersedes."""
        return self.filter(superseded_by__isnull=True)


class Observation(FigureFields):
    """One figure of one indicator, place, group and period, as received.

    The first observation of a key has no predecessor, every later one names its own; so each key
    has one chain and exactly one end, and no row is ever edited.
    """

    # One index on the key serves every question; each more would be written for every figure of a large file. Whether
    # what a figure names is there, `metrics.intake.bulk.record` asks once for the whole file and holds it meanwhile;
    # asked by the database for every figure, a million of them took four times as long. PROTECT keeps it there.
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator"), **_ASKED_ONCE
    )
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="observations", verbose_name=_("place"), db_constraint=False
    )
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="observations", verbose_name=_("student group"), **_ASKED_ONCE
    )
    period = models.PositiveSmallIntegerField(_("year"))
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="observations", verbose_name=_("source"), **_ASKED_ONCE
    )
    source_file = models.ForeignKey(
        SourceFile, models.PROTECT, null=True, blank=True, verbose_name=_("file"), db_constraint=False
    )
    line = models.PositiveIntegerField(_("line of the file"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"), **_ASKED_ONCE
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("replaces")
    )
    reason = models.CharField(_("reason of the change"), max_length=400, blank=True, help_text=_("Public."))

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["indicator", "place", "group", "period"]
        indexes = [models.Index(fields=["indicator", "place", "group", "period"], name="observation_key")]
        constraints = [
            value_matches_status("observation_value_matches_status"),
            models.UniqueConstraint(
                fields=["indicator", "place", "group", "period"],
                condition=Q(supersedes__isnull=True),
                name="one_first_observation_per_key",
            ),
            models.CheckConstraint(condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="a_correction_says_why"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True)
                | Q(denominator__isnull=True)
                | Q(numerator__lte=models.F("denominator")),
                name="observation_numerator_within_denominator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place}, {self.group}, {self.period}"
