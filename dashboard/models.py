"""Stories: short articles by staff, tied to goals and action teams. They stand in the stream of updates."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    """One article. Nobody sees it before it is published; what changes afterwards is told, and nothing is deleted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLIC = "public", _("public")
        WITHDRAWN = "withdrawn", _("taken back")

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The last part of its address. Do not change.")
    )
    title = models.CharField(_("title"), max_length=120)
    title_es = models.CharField(_("title, in Spanish"), max_length=140, blank=True)
    lead = models.CharField(_("lead"), max_length=300, help_text=_("One or two sentences; they stand in every list."))
    lead_es = models.CharField(_("lead, in Spanish"), max_length=360, blank=True)
    text = models.TextField(_("text"), help_text=_("An empty line begins a new paragraph. Addresses become links."))
    text_es = models.TextField(_("text, in Spanish"), blank=True)
    picture = models.BinaryField(_("picture"), null=True, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    picture_width = models.PositiveSmallIntegerField(default=0, editable=False)
    picture_height = models.PositiveSmallIntegerField(default=0, editable=False)
    alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For readers who do not see it. A picture is not published without."),
    )
    alt_es = models.CharField(_("what the picture shows, in Spanish"), max_length=300, blank=True)
    credit = models.CharField(_("picture by"), max_length=120, blank=True)
    goals = models.ManyToManyField("metrics.Goal", blank=True, related_name="+", verbose_name=_("goals"))
    teams = models.ManyToManyField("coalition.ActionTeam", blank=True, related_name="+", verbose_name=_("action teams"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    withdrawn_reason = models.CharField(_("why it was taken back"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-published_at", "-pk"]
        permissions = [("publish_story", "Can publish a story and take it back")]
        constraints = [
            models.CheckConstraint(
                name="story_published_by_somebody",
                condition=Q(state="draft", published_at=None, published_by=None)
                | Q(~Q(state="draft"), published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(
                name="story_taken_back_for_a_reason",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")
                | Q(~Q(state="withdrawn"), withdrawn_at=None, withdrawn_reason=""),
            ),
            models.CheckConstraint(
                name="story_public_picture_has_words", condition=Q(picture_sha256="") | Q(state="draft") | ~Q(alt="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StoryChange(models.Model):
    """What was changed in a story after it was published, told under it for ever."""

    story = models.ForeignKey(Story, models.PROTECT, related_name="changes", verbose_name=_("story"))
    note = models.CharField(_("what was changed"), max_length=300)
    note_es = models.CharField(_("what was changed, in Spanish"), max_length=360, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of a story")
        verbose_name_plural = _("changes of stories")
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return self.note
