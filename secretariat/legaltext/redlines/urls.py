"""Addresses of redlines. They come before those of the reading pages, which take every word below /code/."""

from django.urls import path

from secretariat.legaltext.redlines import views

urlpatterns = [
    path("code/compare/", views.CompareCode.as_view(), name="compare the code"),
    path("code/<slug:key>/compare/", views.Compare.as_view(), name="compare"),
    path("code/<slug:key>/compare.<str:ending>", views.Compare.as_view(), name="compare-file"),
]
