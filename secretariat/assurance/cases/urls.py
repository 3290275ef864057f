"""Addresses of the cases."""

from django.urls import path

from secretariat.assurance.cases import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Assessments.urls(),
    path("assessments/<str:key>/conditions/new/", views.ConditionEntry.as_view(), name="condition-new"),
    *record_urls(views.AssessmentPage, views.AssessmentEntry),
    *views.Conditions.urls(),
    *record_urls(views.ConditionPage),
]
