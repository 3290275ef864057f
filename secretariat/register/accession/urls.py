"""Addresses of becoming a party."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.register.accession import public, views

BASE = "becoming-a-party"
OWN = f"{BASE}/applications/<str:key>"

urlpatterns = [
    path(f"{BASE}/", public.Guide.as_view(), name="becoming a party"),
    path(f"{BASE}/apply/", public.Start.as_view(), name="apply"),
    path(f"{BASE}/link/", public.LostLink.as_view(), name="application-link"),
    path(f"{OWN}/", public.Own.as_view(), name="own application"),
    path(f"{OWN}/form/", public.Answers.as_view(), name="own application-form"),
    path(f"{OWN}/answer/", public.Answer.as_view(), name="own application-answer"),
    path(f"{OWN}/agreement/", public.Agreement.as_view(), name="own application-agreement"),
    path(f"{OWN}/withdraw/", public.Withdrawal.as_view(), name="own application-withdraw"),
    *views.Applications.urls(),
    path("applications/<str:key>/execute/", views.Execution.as_view(), name="application-execute"),
    path("applications/<str:key>/agreement/", views.AgreementReceived.as_view(), name="application-agreement"),
    *record_urls(views.ApplicationPage),
    *views.Refusals.urls(),
    *record_urls(views.RefusalPage),
    *views.ShortenedBars.urls(),
    path("shortened-bars/new/", views.ShortenedBarEntry.as_view(), name="shortened bar-new"),
    *record_urls(views.ShortenedBarPage),
]
