"""Managers shared by the models of this app."""

from typing import Any

from django.db import models


class NaturalKeyManager(models.Manager[Any]):
    """Finds rows by the fields that fixtures know them by, so that loading twice changes nothing."""

    def __init__(self, *fields: str) -> None:
        super().__init__()
        self.fields = fields

    def get_by_natural_key(self, *values: str) -> models.Model:
        found: models.Model = self.get(**dict(zip(self.fields, values, strict=True)))
        return found
