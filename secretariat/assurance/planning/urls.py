"""Addresses of assessors, bookings, the calendar of fieldwork, the cycle, and shared providers."""

from django.urls import path, re_path

from secretariat.assurance.planning import assessor_views, calendar_page, cycle_page, shared_views, views
from secretariat.core.pages import record_urls

urlpatterns = [
    path("assessment-cycle/", cycle_page.CyclePage.as_view(), name="assessment cycle"),
    re_path(
        r"^assessment-cycle\.(?P<ending>[a-z]+)$", cycle_page.CyclePage.as_view(), name="assessment cycle-file"
    ),
    path("fieldwork-calendar/", calendar_page.FieldworkCalendar.as_view(), name="fieldwork calendar"),
    *assessor_views.Assessors.urls(),
    path("assessors/<str:key>/capacity/", assessor_views.CapacityEntry.as_view(), name="assessor-capacity"),
    path("assessors/<str:key>/absence/", assessor_views.AbsenceEntry.as_view(), name="assessor-absence"),
    *record_urls(assessor_views.AssessorPage, assessor_views.AssessorEntry),
    *views.Bookings.urls(),
    path("bookings/new/", views.BookingEntry.as_view(), name="booking-new"),
    path("bookings/<str:key>/place/", views.Placing.as_view(), name="booking-place"),
    path("bookings/<str:key>/move/", views.Moving.as_view(), name="booking-move"),
    *record_urls(views.BookingPage),
    *shared_views.SharedProviders.urls(),
    path(
        "shared-resource-providers/<str:key>/users/new/", shared_views.RelianceEntry.as_view(),
        name="shared resource provider-user",
    ),
    *record_urls(shared_views.SharedProviderPage, shared_views.SharedProviderEntry),
    *shared_views.SystemsReports.urls(),
    *record_urls(shared_views.SystemsReportPage, shared_views.SystemsReportEntry),
]  # fmt: skip
