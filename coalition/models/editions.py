"""The public state of the coalition's pages: published in one act, kept for ever."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """Everything the coalition's pages say, as one act of publishing froze it. Pages read the latest and nothing else.

    The content is the canonical JSON of `coalition.roster.Coalition`: what is not in those shapes cannot get out.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    summary = models.CharField(_("what changed"), max_length=400, help_text=_("Public: one sentence."))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, help_text=_("Public."))
    content = models.TextField(_("content, as JSON"), help_text=_("Public."))

    class Meta:
        verbose_name = _("edition of the coalition's pages")
        verbose_name_plural = _("editions of the coalition's pages")
        ordering = ["-number"]
        permissions = [("publish_edition", "Can publish the coalition's pages")]

    def __str__(self) -> str:
        return _("Edition %(number)s") % {"number": self.number}
