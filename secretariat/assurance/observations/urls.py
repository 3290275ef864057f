"""Addresses of observations, of a case's named readers, and of sealed files."""

from django.urls import path

from secretariat.assurance.observations import case_views, views
from secretariat.core.pages import record_urls

CASE = "assessments/<str:key>"

urlpatterns = [
    path(f"{CASE}/observations/", case_views.CaseObservations.as_view(), name="assessment-observations"),
    path(
        f"{CASE}/observations.<str:ending>", case_views.ObservationsFile.as_view(), name="assessment-observations-file"
    ),
    path(f"{CASE}/observations/record/", case_views.RecordObservation.as_view(), name="assessment-observation"),
    path(f"{CASE}/observations/list/", case_views.TakeInList.as_view(), name="assessment-list"),
    path(f"{CASE}/evidence/", case_views.HandInOfCase.as_view(), name="assessment-evidence"),
    path(f"{CASE}/readers/", case_views.NameReaders.as_view(), name="assessment-readers"),
    path("named-readers/<str:key>/end/", case_views.EndNaming.as_view(), name="end naming"),
    *views.Observations.urls(),
    path("observations/<str:key>/correct/", views.CorrectObservation.as_view(), name="observation-correct"),
    path("observations/<str:key>/evidence/", views.HandInOfObservation.as_view(), name="observation-evidence"),
    *record_urls(views.ObservationPage),
    *views.EvidenceFiles.urls(),
    path("evidence-files/<str:key>/open/", views.OpenEvidence.as_view(), name="open evidence"),
    *record_urls(views.EvidencePage),
]
