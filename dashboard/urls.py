"""The board itself: English as it stands, Spanish under /es/."""

from django.urls import path

from dashboard import data_views, share_views, views

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("goals/<slug:slug>/", views.goal, name="goal"),
    path("goals/<slug:slug>/figure.json", views.figure, name="figure"),
    path("goals/<slug:slug>/chart.svg", share_views.goal_svg, name="goal_svg"),
    path("goals/<slug:slug>/chart.png", share_views.goal_png, name="goal_png"),
    path("goals/<slug:slug>/card.png", share_views.goal_card, name="goal_card"),
    path("embed/<slug:slug>/", share_views.embed, name="embed"),
    path("gaps/", views.gaps, name="gaps"),
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/<slug:slug>/", views.indicator, name="indicator"),
    path("indicators/<slug:slug>/figure.json", views.indicator_figure, name="indicator_figure"),
    path("indicators/<slug:slug>/chart.svg", share_views.indicator_svg, name="indicator_svg"),
    path("indicators/<slug:slug>/chart.png", share_views.indicator_png, name="indicator_png"),
    path("indicators/<slug:slug>/card.png", share_views.indicator_card, name="indicator_card"),
    path("data/", data_views.data, name="data"),
    path("report-card/", views.report_card, name="report_card"),
    path("pipeline/", views.pipeline, name="pipeline"),
    path("search/", views.search, name="search"),
    path("glossary/", views.glossary, name="glossary"),
    path("methods/", views.methods, name="methods"),
    path("how-to-read/", views.how_to_read, name="how_to_read"),
]
