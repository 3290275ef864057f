"""Addresses of splits, solutions, issues and Issue Resolution Proposals."""

from django.urls import path

from secretariat.change.naming import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Splits.urls(),
    path("split-proposals/new/", views.SplitEntry.as_view(), name="split proposal-new"),
    *record_urls(views.SplitPage),
    *views.Solutions.urls(),
    *record_urls(views.SolutionPage, views.SolutionEntry),
    *views.Issues.urls(),
    *record_urls(views.IssuePage, views.IssueEntry),
    *views.IssueResolutions.urls(),
    *record_urls(views.IssueResolutionPage, views.IssueResolutionEntry),
]
