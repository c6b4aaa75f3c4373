"""Managers and columns shared by the models of this app."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.rules.roles import lasts


class NaturalKeyManager(models.Manager[Any]):
    """Finds rows by the fields that fixtures know them by, so that loading twice changes nothing."""

    def __init__(self, *fields: str) -> None:
        super().__init__()
        self.fields = fields

    def get_by_natural_key(self, *values: str) -> models.Model:
        found: models.Model = self.get(**dict(zip(self.fields, values, strict=True)))
        return found


class Recorded(models.Model):
    """Who put a row there, and when. Nobody: it came with the board's own documents."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Lasting(models.Model):
    """What has a first and a last day, `since` and `until`; None: it has no last day yet, or nobody knows the first."""

    since: Any
    until: Any

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        return lasts(self.since, self.until, timezone.localdate())


def paired(*fields: str, name: str) -> models.CheckConstraint:
    """Who and when belong together: all of `fields` are given, or none."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    every = Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=none | every, name=name)


def says_when(day: str, text: str, *, name: str, message: Any) -> models.CheckConstraint:
    """The exact day, or words for it."""
    condition = Q(**{f"{day}__isnull": False}) | ~Q(**{text: ""})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


def in_order(since: str, until: str, *, name: str, message: Any) -> models.CheckConstraint:
    """What ends, ends on the day it began or later."""
    open_ended = Q(**{f"{since}__isnull": True}) | Q(**{f"{until}__isnull": True})
    condition = open_ended | Q(**{f"{until}__gte": F(since)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)
