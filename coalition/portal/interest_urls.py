"""The address of the form for those who would like to join."""

from django.urls import URLPattern

app_name = "interest"

urlpatterns: list[URLPattern] = []
