"""The action teams: groups of members that take on one problem each, from proposal to end."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.rules import teams

from .compact import Document
from .organizations import Organization
from .shared import Lasting, NaturalKeyManager, Recorded, in_order, says_when


class ActionTeam(models.Model):
    """An action team: one problem, one baseline metric, one target."""

    number = models.PositiveSmallIntegerField(
        _("number"),
        unique=True,
        null=True,
        blank=True,
        help_text=_("Public, as the coalition counts its teams. A proposal has none yet."),
    )
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Public: part of the address of its page. Do not rename.")
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("Public."))
    name_es = models.CharField(
        _("name, in Spanish"), max_length=140, blank=True, help_text=_("Public: said once beside the English name.")
    )
    summary = models.TextField(
        _("summary"), help_text=_("Public. In our own words, and only what a source says. No names of persons.")
    )
    summary_es = models.TextField(_("summary, in Spanish"), blank=True, help_text=_("Public."))
    problem = models.TextField(_("the problem"), blank=True, help_text=_("Public: the one problem it is there for."))
    problem_es = models.TextField(_("the problem, in Spanish"), blank=True, help_text=_("Public."))
    why = models.TextField(_("why it matters"), blank=True, help_text=_("Public."))
    why_es = models.TextField(_("why it matters, in Spanish"), blank=True, help_text=_("Public."))
    sources: "models.ManyToManyField[Document, models.Model]" = models.ManyToManyField(
        Document,
        blank=True,
        related_name="+",
        verbose_name=_("known from"),
        help_text=_("Public: the documents that what is said here is known from."),
    )
    goal = models.ForeignKey(
        "metrics.Goal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("works toward"),
        help_text=_("Public."),
    )
    indicator = models.ForeignKey(
        "metrics.Indicator",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("metric"),
        help_text=_("Public: the one figure the team is measured by."),
    )
    place = models.ForeignKey(
        "metrics.Place", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measured in")
    )
    group = models.ForeignKey(
        "metrics.Group", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measured for")
    )
    baseline_value = models.DecimalField(_("baseline"), max_digits=12, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    target_value = models.DecimalField(_("target"), max_digits=12, decimal_places=4, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)
    target_source = models.ForeignKey(
        "Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("target stated in"),
        help_text=_("Public."),
    )

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("action team")
        verbose_name_plural = _("action teams")
        ordering = [models.F("number").asc(nulls_last=True), "name"]
        permissions = [("decide_actionteam", "Can record what was decided about an action team")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    indicator__isnull=True,
                    place__isnull=True,
                    group__isnull=True,
                    baseline_value__isnull=True,
                    baseline_year__isnull=True,
                    target_value__isnull=True,
                    target_year__isnull=True,
                )
                | Q(
                    indicator__isnull=False,
                    place__isnull=False,
                    group__isnull=False,
                    baseline_value__isnull=False,
                    baseline_year__isnull=False,
                    target_value__isnull=False,
                    target_year__isnull=False,
                ),
                name="a_team_has_its_whole_metric_or_none",
                violation_error_message=_(
                    "A metric is whole or not there: what is measured, where, for whom, baseline and target with "
                    "their years."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target_year__isnull=True) | Q(target_year__gt=models.F("baseline_year")),
                name="a_team_s_target_lies_after_its_baseline",
                violation_error_message=_("The target year lies after the year of the baseline."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.number else self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class TeamEvent(Recorded):
    """One step in a team's life, with the decision. Append-only: where a team stands is its last step."""

    class Step(models.TextChoices):
        REPORTED = teams.Step.REPORTED.value, _("reported as at work")
        PROPOSED = teams.Step.PROPOSED.value, _("proposed")
        HEARD = teams.Step.HEARD.value, _("heard by the Steering Committee")
        APPROVED = teams.Step.APPROVED.value, _("approved")
        DECLINED = teams.Step.DECLINED.value, _("declined")
        ACTIVE = teams.Step.ACTIVE.value, _("active")
        COMPLETED = teams.Step.COMPLETED.value, _("completed")
        ENDED = teams.Step.ENDED.value, _("ended")

    team = models.ForeignKey(ActionTeam, models.PROTECT, related_name="events", verbose_name=_("action team"))
    step = models.CharField(_("step"), max_length=10, choices=Step, help_text=_("Public."))
    happened_on = models.DateField(_("on"), null=True, blank=True, help_text=_("Public. Only when the day is known."))
    happened_text = models.CharField(
        _("when, in words"), max_length=80, blank=True, help_text=_("Public, when the day is not known.")
    )
    decision = models.CharField(
        _("decision"), max_length=400, blank=True, help_text=_("Public: what was decided, in one sentence.")
    )
    decision_es = models.CharField(_("decision, in Spanish"), max_length=440, blank=True, help_text=_("Public."))
    source = models.ForeignKey(
        "Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported in"),
        help_text=_("Public."),
    )
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
        verbose_name=_("follows"),
    )

    objects = NaturalKeyManager("team__slug", "step", "happened_text")

    class Meta:
        verbose_name = _("step of an action team")
        verbose_name_plural = _("steps of action teams")
        ordering = ["team", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(follows__isnull=True), name="one_first_step_per_team"),
            says_when(
                "happened_on",
                "happened_text",
                name="step_says_when",
                message=_("Give the day, or say in words when that was."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.get_step_display()}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.team.slug, self.step, self.happened_text)

    natural_key.dependencies = ["coalition.actionteam", "coalition.document"]  # type: ignore[attr-defined]


class TeamMembership(Recorded, Lasting):
    """An organization's time in a team."""

    team = models.ForeignKey(ActionTeam, models.PROTECT, related_name="memberships", verbose_name=_("action team"))
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="team_memberships",
        verbose_name=_("organization"),
        help_text=_("Public."),
    )
    is_lead = models.BooleanField(_("leads the team"), default=False, help_text=_("Public."))
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Public. Only when the day is known."))
    since_text = models.CharField(_("since, in words"), max_length=80, blank=True, help_text=_("Public."))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Public: its last day in the team."))

    class Meta:
        verbose_name = _("member of an action team")
        verbose_name_plural = _("members of action teams")
        ordering = ["team", "-is_lead", "organization__name", "pk"]
        constraints = [
            says_when(
                "since",
                "since_text",
                name="membership_says_since_when",
                message=_("Give the day it joined, or say in words when that was."),
            ),
            in_order("since", "until", name="membership_ends_after_it_began", message=_("It leaves before it joins.")),
            models.UniqueConstraint(
                fields=["team", "organization"],
                condition=Q(until__isnull=True),
                name="one_open_membership_per_team",
                violation_error_message=_("It is a member of this team already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.team}"
