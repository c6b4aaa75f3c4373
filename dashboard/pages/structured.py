"""What search engines are told of the data, in the words of schema.org."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from dashboard.opendata.package import LICENCE, TITLE
from metrics.published import IndicatorReading, ReleaseInfo

PUBLISHER = {"@type": "Organization", "name": "Achieve Hartford!", "url": "https://achievehartford.org/"}


def catalogue(release: ReleaseInfo) -> dict[str, Any]:
    """The whole of the open data as one dataset."""
    return {
        **_dataset(TITLE, reverse("dashboard:data"), release),
        "description": "Graduation, college, attendance, achievement and spending in Hartford, Connecticut, by student "
        "group, with sources, revisions and the verdict on each goal.",
        "distribution": [
            _download("application/zip", reverse("data:bundle")),
            _download("text/csv", reverse("data:figures")),
            _download("application/json", reverse("data:figures_json")),
        ],
    }


def indicator(reading: IndicatorReading) -> dict[str, Any]:
    """One indicator as a dataset of its own, part of the whole."""
    one, query = reading.indicator, f"?indicator={reading.indicator.slug}"
    years = [point.year for series in (reading.hartford, reading.state) for point in series.points]
    covered = {"temporalCoverage": f"{min(years)}/{max(years)}"} if years else {}
    return {
        **_dataset(one.name, reverse("dashboard:indicator", args=[one.slug]), reading.release),
        "description": f"{one.numerator} / {one.denominator}",
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": one.source.title,
            "publisher": {"@type": "Organization", "name": one.source.publisher},
        },
        "includedInDataCatalog": {"@type": "DataCatalog", "name": TITLE, "url": _url(reverse("dashboard:data"))},
        "distribution": [
            _download("text/csv", f"{reverse('data:figures')}{query}"),
            _download("application/json", f"{reverse('data:figures_json')}{query}"),
        ],
        **covered,
    }


def _dataset(name: str, path: str, release: ReleaseInfo) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "url": _url(path),
        "version": str(release.number),
        "dateModified": release.published_at.date().isoformat(),
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "creator": PUBLISHER,
        "spatialCoverage": "Hartford, Connecticut, US",
    }


def _download(kind: str, path: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": _url(path)}


def _url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
