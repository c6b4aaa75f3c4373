"""Who is in the coalition, or near it, in which role and for how long."""

import functools
import operator

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.rules import roles, sectors
from coalition.rules.teams import PUBLIC_STEPS

from .files import StoredFile
from .shared import Lasting, NaturalKeyManager, Recorded, in_order, says_when


class Sector(models.TextChoices):
    """The seven kinds of members that the Compact's preamble lists, in its order."""

    CIVIC = sectors.Sector.CIVIC.value, _("Policymakers and civic leaders")
    EDUCATION = sectors.Sector.EDUCATION.value, _("Education institutions")
    COMMUNITY_BASED = sectors.Sector.COMMUNITY_BASED.value, _("Community-based organizations")
    NONPROFIT = sectors.Sector.NONPROFIT.value, _("Non-profits")
    BUSINESS = sectors.Sector.BUSINESS.value, _("Businesses")
    PHILANTHROPIC = sectors.Sector.PHILANTHROPIC.value, _("Philanthropic agencies")
    COMMUNITY_LEADER = sectors.Sector.COMMUNITY_LEADER.value, _("Community leaders")


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def standing(self) -> "OrganizationQuerySet":
        """Organizations as such: those that were merged into another one are only its old addresses."""
        return self.filter(merged_into__isnull=True)

    def with_a_part(self) -> "OrganizationQuerySet":
        """Those with a part in the coalition that the public may know of.

        An address somebody keeps for later is nobody else's business, and who is in a team that nobody has approved,
        or gives to it, is the Steering Committee's.
        """
        mine = models.Q(organization=models.OuterRef("pk"))
        public = models.Q(team__isnull=True) | models.Q(team__events__step__in=PUBLIC_STEPS)
        parts = dict.fromkeys(("role_periods", "signatures", "grants", "programs"), mine)
        parts |= dict.fromkeys(("team_memberships", "contributions"), mine & public)
        related = ((getattr(self.model, part).rel.related_model, which) for part, which in parts.items())
        held = (models.Exists(model._default_manager.filter(which)) for model, which in related)
        return self.standing().filter(functools.reduce(operator.or_, held))


class OrganizationManager(models.Manager["Organization"]):
    def get_queryset(self) -> OrganizationQuerySet:
        return OrganizationQuerySet(self.model, using=self._db)

    def standing(self) -> OrganizationQuerySet:
        return self.get_queryset().standing()

    def with_a_part(self) -> OrganizationQuerySet:
        return self.get_queryset().with_a_part()

    def get_by_natural_key(self, slug: str) -> "Organization":
        return self.get(slug=slug)


class Organization(models.Model):
    """An organization. Membership is not a field of it: it follows from what it signed and from its roles."""

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Public: part of the address of its page. Do not rename.")
    )
    name = models.CharField(
        _("name"), max_length=160, unique=True, help_text=_("Public. In full, as the organization writes it.")
    )
    sector = models.CharField(
        _("sector"),
        max_length=20,
        choices=Sector,
        blank=True,
        help_text=_("Public. Leave it empty while nobody has said."),
    )
    sector_note = models.CharField(
        _("what is unsure about the sector"),
        max_length=200,
        blank=True,
        help_text=_("Public. Empty it once the organization has confirmed its sector."),
    )
    sector_note_es = models.CharField(
        _("what is unsure about the sector, in Spanish"), max_length=240, blank=True, help_text=_("Public.")
    )
    url = models.URLField(_("website"), max_length=500, blank=True, help_text=_("Public."))
    what_it_does = models.TextField(
        _("what it does"),
        blank=True,
        help_text=_("Public. A sentence or two, in plain words. No names or addresses of persons."),
    )
    what_it_does_es = models.TextField(_("what it does, in Spanish"), blank=True, help_text=_("Public."))
    logo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("logo")
    )
    exists_since = models.DateField(
        _("exists since"), null=True, blank=True, help_text=_("Public, where it is known. Nothing is signed before.")
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = OrganizationManager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        permissions = [("merge_organization", "Can merge one organization into another")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sector="") | models.Q(sector__in=Sector.values), name="organization_sector_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="organization_is_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                Lower("name"),
                condition=models.Q(merged_into__isnull=True),
                name="one_organization_of_a_name_in_any_case",
                violation_error_message=_("An organization of this name exists already, in small or large letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        """A translation goes with what it translates."""
        for english, spanish in (("sector_note", "sector_note_es"), ("what_it_does", "what_it_does_es")):
            if not getattr(self, english):
                setattr(self, spanish, "")


class HeldRole(models.TextChoices):
    """The roles that an organization is given. That of a signatory is not: it follows from the signature."""

    BACKBONE = roles.Role.BACKBONE.value, _("backbone")
    STEERING_COMMITTEE = roles.Role.STEERING_COMMITTEE.value, _("Steering Committee")
    MEMBER = roles.Role.MEMBER.value, _("member")
    PROGRAM_PROVIDER = roles.Role.PROGRAM_PROVIDER.value, _("program provider")
    PHILANTHROPIC = roles.Role.PHILANTHROPIC.value, _("philanthropic organization")


class RolePeriod(Recorded, Lasting):
    """A part an organization plays, from one day to another."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="role_periods", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=20, choices=HeldRole, help_text=_("Public."))
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Public. Only when the day is known."))
    since_text = models.CharField(
        _("since, in words"), max_length=80, blank=True, help_text=_("Public, when the day is not known: fall 2016.")
    )
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Public: its last day in this role."))
    source = models.ForeignKey(
        "Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported in"),
        help_text=_("Public: where we know it from."),
    )

    objects = NaturalKeyManager("organization__slug", "role", "since_text")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["organization__name", "role", models.F("since").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=HeldRole.values), name="role_is_known"),
            says_when(
                "since",
                "since_text",
                name="role_says_since_when",
                message=_("Give the day the role began, or say in words when that was."),
            ),
            in_order("since", "until", name="role_ends_after_it_began", message=_("The role ends before it begins.")),
            models.UniqueConstraint(
                fields=["organization", "role"],
                condition=models.Q(until__isnull=True),
                name="one_open_period_per_role",
                violation_error_message=_("It holds this role already; end that period first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_role_display()}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.organization.slug, self.role, self.since_text)

    natural_key.dependencies = ["coalition.organization", "coalition.document"]  # type: ignore[attr-defined]


class ContactQuerySet(models.QuerySet["Contact"]):
    def current(self) -> "ContactQuerySet":
        """Contacts an organization stands by today."""
        today = timezone.localdate()
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=today), since__lte=today)


class Contact(Recorded):
    """The person an organization named to keep in touch (commitment 6). Nothing of this is ever public."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="contacts", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("Private."))
    position = models.CharField(_("position"), max_length=120, blank=True, help_text=_("Private."))
    email = models.EmailField(_("e-mail"), help_text=_("Private: reminders and invitations go there."))
    phone = models.CharField(_("phone"), max_length=40, blank=True, help_text=_("Private."))
    note = models.TextField(_("note"), blank=True, help_text=_("Private: for the staff."))
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; access ends with it."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="contact",
        verbose_name=_("account"),
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organization__name", "name"]
        permissions = [("hand_over_invitation", "Can see the link of an invitation and hand it over")]
        constraints = [
            in_order("since", "until", name="contact_ends_after_it_began", message=_("The last day is too early.")),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organization}"
