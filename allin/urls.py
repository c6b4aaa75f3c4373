"""The addresses: health, the staff area, and everything public, which the dashboard answers."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from allin import health

handler404 = "dashboard.views.not_found"
handler500 = "dashboard.views.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("members/", include("coalition.portal.urls")),
    path("", include("dashboard.data_urls")),
    *i18n_patterns(
        path("", include("dashboard.urls")),
        path("join/", include("coalition.portal.interest_urls")),
        path("", include("dashboard.coalition_urls")),
        path("", include("dashboard.about_urls")),
        path("", include("dashboard.record_urls")),
        path("", include("dashboard.history_urls")),
        prefix_default_language=False,
    ),
]
