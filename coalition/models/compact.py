"""What was promised, in which document, and who signed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.rules.binding import Role

from .managers import NaturalKeyManager


class Document(models.Model):
    """A document of the coalition, or one that reports on it."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True, help_text=_("Used in files. Do not rename."))
    title = models.CharField(_("title"), max_length=200, help_text=_("Public: shown wherever it is the source."))
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Public."))
    stated = models.CharField(
        _("when stated"), max_length=120, help_text=_("Public, in words: October 2016. Say so when it is our reading.")
    )

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Commitment(models.Model):
    """One thing that the signers of a document have promised to do."""

    class Binds(models.TextChoices):
        EVERYONE = Role.EVERYONE.value, _("every signer")
        PROGRAM_PROVIDER = Role.PROGRAM_PROVIDER.value, _("program providers")
        PHILANTHROPIC = Role.PHILANTHROPIC.value, _("philanthropic organizations")

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="commitments", verbose_name=_("document"), help_text=_("Public.")
    )
    number = models.CharField(
        _("number"),
        max_length=3,
        help_text=_("Public, as the document numbers it. Where it gives none: P for program providers, F for funders."),
    )
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("Public: the order on the page."))
    text = models.CharField(
        _("what is promised"),
        max_length=300,
        help_text=_("Public. In our own plain words; the document's own sentences are one click away."),
    )
    binds = models.CharField(
        _("binds"),
        max_length=20,
        choices=Binds,
        help_text=_("Public: beside every signer's name it follows from this what they promised."),
    )

    objects = NaturalKeyManager("document__slug", "number")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["document__title", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_commitment_per_number_and_document"),
            models.CheckConstraint(
                condition=models.Q(binds__in=[role.value for role in Role]), name="commitment_binds_a_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def natural_key(self) -> tuple[str, str]:
        return (self.document.slug, self.number)

    natural_key.dependencies = ["coalition.document"]  # type: ignore[attr-defined]


class Signature(models.Model):
    """That an organization signed a document, when, and who says so."""

    # Protected on every side: who promised what is the record this board is for.
    organization = models.ForeignKey(
        "Organization",
        models.PROTECT,
        related_name="signatures",
        verbose_name=_("organization"),
        help_text=_("Public: its name appears in the list of signers."),
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures", verbose_name=_("document"))
    signed_on = models.DateField(
        _("signed on"), null=True, blank=True, help_text=_("Public. Only when the exact day is known.")
    )
    signed_on_text = models.CharField(
        _("signed, in words"),
        max_length=80,
        blank=True,
        help_text=_("Public, when the exact day is not known: October 2016."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        null=True,
        blank=True,
        help_text=_("Public: the order on the page, as the source names them. Leave it empty to come after those."),
    )
    source = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported in"),
        help_text=_("Where we know it from. Leave it empty when we have seen the signature itself."),
    )

    objects = NaturalKeyManager("organization__slug", "document__slug")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = [models.F("position").asc(nulls_last=True), "organization__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "document"],
                name="one_signature_per_organization_and_document",
                violation_error_message=_("This organization has signed this document already."),
            ),
            models.CheckConstraint(
                condition=models.Q(signed_on__isnull=False) | ~models.Q(signed_on_text=""),
                name="signature_says_when",
                violation_error_message=_("Give the day it was signed, or say in words when that was."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.document}"

    def natural_key(self) -> tuple[str, str]:
        return (self.organization.slug, self.document.slug)

    natural_key.dependencies = ["coalition.organization", "coalition.document"]  # type: ignore[attr-defined]
