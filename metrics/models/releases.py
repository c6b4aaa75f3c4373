"""What is public: releases, the definitions they froze, and the cells they show."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .observations import FigureFields, Observation, value_matches_status


class DefinitionSet(models.Model):
    """Indicators, groups, places, goals and sources as one release published them.

    Kept as the canonical JSON text itself, so that the hash is over the bytes stored; releases
    that change no definition share one row.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    body = models.TextField(_("definitions, as JSON"))

    def __str__(self) -> str:
        return self.sha256[:12]


class ReleaseQuerySet(models.QuerySet["Release"]):
    def published(self) -> "ReleaseQuerySet":
        return self.filter(state=Release.State.PUBLISHED).order_by("-number")


class Release(models.Model):
    """One act of publishing. Its number is its place in the public history."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    number = models.PositiveIntegerField(_("number"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    summary = models.CharField(
        _("what changed"), max_length=400, help_text=_("Public: one sentence in the list of updates.")
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    definitions = models.ForeignKey(DefinitionSet, models.PROTECT, null=True, blank=True, related_name="releases")
    content_sha256 = models.CharField(_("hash of all cells shown"), max_length=64, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]
        permissions = [("publish_release", "Can publish a release")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="draft") & Q(published_by__isnull=True) & Q(published_at__isnull=True))
                | (
                    Q(state="published")
                    & Q(published_by__isnull=False)
                    & Q(published_at__isnull=False)
                    & Q(definitions__isnull=False)
                ),
                name="a_published_release_has_who_when_and_definitions",
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="one_draft_release"),
        ]

    def __str__(self) -> str:
        return _("Release %(number)s") % {"number": self.number}


class PublishedCellQuerySet(models.QuerySet["PublishedCell"]):
    def shown_in(self, number: int) -> "PublishedCellQuerySet":
        """The board as release `number` showed it."""
        return self.filter(Q(last_release__isnull=True) | Q(last_release__gte=number), first_release__lte=number)


class PublishedCell(FigureFields):
    """One line of the open-data file, valid from its first release to its last (null: still shown).

    Flat on purpose: names are looked up in the release's own definitions, never in the tables
    that staff edit. A cell without a value holds no number that could give it away.
    """

    indicator = models.CharField(_("indicator"), max_length=60)
    place = models.CharField(_("place"), max_length=20)
    group = models.CharField(_("student group"), max_length=60)
    period = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=60)
    reason = models.CharField(_("reason of the change"), max_length=400, blank=True)
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="published")
    first_release = models.PositiveIntegerField(_("first release"))
    last_release = models.PositiveIntegerField(_("last release"), null=True, blank=True)

    objects = PublishedCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["indicator", "place", "group", "period"]
        indexes = [models.Index(fields=["indicator", "place", "last_release"], name="published_series")]
        constraints = [
            value_matches_status("published_value_matches_status"),
            models.UniqueConstraint(
                fields=["indicator", "place", "group", "period"],
                condition=Q(last_release__isnull=True),
                name="one_shown_cell_per_key",
            ),
            models.CheckConstraint(
                condition=Q(last_release__isnull=True) | Q(last_release__gte=models.F("first_release")),
                name="a_cell_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.place} {self.group} {self.period}"
