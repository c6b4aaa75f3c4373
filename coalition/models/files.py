"""Files that members and staff hand in, kept in the database: logos for everybody, evidence for those concerned."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """Bytes known by their content. `coalition.files` is the only writer: it looks at every file first."""

    sha256 = models.CharField(
        _("SHA-256 of the content"),
        max_length=64,
        unique=True,
        help_text=_("Public for a logo: part of its address."),
    )
    name = models.CharField(_("file name"), max_length=120, help_text=_("Private."))
    content_type = models.CharField(_("kind of file"), max_length=40, help_text=_("Private."))
    data = models.BinaryField(_("content"))
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("stored by")
    )
    stored_at = models.DateTimeField(_("stored at"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
