"""The board itself: English as it stands, Spanish under /es/."""

from django.urls import path

from dashboard import data_views, views

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("goals/<slug:slug>/", views.goal, name="goal"),
    path("goals/<slug:slug>/figure.json", views.figure, name="figure"),
    path("gaps/", views.gaps, name="gaps"),
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/<slug:slug>/", views.indicator, name="indicator"),
    path("data/", data_views.data, name="data"),
    path("report-card/", views.report_card, name="report_card"),
    path("how-to-read/", views.how_to_read, name="how_to_read"),
]
