"""Where figures come from: publications, and the files that were received."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .managers import NaturalKeyManager


class Source(models.Model):
    """A publication that figures are taken from."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True, help_text=_("Used in files. Do not rename."))
    publisher = models.CharField(_("publisher"), max_length=160, help_text=_("Shown under every chart."))
    title = models.CharField(_("title"), max_length=240, help_text=_("Shown under every chart."))
    url = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    accessed = models.DateField(_("accessed on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Shown on the public page of the figure."))
    note_es = models.TextField(_("note, in Spanish"), blank=True, help_text=_("Shown there in Spanish."))
    own_rule = models.BooleanField(
        _("the board’s own disclosure rule applies"),
        default=False,
        help_text=_("For figures that no state agency published: small groups are withheld when they become public."),
    )
    precedence = models.PositiveSmallIntegerField(
        _("precedence"),
        default=100,
        help_text=_(
            "Where two sources say different things of one figure, the one with the higher number stands; of two equal "
            "ones the later file, unless the earlier withheld the figure."
        ),
    )

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title", "slug"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class SourceFile(models.Model):
    """A file that was received, known by its content. The bytes are not kept.

    A provider's sheet is known by its content together with its program and year: that somebody else sent the same
    bytes is nobody's business.
    """

    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, unique=True)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("bytes"))
    layout = models.CharField(_("layout"), max_length=60)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("received by")
    )

    class Meta:
        verbose_name = _("received file")
        verbose_name_plural = _("received files")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.name
