"""Addresses of judging."""

from django.urls import path

from secretariat.change.judging import code_views, interest_views, views
from secretariat.core.pages import record_urls

urlpatterns = [
    path("objectives/", views.Objectives.as_view(), name="objectives"),
    path("interest-matrix/", interest_views.InterestMatrix.as_view(), name="interest matrix"),
    *views.Judgements.urls(),
    *record_urls(views.JudgementPage, views.JudgementEntry),
    *views.Impacts.urls(),
    *record_urls(views.ImpactPage, views.ImpactEntry),
    *views.SystemImpacts.urls(),
    *record_urls(views.SystemImpactPage, views.SystemImpactEntry),
    *views.Costs.urls(),
    *record_urls(views.CostPage, views.CostEntry),
    *views.Priorities.urls(),
    *record_urls(views.PriorityPage, views.PriorityEntry),
    *views.Summaries.urls(),
    *record_urls(views.SummaryPage, views.SummaryEntry),
    *code_views.CrossCodes.urls(),
    *record_urls(code_views.CrossCodePage, code_views.CrossCodeEntry),
    *code_views.Disagreements.urls(),
    *code_views.CodeListings.urls(),
    path("code-listings/new/", code_views.CodeListingEntry.as_view(), name="code listing-new"),
    *record_urls(code_views.CodeListingPage),
    *code_views.SteeringChoices.urls(),
    *record_urls(code_views.SteeringPage, code_views.SteeringEntry),
    *code_views.ForumIssues.urls(),
    *record_urls(code_views.ForumIssuePage, code_views.ForumIssueEntry),
    *interest_views.Interests.urls(),
    *record_urls(interest_views.InterestPage, interest_views.InterestEntry),
    *interest_views.Views.urls(),
    *record_urls(interest_views.ViewPage, interest_views.ViewEntry),
]
