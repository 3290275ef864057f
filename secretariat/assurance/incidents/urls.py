"""Addresses of notices of incidents and vulnerabilities, and of advisories."""

from django.urls import path

from secretariat.assurance.incidents import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.SecurityNotices.urls(),
    path("security-notices/new/", views.SecurityNoticeEntry.as_view(), name="security notice-new"),
    *record_urls(views.SecurityNoticePage),
    path("security-notices/<str:key>/readers/", views.NameReaders.as_view(), name="name readers of a notice"),
    *views.Advisories.urls(),
    *record_urls(views.AdvisoryPage),
]
