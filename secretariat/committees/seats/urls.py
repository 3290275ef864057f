"""Addresses of the seats, of who holds them, and of a body's composition."""

from django.urls import path

from secretariat.committees.seats import views
from secretariat.core.pages import record_urls

urlpatterns = [
    path("committees/<str:key>/composition/", views.CompositionPage.as_view(), name="composition"),
    *views.Seats.urls(),
    *record_urls(views.SeatPage, views.SeatEntry),
    *views.Appointments.urls(),
    *record_urls(views.AppointmentPage, views.AppointmentEntry),
    path("appointments/<str:key>/alternate/", views.AlternateEntry.as_view(), name="alternate-new"),
    *views.EmployerChanges.urls(),
]
