"""What members bring: money and time, and the grants whose fit was weighed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.rules import money

from .organizations import Organization
from .shared import Recorded
from .teams import ActionTeam


class Contribution(Recorded):
    """What one organization brings in one year: promised, and delivered so far. In dollars."""

    class Kind(models.TextChoices):
        FISCAL = money.Kind.FISCAL.value, _("fiscal")
        IN_KIND = money.Kind.IN_KIND.value, _("in kind")

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="contributions",
        verbose_name=_("organization"),
        help_text=_("Public."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), help_text=_("Public: the calendar year a school year ends in, 2026 for 2025-26.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, help_text=_("Public."))
    what = models.CharField(_("what it brings"), max_length=200, help_text=_("Public. No names of persons."))
    what_es = models.CharField(_("what it brings, in Spanish"), max_length=240, blank=True, help_text=_("Public."))
    team = models.ForeignKey(
        ActionTeam,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("for the team"),
        help_text=_("Public. Leave it empty when it is for the coalition as a whole."),
    )
    goal = models.ForeignKey(
        "metrics.Goal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("toward the goal"),
        help_text=_("Public."),
    )
    promised = models.DecimalField(
        _("promised, in dollars"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Public. Empty: its value is not known; it is shown as such and never as 0."),
    )
    delivered = models.DecimalField(
        _("delivered, in dollars"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Public. Empty: nobody has said yet."),
    )
    valuation = models.CharField(
        _("how the value was reached"),
        max_length=300,
        blank=True,
        help_text=_("Public. Needed for what is given in kind: 2 days a month at $450 a day."),
    )
    valuation_es = models.CharField(
        _("how the value was reached, in Spanish"), max_length=340, blank=True, help_text=_("Public.")
    )

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-year", "organization__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(promised__isnull=True) | Q(promised__gte=0))
                & (Q(delivered__isnull=True) | Q(delivered__gte=0)),
                name="contribution_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(kind="fiscal") | ~Q(valuation="") | Q(promised__isnull=True, delivered__isnull=True),
                name="a_value_in_kind_says_how_it_was_reached",
                violation_error_message=_("Say how the value of what is given in kind was reached."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.what}"


class Grant(Recorded):
    """A grant that a philanthropic member shared of its own accord, with the goal it serves (commitment F)."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="grants", verbose_name=_("funder"), help_text=_("Public.")
    )
    recipient = models.CharField(
        _("recipient"), max_length=160, help_text=_("Public: an organization, never a person.")
    )
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("Public."))
    purpose = models.CharField(_("purpose"), max_length=200, help_text=_("Public."))
    purpose_es = models.CharField(_("purpose, in Spanish"), max_length=240, blank=True, help_text=_("Public."))
    goal = models.ForeignKey(
        "metrics.Goal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goal it serves"),
        help_text=_("Public."),
    )
    weighed = models.CharField(
        _("how its fit was weighed"), max_length=300, blank=True, help_text=_("Public: commitment F in one sentence.")
    )
    weighed_es = models.CharField(
        _("how its fit was weighed, in Spanish"), max_length=340, blank=True, help_text=_("Public.")
    )
    amount = models.DecimalField(
        _("amount, in dollars"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Public. Empty: not shared."),
    )

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-year", "organization__name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="grant_is_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.recipient}"
