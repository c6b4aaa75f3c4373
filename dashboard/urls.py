"""The public addresses."""

from django.urls import path

from dashboard import record_views, views

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("goals/<slug:slug>/", views.goal, name="goal"),
    path("goals/<slug:slug>/figure.json", views.figure, name="figure"),
    path("changes.csv", record_views.changes_csv, name="changes_csv"),
    path("data/figures.csv", record_views.figures_csv, name="figures_csv"),
    path("how-to-read/", views.how_to_read, name="how_to_read"),
]
