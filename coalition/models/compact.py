"""What was promised, in which version of the Compact, and who signed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.rules import ledger, roles

from .shared import NaturalKeyManager, Recorded, says_when


class Document(models.Model):
    """A document of the coalition, or one that reports on it."""

    slug = models.SlugField(
        _("short name"), max_length=60, unique=True, help_text=_("Private: used in files. Do not rename.")
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("Public: shown wherever it is the source."))
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Public."))
    stated = models.CharField(
        _("when stated"), max_length=120, help_text=_("Public, in words: October 2016. Say so when it is our reading.")
    )
    stated_es = models.CharField(_("when stated, in Spanish"), max_length=140, blank=True, help_text=_("Public."))

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class CompactVersionManager(NaturalKeyManager):
    def open(self) -> models.QuerySet["CompactVersion"]:
        """The current version and those before it; a later one is still being written."""
        current = CompactVersion.objects.filter(is_current=True, number__gte=models.OuterRef("number"))
        return self.get_queryset().filter(models.Exists(current))


class CompactVersion(models.Model):
    """One version of the Compact. A later one takes over for those who sign it; signatures stay with theirs."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True, help_text=_("Public."))
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name=_("document"))
    since = models.DateField(_("open for signing since"), null=True, blank=True, help_text=_("Public."))
    since_text = models.CharField(
        _("since, in words"), max_length=80, blank=True, help_text=_("Public, when the day is not known.")
    )
    note = models.TextField(_("what is new in it"), blank=True, help_text=_("Public."))
    note_es = models.TextField(_("what is new in it, in Spanish"), blank=True, help_text=_("Public."))
    is_current = models.BooleanField(_("the current version"), default=False)

    objects = CompactVersionManager("number")

    class Meta:
        verbose_name = _("version of the Compact")
        verbose_name_plural = _("versions of the Compact")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="one_current_compact",
                violation_error_message=_("There is a current version already; only one can be."),
            ),
            says_when(
                "since",
                "since_text",
                name="compact_says_since_when",
                message=_("Give the day it could first be signed, or say in words when that was."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"

    def natural_key(self) -> tuple[int]:
        return (self.number,)

    natural_key.dependencies = ["coalition.document"]  # type: ignore[attr-defined]


class Commitment(models.Model):
    """One thing that the signers of a version have promised to do."""

    class Binds(models.TextChoices):
        EVERYONE = roles.Binds.EVERYONE.value, _("every signer")
        PROGRAM_PROVIDER = roles.Binds.PROGRAM_PROVIDER.value, _("program providers")
        PHILANTHROPIC = roles.Binds.PHILANTHROPIC.value, _("philanthropic organizations")

    class Evidence(models.TextChoices):
        JUDGEMENT = ledger.Evidence.JUDGEMENT.value, _("what somebody reads and judges")
        CONTACT = ledger.Evidence.CONTACT.value, _("whether a contact is named")
        DATA = ledger.Evidence.DATA.value, _("whether data was shared for the year")
        MEETINGS = ledger.Evidence.MEETINGS.value, _("the meetings attended in the year")

    version = models.ForeignKey(
        CompactVersion,
        models.PROTECT,
        related_name="commitments",
        verbose_name=_("version of the Compact"),
        help_text=_("Public."),
    )
    number = models.CharField(
        _("number"),
        max_length=3,
        help_text=_("Public, as the document numbers it. Where it gives none: P for program providers, F for funders."),
    )
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("Public: the order on the page."))
    short = models.CharField(
        _("in a word or two"), max_length=24, help_text=_("Public: the head of its column. Purpose, Contact …")
    )
    short_es = models.CharField(_("in a word or two, in Spanish"), max_length=24, blank=True, help_text=_("Public."))
    text = models.CharField(
        _("what is promised"),
        max_length=300,
        help_text=_("Public. In our own plain words; the document's own sentences are one click away."),
    )
    text_es = models.CharField(_("what is promised, in Spanish"), max_length=360, blank=True, help_text=_("Public."))
    done = models.CharField(
        _("what those who kept it did"),
        max_length=120,
        help_text=_("Public. It ends the sentence “4 of 7 …”: named a contact."),
    )
    done_es = models.CharField(
        _("what those who kept it did, in Spanish"), max_length=140, blank=True, help_text=_("Public.")
    )
    binds = models.CharField(
        _("binds"),
        max_length=20,
        choices=Binds,
        help_text=_("Public: beside every signer's name it follows from this what they promised."),
    )
    evidence = models.CharField(
        _("rests on"),
        max_length=20,
        choices=Evidence,
        default=Evidence.JUDGEMENT,
        help_text=_("Public. Where it follows from data, nobody's opinion is asked."),
    )

    objects = NaturalKeyManager("version__number", "number")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["-version__number", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_commitment_per_number_and_version"),
            models.CheckConstraint(
                condition=models.Q(binds__in=[one.value for one in roles.Binds]), name="commitment_binds_a_known_role"
            ),
            models.CheckConstraint(
                condition=models.Q(evidence__in=[one.value for one in ledger.Evidence]),
                name="commitment_rests_on_known_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def natural_key(self) -> tuple[int, str]:
        return (self.version.number, self.number)

    natural_key.dependencies = ["coalition.compactversion"]  # type: ignore[attr-defined]


class SignatureQuerySet(models.QuerySet["Signature"]):
    def latest_word(self) -> "SignatureQuerySet":
        """The last event of each organization and version: it stands as a signature or as a withdrawal."""
        return self.filter(followed_by__isnull=True)

    def standing(self) -> "SignatureQuerySet":
        """Signatures that nobody has withdrawn."""
        return self.latest_word().filter(kind=Signature.Kind.SIGNED)


class SignatureManager(models.Manager["Signature"]):
    def get_queryset(self) -> SignatureQuerySet:
        return SignatureQuerySet(self.model, using=self._db)

    def latest_word(self) -> SignatureQuerySet:
        return self.get_queryset().latest_word()

    def standing(self) -> SignatureQuerySet:
        return self.get_queryset().standing()

    def get_by_natural_key(self, slug: str, number: int, kind: str, happened_text: str) -> "Signature":
        return self.get(
            organization__slug=slug, version__number=number, kind=kind, happened_text=happened_text, follows=None
        )


class Signature(Recorded):
    """That an organization signed a version of the Compact, or took its signature back. Append-only.

    The first event of an organization and version has no predecessor, every later one names its own; so each
    pair has one chain and exactly one end, which says how it stands.
    """

    class Kind(models.TextChoices):
        SIGNED = "signed", _("signed")
        WITHDRAWN = "withdrawn", _("withdrew")

    # Protected on every side: who promised what is the record this board is for.
    organization = models.ForeignKey(
        "Organization",
        models.PROTECT,
        related_name="signatures",
        verbose_name=_("organization"),
        help_text=_("Public: its name appears in the list of signers."),
    )
    version = models.ForeignKey(
        CompactVersion, models.PROTECT, related_name="signatures", verbose_name=_("version of the Compact")
    )
    kind = models.CharField(
        _("what happened"), max_length=10, choices=Kind, default=Kind.SIGNED, help_text=_("Public.")
    )
    happened_on = models.DateField(_("on"), null=True, blank=True, help_text=_("Public. Only when the day is known."))
    happened_text = models.CharField(
        _("when, in words"), max_length=80, blank=True, help_text=_("Public, when the day is not known: October 2016.")
    )
    office = models.CharField(
        _("signer's office"),
        max_length=120,
        blank=True,
        help_text=_("Public: the office that signed (President, Superintendent), not the person's name."),
    )
    source = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported in"),
        help_text=_("Public. Leave it empty when we have seen the signature itself."),
    )
    reason = models.CharField(
        _("why it withdrew"), max_length=300, blank=True, help_text=_("Public, in the organization's own words.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        null=True,
        blank=True,
        help_text=_("Public: the order on the page, as the source names them. Leave it empty to come after those."),
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

    objects = SignatureManager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = [models.F("position").asc(nulls_last=True), "organization__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "version"],
                condition=models.Q(follows__isnull=True),
                name="one_first_signature_per_organization_and_version",
                violation_error_message=_("This organization has signed this version already."),
            ),
            models.CheckConstraint(
                condition=models.Q(follows__isnull=False) | models.Q(kind="signed"),
                name="only_what_was_signed_is_withdrawn",
            ),
            says_when(
                "happened_on",
                "happened_text",
                name="signature_says_when",
                message=_("Give the day it was signed, or say in words when that was."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.version}"

    def natural_key(self) -> tuple[str, int, str, str]:
        return (self.organization.slug, self.version.number, self.kind, self.happened_text)

    natural_key.dependencies = ["coalition.organization", "coalition.compactversion"]  # type: ignore[attr-defined]
