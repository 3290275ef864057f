"""Addresses of testing and releases."""

from django.urls import URLPattern, path

from secretariat.core.pages import record_urls
from secretariat.oversight.testing import document_views, together_views, views

urlpatterns: list[URLPattern] = [
    path("test-plan/", together_views.TestPlan.as_view(), name="test plan"),
    *views.TestProgrammes.urls(),
    *record_urls(views.TestProgrammePage, views.TestProgrammeEntry),
    *views.TestPhases.urls(),
    path("test-phases/new/", views.TestPhaseEntry.as_view(), name="test phase-new"),
    *record_urls(views.TestPhasePage),
    *document_views.TestDocuments.urls(),
    path("test-documents/new/", document_views.TestDocumentEntry.as_view(), name="test document-new"),
    *record_urls(document_views.TestDocumentPage),
    *document_views.GovernancePlans.urls(),
    path("governance-plans/new/", document_views.GovernancePlanEntry.as_view(), name="governance plan-new"),
    path("governance-plans/<str:key>/steps/", document_views.PlanSteps.as_view(), name="plan steps"),
    *record_urls(document_views.GovernancePlanPage),
    *together_views.Dependencies.urls(),
    *record_urls(together_views.DependencyPage, together_views.DependencyEntry),
    *together_views.ConcurrentTestings.urls(),
    path(
        "proposals-of-concurrent-testing/new/",
        together_views.ConcurrentTestingEntry.as_view(),
        name="concurrent testing-new",
    ),
    *record_urls(together_views.ConcurrentTestingPage),
]
