"""Addresses of certificates, their calendar, remediations, the plans asked for, and the notices of removal."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.products.certificates import pages, views

urlpatterns = [
    *views.Certificates.urls(),
    path("certificates/<str:key>/withdraw/", pages.Withdrawal.as_view(), name="certificate-withdraw"),
    path("certificates/<str:key>/renew/", pages.Renewal.as_view(), name="certificate-renew"),
    path("certificates/new/", views.CertificateEntry.as_view(), name="certificate-new"),
    path("certificates/<str:key>/edit/", pages.Correction.as_view(), name="certificate-edit"),
    *record_urls(views.CertificatePage),
    path("certificate-calendar/", pages.CertificateCalendar.as_view(), name="certificate calendar"),
    *views.Remediations.urls(),
    path("remediations/new/", views.RemediationEntry.as_view(), name="remediation-new"),
    path("remediations/<str:key>/ask/", pages.AskForPlans.as_view(), name="remediation-ask"),
    path("remediations/<str:key>/notice/", pages.TellAll.as_view(), name="remediation-notice"),
    *record_urls(views.RemediationPage),
    *views.PlanRequests.urls(),
    path("plan-requests/<str:key>/answer/", pages.Answer.as_view(), name="plan request-answer"),
    path("plan-requests/<str:key>/file/", pages.PlanFile.as_view(), name="plan request-file"),
    *record_urls(views.PlanRequestPage),
    *views.RemovalNotices.urls(),
    *record_urls(views.RemovalNoticePage),
]
