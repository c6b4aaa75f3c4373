"""Programs, whom they reach, and the data their providers promised to share."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.rules import programs

from .organizations import Organization
from .shared import in_order, paired


class Program(models.Model):
    """One program of a provider."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="programs", verbose_name=_("provider"), help_text=_("Public.")
    )
    slug = models.SlugField(_("short name"), max_length=60, unique=True, help_text=_("Public. Do not rename."))
    name = models.CharField(_("name"), max_length=120, help_text=_("Public."))
    what = models.TextField(_("what it does"), blank=True, help_text=_("Public. No names of persons."))
    what_es = models.TextField(_("what it does, in Spanish"), blank=True, help_text=_("Public."))
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Public."))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Public."))
    place = models.OneToOneField(
        "metrics.Place",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("its place among the figures"),
    )

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["organization__name", "name"]
        constraints = [
            in_order("since", "until", name="program_ends_after_it_began", message=_("It ends before it begins.")),
            models.UniqueConstraint(fields=["organization", "name"], name="one_program_of_a_name_per_provider"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgramStep(models.Model):
    """A step on the way from high school through college that a program serves."""

    class Step(models.TextChoices):
        HIGH_SCHOOL = programs.WayStep.HIGH_SCHOOL.value, _("in high school")
        APPLYING = programs.WayStep.APPLYING.value, _("applying to college")
        SUMMER = programs.WayStep.SUMMER.value, _("the summer before college")
        FIRST_YEAR = programs.WayStep.FIRST_YEAR.value, _("the first year of college")
        COMPLETING = programs.WayStep.COMPLETING.value, _("on to a degree")
        CAREER = programs.WayStep.CAREER.value, _("into work")

    program = models.ForeignKey(Program, models.CASCADE, related_name="steps", verbose_name=_("program"))
    step = models.CharField(_("step it serves"), max_length=20, choices=Step, help_text=_("Public."))

    class Meta:
        verbose_name = _("step a program serves")
        verbose_name_plural = _("steps programs serve")
        ordering = ["program", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "step"], name="one_row_per_program_and_step")]

    def __str__(self) -> str:
        return f"{self.program}, {self.get_step_display()}"


class Upload(models.Model):
    """Figures that a provider sent for one program and year: good rows only, waiting for the staff.

    A file with a problem never becomes an upload: the provider sees the problems at once and nothing is kept.
    """

    class State(models.TextChoices):
        SENT = "sent", _("sent, waiting for review")
        RETURNED = "returned", _("returned with a comment")
        ACCEPTED = "accepted", _("accepted")

    program = models.ForeignKey(Program, models.PROTECT, related_name="uploads", verbose_name=_("program"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.SENT,
        help_text=_("Public once it is accepted: that figures were shared for the year."),
    )
    batch = models.OneToOneField(
        "metrics.Batch", models.PROTECT, editable=False, related_name="+", verbose_name=_("batch of figures")
    )
    file_name = models.CharField(_("file name"), max_length=200, help_text=_("Private."))
    rows = models.PositiveIntegerField(_("rows"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    comment = models.TextField(
        _("comment"), max_length=600, blank=True, help_text=_("Private: the provider reads it in its own area.")
    )

    class Meta:
        verbose_name = _("upload of a provider")
        verbose_name_plural = _("uploads of providers")
        ordering = ["-pk"]
        permissions = [("decide_upload", "Can accept or return an upload")]
        constraints = [
            paired("decided_by", "decided_at", name="a_decided_upload_has_who_and_when"),
            models.CheckConstraint(
                condition=Q(state="sent", decided_at__isnull=True) | (~Q(state="sent") & Q(decided_at__isnull=False)),
                name="an_upload_is_decided_or_waits",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(comment=""), name="a_returned_upload_says_why"),
            models.UniqueConstraint(fields=["program", "year", "number"], name="one_upload_per_receipt"),
            models.UniqueConstraint(
                fields=["program", "year"], condition=Q(state="sent"), name="one_waiting_upload_per_program_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program}, {programs.year_words(self.year)}"

    @property
    def receipt(self) -> str:
        """The number both sides can name it by. Counted within the program: gaps would tell of other providers."""
        return f"{self.program.slug}-{self.year}-{self.number}"
