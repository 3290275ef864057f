"""Addresses of the assurance room."""

from secretariat.assurance import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Assessments.urls(),
    *record_urls(views.AssessmentPage, views.AssessmentEntry),
]
