"""Addresses of the seats."""

from django.urls import path

from secretariat.committees.seats import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Seats.urls(),
    *record_urls(views.SeatPage, views.SeatEntry),
    path("appointments/new/", views.AppointmentEntry.as_view(), name="appointment-new"),
    path("appointments/<str:key>/edit/", views.AppointmentEntry.as_view(), name="appointment-edit"),
]
