"""What is public and what is to become so: releases and their life, the definitions they froze, the cells they show."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
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
        """Those that the public may read, newest first. One that was taken back is none of them."""
        return self.filter(state=Release.State.PUBLISHED).order_by("-number")

    def open(self) -> "ReleaseQuerySet":
        """The one that is on its way, if there is one."""
        return self.filter(state__in=Release.OPEN)


def _account(words: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=words
    )


def _moment(words: Any) -> Any:
    return models.DateTimeField(words, null=True, blank=True)


def _together(*fields: str) -> Q:
    """All of these are there, or none of them."""
    return Q(**{f"{field}__isnull": False for field in fields}) | Q(**{f"{field}__isnull": True for field in fields})


def _there(*fields: str) -> Q:
    return Q(**{f"{field}__isnull": False for field in fields})


class Release(models.Model):
    """One act of publishing, from its draft on. Its number is its place in the public history; a draft has none.

    prepared, submitted, approved, scheduled, published, withdrawn    who and when, always both
    approved_alone    whoever approved it had a hand in it, too: an office of one person
    base              the newest public release when the figures were gathered
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    #: On its way to the public.
    OPEN = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED)
    #: Its figures stand still and can be looked at.
    FROZEN = (State.IN_REVIEW, State.APPROVED, State.SCHEDULED)

    number = models.PositiveIntegerField(_("number"), null=True, blank=True, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    summary = models.CharField(
        _("what changed"), max_length=400, help_text=_("Public: one sentence in the list of updates.")
    )
    summary_es = models.CharField(_("what changed, in Spanish"), max_length=400, blank=True, help_text=_("Public."))
    reason = models.CharField(
        _("reason of changes that give none"),
        max_length=400,
        blank=True,
        help_text=_("Public: said of every changed figure that has no reason of its own."),
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amended_by", verbose_name=_("corrects")
    )
    base = models.PositiveIntegerField(_("compared with release"), null=True, blank=True)
    gathered_at = _moment(_("figures gathered at"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared at"))
    submitted_by, submitted_at = _account(_("submitted by")), _moment(_("submitted at"))
    approved_by, approved_at = _account(_("approved by")), _moment(_("approved at"))
    approved_alone = models.BooleanField(_("prepared and approved by one person"), default=False)
    scheduled_by, scheduled_at = _account(_("scheduled by")), _moment(_("scheduled at"))
    publish_at = _moment(_("to be published at"))
    published_by, published_at = _account(_("published by")), _moment(_("published at"))
    withdrawn_by, withdrawn_at = _account(_("withdrawn by")), _moment(_("withdrawn at"))
    withdrawn_reason = models.CharField(_("reason of the withdrawal"), max_length=400, blank=True)
    definitions = models.ForeignKey(DefinitionSet, models.PROTECT, null=True, blank=True, related_name="releases")
    content_sha256 = models.CharField(_("hash of all cells shown"), max_length=64, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = [F("number").desc(nulls_first=True), "-pk"]
        permissions = [
            ("prepare_release", "Can prepare a release and hand it in"),
            ("approve_release", "Can approve a release that others prepared"),
            ("publish_release", "Can publish, schedule and withdraw a release"),
            ("preview_release", "Can see a release that is not public yet"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=_together("submitted_by", "submitted_at"), name="submitted_by_somebody_at_a_time"
            ),
            models.CheckConstraint(
                condition=_together("approved_by", "approved_at"), name="approved_by_somebody_at_a_time"
            ),
            models.CheckConstraint(
                condition=_together("scheduled_by", "scheduled_at", "publish_at"),
                name="scheduled_by_somebody_for_a_time",
            ),
            models.CheckConstraint(
                condition=_together("number", "published_by", "published_at"), name="a_public_release_has_who_and_when"
            ),
            models.CheckConstraint(
                condition=_together("withdrawn_by", "withdrawn_at"), name="withdrawn_by_somebody_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_by=None, approved_by=None, published_by=None)
                | (Q(state="in_review", approved_by=None, published_by=None) & _there("submitted_by", "definitions"))
                | (
                    Q(state="approved", scheduled_by=None, published_by=None)
                    & _there("submitted_by", "approved_by", "definitions")
                )
                | (
                    Q(state="scheduled", published_by=None)
                    & _there("submitted_by", "approved_by", "scheduled_by", "definitions")
                )
                | (
                    Q(state="published", withdrawn_by=None)
                    & _there("submitted_by", "approved_by", "published_by", "definitions")
                )
                | (Q(state="withdrawn") & _there("withdrawn_by") & ~Q(withdrawn_reason="")),
                name="a_release_has_who_and_when_of_its_state",
            ),
            models.UniqueConstraint(
                Coalesce("number", 0),
                condition=Q(state__in=["draft", "in_review", "approved", "scheduled"]),
                name="one_release_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return _("Release %(number)s") % {"number": self.number} if self.number else str(_("Next release"))


class ReleaseAct(models.Model):
    """One step in the life of a release: who did what, when, and why. Written with the step itself, never edited."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="acts", verbose_name=_("release"))
    verb = models.CharField(_("act"), max_length=20)
    before = models.CharField(_("state before"), max_length=10, choices=Release.State, blank=True)
    after = models.CharField(_("state after"), max_length=10, choices=Release.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    comment = models.CharField(_("comment"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("act on a release")
        verbose_name_plural = _("acts on releases")
        ordering = ["pk"]  # the order in which they were done; clocks can go back

    def __str__(self) -> str:
        return f"{self.release}: {self.verb}"


class CellFields(FigureFields):
    """One line of the open-data file.

    Flat on purpose: names are looked up in the release's own definitions, never in the tables
    that staff edit. A cell without a value holds no number that could give it away.
    """

    indicator = models.CharField(_("indicator"), max_length=60)
    place = models.CharField(_("place"), max_length=20)
    group = models.CharField(_("student group"), max_length=60)
    period = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=60)
    reason = models.CharField(_("reason of the change"), max_length=400, blank=True)

    class Meta:
        abstract = True
        ordering = ["indicator", "place", "group", "period"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.place} {self.group} {self.period}"


class PublishedCellQuerySet(models.QuerySet["PublishedCell"]):
    def shown_in(self, number: int) -> "PublishedCellQuerySet":
        """The board as release `number` showed it."""
        return self.filter(Q(last_release__isnull=True) | Q(last_release__gte=number), first_release__lte=number)


class PublishedCell(CellFields):
    """A figure that is or was public, valid from its first release to its last (null: still shown)."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="published")
    first_release = models.PositiveIntegerField(_("first release"))
    last_release = models.PositiveIntegerField(_("last release"), null=True, blank=True)

    objects = PublishedCellQuerySet.as_manager()

    class Meta(CellFields.Meta):
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        indexes = [
            models.Index(fields=["indicator", "place", "last_release"], name="published_series"),
            models.Index(fields=["first_release"], name="published_first"),
            models.Index(fields=["last_release"], name="published_last"),
        ]
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


class ComingCell(CellFields):
    """A figure as a release on its way would show it. No public page reads this table.

    replaces    the cell that is shown now, if there is one
    is_gone     nothing would be shown in place of `replaces`; the fields repeat what it says
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="coming")
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="+", db_index=False)
    replaces = models.ForeignKey(PublishedCell, models.CASCADE, null=True, related_name="+")
    is_gone = models.BooleanField(default=False)

    class Meta(CellFields.Meta):
        verbose_name = _("coming figure")
        verbose_name_plural = _("coming figures")
        constraints = [
            value_matches_status("coming_value_matches_status"),
            models.UniqueConstraint(
                fields=["release", "indicator", "place", "group", "period"], name="one_coming_per_key"
            ),
            models.CheckConstraint(
                condition=Q(is_gone=False) | Q(replaces__isnull=False), name="what_is_gone_was_shown"
            ),
        ]
