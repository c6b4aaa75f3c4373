"""People who wrote that their organization would like to join. Nothing of it is ever public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organizations import Sector
from .shared import paired


class Interest(models.Model):
    """One message from the public form, with the consent it was sent under."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("wants to become a member")
        OPEN_HOUSE = "open_house", _("wants to come to an open house")

    kind = models.CharField(_("what for"), max_length=10, choices=Kind, help_text=_("Private."))
    organization = models.CharField(_("organization"), max_length=160, help_text=_("Private."))
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True, help_text=_("Private."))
    name = models.CharField(_("name"), max_length=120, help_text=_("Private."))
    email = models.EmailField(_("e-mail"), help_text=_("Private."))
    phone = models.CharField(_("phone"), max_length=40, blank=True, help_text=_("Private."))
    message = models.TextField(_("message"), max_length=1500, blank=True, help_text=_("Private."))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, help_text=_("Private."))
    consent = models.TextField(_("what was consented to"), help_text=_("Private: the sentence as it was shown."))
    sent_at = models.DateTimeField(_("sent at"))
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handled by")
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=600, blank=True, help_text=_("Private."))

    class Meta:
        verbose_name = _("message of interest")
        verbose_name_plural = _("messages of interest")
        ordering = ["-pk"]
        constraints = [paired("handled_by", "handled_at", name="a_handled_message_has_who_and_when")]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_kind_display()}"
