"""The action teams: groups of members that take on one problem each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .managers import NaturalKeyManager


class ActionTeam(models.Model):
    """An action team, as far as a document tells of it."""

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, help_text=_("Public, as the coalition counts its teams.")
    )
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Public: part of the address of its page. Do not rename.")
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("Public."))
    summary = models.TextField(
        _("summary"), help_text=_("Public. In our own words, and only what a source says. No names of persons.")
    )
    source = models.ForeignKey(
        "Document",
        models.PROTECT,
        related_name="+",
        verbose_name=_("known from"),
        help_text=_("Public: the document that names the team."),
    )

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("action team")
        verbose_name_plural = _("action teams")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
