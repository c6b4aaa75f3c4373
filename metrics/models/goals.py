"""What was promised: the goals, and how each document states them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .definitions import Indicator
from .managers import NaturalKeyManager


class Goal(models.Model):
    """One of the coalition's three goals."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, help_text=_("Public."))
    name_es = models.CharField(_("name, in Spanish"), max_length=80, blank=True, help_text=_("Public."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    companion = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("companion indicator"),
        help_text=_("Shown by group and beside the state where the goal's own figures are not broken down."),
    )

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class GoalStatement(models.Model):
    """A goal as one document states it: from where, to where, by when, in which definition."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="statements", verbose_name=_("goal"))
    slug = models.SlugField(_("short name"), max_length=40, help_text=_("Of the document: launch, compact …"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("stated in"))
    baseline_value = models.DecimalField(_("start"), max_digits=6, decimal_places=2)
    baseline_year = models.PositiveSmallIntegerField(
        _("year of the start"), null=True, blank=True, help_text=_("Leave empty when it is not known.")
    )
    baseline_year_is_reading = models.BooleanField(
        _("the year is our reading"), default=False, help_text=_("The document does not give it. Said publicly.")
    )
    baseline_note = models.TextField(_("why this year"), max_length=400, blank=True, help_text=_("Public."))
    baseline_note_es = models.TextField(
        _("why this year, in Spanish"), max_length=500, blank=True, help_text=_("Public.")
    )
    target_value = models.DecimalField(_("target"), max_digits=6, decimal_places=2)
    target_year = models.PositiveSmallIntegerField(_("target year"), validators=[MinValueValidator(2000)])
    document = models.CharField(_("document"), max_length=200, help_text=_("Public: where the goal is stated."))
    document_es = models.CharField(_("document, in Spanish"), max_length=240, blank=True, help_text=_("Public."))
    url = models.URLField(_("address of the document"), max_length=500, blank=True)
    stated = models.CharField(_("when stated"), max_length=80, help_text=_("Public, in words: October 2016."))
    stated_es = models.CharField(_("when stated, in Spanish"), max_length=120, blank=True, help_text=_("Public."))
    note = models.TextField(_("note"), max_length=400, blank=True, help_text=_("Public."))
    note_es = models.TextField(_("note, in Spanish"), max_length=500, blank=True, help_text=_("Public."))
    is_current = models.BooleanField(_("the statement progress is measured from"), default=False)

    objects = NaturalKeyManager("goal__slug", "slug")

    class Meta:
        verbose_name = _("statement of a goal")
        verbose_name_plural = _("statements of goals")
        ordering = ["goal__position", "-is_current", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "slug"], name="one_statement_per_document"),
            models.UniqueConstraint(
                fields=["goal"], condition=models.Q(is_current=True), name="one_current_statement_per_goal"
            ),
            models.CheckConstraint(
                condition=models.Q(is_current=False) | models.Q(baseline_year__isnull=False),
                name="current_statement_has_baseline_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal}, {self.document}"

    def natural_key(self) -> tuple[str, str]:
        return (self.goal.slug, self.slug)

    natural_key.dependencies = ["metrics.goal"]  # type: ignore[attr-defined]
