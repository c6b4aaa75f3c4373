"""Where plotly.js comes from: the installed package itself, so that no copy of it lives in this repository."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

NAME = "vendor/plotly.min.js"


def plotly_bundle() -> Path:
    """The small bundle where npm has put it (a third of the size), else the one that the Python package carries."""
    small = Path(settings.BASE_DIR, "node_modules", "plotly.js-basic-dist-min", "plotly-basic.min.js")
    if small.is_file():
        return small
    spec = find_spec("plotly")  # finds without importing: plotly costs 40 ms and memory that the web process never uses
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The package plotly is not installed.")
    return Path(spec.origin).with_name("package_data") / "plotly.min.js"


class OneFileStorage(FileSystemStorage):
    """The bundle's folder, with the bundle under the one name that templates know."""

    def path(self, name: str) -> str:
        return str(plotly_bundle())


class PlotlyFinder(BaseFinder):
    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(plotly_bundle())] if path == NAME else []
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        yield NAME, OneFileStorage(location=plotly_bundle().parent)
