"""Open files: one address each, whatever language their reader has. Also as any release showed them."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from dashboard import data_views as views
from dashboard import record_views, share_views
from dashboard.delivery import public
from dashboard.sitemap import Pages

app_name = "data"

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", public(sitemap), {"sitemaps": {"pages": Pages}}, name="sitemap"),
    path("oembed/", share_views.oembed, name="oembed"),
    path("changes.csv", record_views.changes_csv, name="changes"),
    path("data/figures.csv", views.figures_csv, name="figures"),
    path("data/figures.json", views.figures_json, name="figures_json"),
    path("data/figures.xlsx", views.figures_xlsx, name="figures_xlsx"),
    path("data/allin-hartford.zip", views.bundle, name="bundle"),
    path("data/dictionary.csv", views.dictionary, name="dictionary"),
    path("data/datapackage.json", views.package, name="package"),
    path("data/csv-metadata.json", views.on_the_web, name="on_the_web"),
    path("api/", views.api, name="api"),
    path("api/openapi.json", views.openapi, name="openapi"),
    path("api/<slug:name>/", views.api_table, name="api_table"),
]
