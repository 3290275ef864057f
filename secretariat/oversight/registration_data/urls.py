"""Addresses of the quality of registration data."""

from django.urls import URLPattern, path

from secretariat.core.pages import record_urls
from secretariat.oversight.registration_data import views

urlpatterns: list[URLPattern] = [
    *views.DataIssues.urls(),
    path("registration-data-issues/new/", views.DataIssueEntry.as_view(), name="registration data issue-new"),
    path("registration-data-issues/<str:key>/examples/new/", views.AddExample.as_view(), name="data example-new"),
    path("registration-data-issues/<str:key>/mended/", views.MendExamples.as_view(), name="data example-mended"),
    *record_urls(views.DataIssuePage),
]
