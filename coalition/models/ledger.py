"""The accountability ledger: what is said of each promise, and the right to reply before anybody else reads it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from coalition.rules import ledger

from .compact import Commitment
from .files import StoredFile
from .organizations import Organization
from .shared import Recorded, paired


class State(models.TextChoices):
    """The Open Government Partnership's five words."""

    NO_EVIDENCE = ledger.State.NO_EVIDENCE.value, _("no evidence")
    NOT_STARTED = ledger.State.NOT_STARTED.value, _("not started")
    LIMITED = ledger.State.LIMITED.value, _("limited")
    SUBSTANTIAL = ledger.State.SUBSTANTIAL.value, _("substantial")
    COMPLETE = ledger.State.COMPLETE.value, _("complete")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def current(self) -> "AssessmentQuerySet":
        """What is said now: assessments that no later one has replaced."""
        return self.filter(superseded_by__isnull=True)

    def public(self) -> "AssessmentQuerySet":
        """The latest released word on each promise and year: a new draft hides nothing that is public."""
        later = Assessment.objects.filter(
            Q(released_at__gt=OuterRef("released_at")) | Q(released_at=OuterRef("released_at"), pk__gt=OuterRef("pk")),
            organization=OuterRef("organization"),
            commitment=OuterRef("commitment"),
            year=OuterRef("year"),
        )
        return self.filter(~Exists(later), released_at__isnull=False)

    def drafts(self) -> "AssessmentQuerySet":
        """Words that the organization has not seen."""
        return self.current().filter(sent_at__isnull=True)

    def with_organization(self, on: date) -> "AssessmentQuerySet":
        """Words that wait for a reply on the day `on`."""
        replied = Exists(Reply.objects.filter(assessment=OuterRef("pk")))
        return self.current().filter(~replied, released_at__isnull=True, reply_until__gte=on)

    def ready(self, on: date) -> "AssessmentQuerySet":
        """Words that may become public: the organization replied, or its last day is over on the day `on`."""
        replied = Exists(Reply.objects.filter(assessment=OuterRef("pk")))
        unreleased = self.current().filter(sent_at__isnull=False, released_at__isnull=True)
        return unreleased.filter(replied | Q(reply_until__lt=on))


class Assessment(models.Model):
    """What is said of one organization, commitment and year. Append-only but for its way to the public."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="assessments", verbose_name=_("organization")
    )
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="assessments", verbose_name=_("commitment"))
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("Public: the calendar year it is about."))
    state = models.CharField(_("state"), max_length=20, choices=State, help_text=_("Public once it is released."))
    evidence = models.TextField(
        _("evidence"), max_length=1000, blank=True, help_text=_("Public: what it rests on. No names of persons.")
    )
    evidence_url = models.URLField(_("address of the evidence"), max_length=500, blank=True, help_text=_("Public."))
    evidence_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("Private: for the staff and the organization. The public reads that there is one."),
    )
    from_data = models.BooleanField(_("follows from data"), default=False)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("assessed by")
    )
    assessed_at = models.DateTimeField(_("assessed at"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("replaces")
    )
    reason = models.CharField(_("why it changes"), max_length=300, blank=True, help_text=_("Public."))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    told = models.CharField(
        _("how the organization was told"),
        max_length=200,
        blank=True,
        help_text=_("Private. Only where nobody can sign in for it: letter of May 3 to its office."),
    )
    reply_until = models.DateField(_("reply until"), null=True, blank=True, help_text=_("The last day to reply."))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-year", "organization__name", "commitment__position", "pk"]
        permissions = [("release_assessment", "Can let an assessment become public")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="assessment_state_is_known"),
            models.UniqueConstraint(
                fields=["organization", "commitment", "year"],
                condition=Q(supersedes__isnull=True),
                name="one_first_assessment_per_promise_and_year",
            ),
            models.CheckConstraint(condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="a_new_word_says_why"),
            paired("sent_by", "sent_at", "reply_until", name="assessment_sent_has_who_when_and_until"),
            paired("released_by", "released_at", name="assessment_released_has_who_and_when"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(sent_at__isnull=False),
                name="nothing_is_released_that_the_organization_did_not_see",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.commitment.number}, {self.year}"


class Reply(models.Model):
    """What the organization says to an assessment; the latest stands beside it. Append-only."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="replies", verbose_name=_("assessment"))
    text = models.TextField(
        _("reply"),
        max_length=1500,
        help_text=_("Public: shown word for word beside the assessment. No names of persons."),
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.assessment)


class Notice(models.Model):
    """A message about an assessment that went to an organization's contact, so that none goes twice."""

    class Kind(models.TextChoices):
        SENT = "sent", _("to be replied to")
        REMINDER = "reminder", _("reminder")
        LAST_CALL = "last_call", _("last reminder")
        RELEASED = "released", _("is public")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="notices", verbose_name=_("assessment"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, help_text=_("Private."))
    to = models.EmailField(_("to"), help_text=_("Private."))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "kind", "to"], name="one_notice_of_a_kind_per_address")
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.get_kind_display()}"


class Meeting(Recorded):
    """A meeting that members were asked to."""

    held_on = models.DateField(_("held on"))
    title = models.CharField(
        _("title"), max_length=120, help_text=_("Private: the public reads only how many meetings a member came to.")
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["held_on", "title"], name="one_meeting_per_day_and_title")]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on}"


class Attendance(models.Model):
    """Whether an organization that was asked came to a meeting. Not asked: there is no row."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="attendances", verbose_name=_("organization")
    )
    present = models.BooleanField(_("came"), default=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["meeting", "organization__name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organization"], name="one_attendance_per_organization")
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.meeting}"
