"""Open files: one address each, whatever language their reader has. Also as any release showed them."""

from django.urls import path

from dashboard import record_views as views

app_name = "data"

urlpatterns = [
    path("changes.csv", views.changes_csv, name="changes"),
    path("data/figures.csv", views.figures_csv, name="figures"),
]
