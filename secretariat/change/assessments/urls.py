"""Addresses of the DCC's assessments, of ideas and of requests for information."""

from django.urls import path

from secretariat.change.assessments import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Assessments.urls(),
    path("change-assessments/new/", views.AssessmentEntry.as_view(), name="change assessment-new"),
    *record_urls(views.AssessmentPage),
    *views.Ideas.urls(),
    path("ideas/new/", views.IdeaEntry.as_view(), name="idea-new"),
    *record_urls(views.IdeaPage),
    *views.InformationRequests.urls(),
    path("information-requests/new/", views.InformationRequestEntry.as_view(), name="information request-new"),
    *record_urls(views.InformationRequestPage),
]
