"""Who is in the coalition, or near it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .managers import NaturalKeyManager


class Sector(models.TextChoices):
    """The seven kinds of members that the Compact's preamble lists, in its order."""

    CIVIC = "civic", _("Policymakers and civic leaders")
    EDUCATION = "education", _("Education institutions")
    COMMUNITY_BASED = "community_based", _("Community-based organizations")
    NONPROFIT = "nonprofit", _("Non-profits")
    BUSINESS = "business", _("Businesses")
    PHILANTHROPIC = "philanthropic", _("Philanthropic agencies")
    COMMUNITY_LEADER = "community_leader", _("Community leaders")


class Organization(models.Model):
    """An organization. Membership is not a field of it: it follows from what it has signed."""

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Public: part of the address of its page. Do not rename.")
    )
    name = models.CharField(
        _("name"), max_length=160, unique=True, help_text=_("Public. In full, as the organization writes it.")
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, help_text=_("Public."))
    sector_note = models.CharField(
        _("what is unsure about the sector"),
        max_length=200,
        blank=True,
        help_text=_("Public. Empty it once the organization has confirmed its sector."),
    )
    url = models.URLField(_("website"), max_length=500, blank=True, help_text=_("Public."))
    what_it_does = models.TextField(
        _("what it does"),
        blank=True,
        help_text=_("Public. A sentence or two, in plain words. No names or addresses of persons."),
    )

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sector__in=Sector.values), name="organization_sector_is_known")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
