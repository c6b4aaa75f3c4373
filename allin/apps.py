"""The house as a Django app, and which of its files are not for the public."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class Allin(AppConfig):
    name = "allin"

    def ready(self) -> None:
        from allin import checks  # noqa: F401, PLC0415  importing registers them; they need the apps to be loaded


class Staff(AdminConfig):
    default_site = "allin.staff.StaffSite"


class StaticFiles(StaticFilesConfig):
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "*.py"]  # static/build.py makes files, it is not one
