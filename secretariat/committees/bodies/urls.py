"""Addresses of terms of reference, duties, delegations and recommendations."""

from django.urls import path

from secretariat.committees.bodies import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Terms.urls(),
    path("versions-of-terms-of-reference/new/", views.TermsEntry.as_view(), name="terms of reference-new"),
    *record_urls(views.TermsPage),
    *views.Duties.urls(),
    *record_urls(views.DutyPage, views.DutyEntry),
    *views.Delegations.urls(),
    *record_urls(views.DelegationPage, views.DelegationEntry),
    *views.Recommendations.urls(),
    path("recommendations/new/", views.RecommendationEntry.as_view(), name="recommendation-new"),
    *record_urls(views.RecommendationPage),
]
