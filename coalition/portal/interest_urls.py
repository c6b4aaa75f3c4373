"""The addresses of the form for those who would like to join, English and Spanish."""

from django.urls import path

from . import interest_views as views

app_name = "interest"

urlpatterns = [
    path("", views.form, name="form"),
    path("thanks/", views.thanks, name="thanks"),
]
