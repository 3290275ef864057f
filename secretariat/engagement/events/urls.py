"""Addresses of events."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.engagement.events import public, registration_views, views

ONE = "engagement-events/<str:key>"
MINE = "registrations/<str:key>"
OWN = "engagement-events/own/<str:key>"

urlpatterns = [
    *views.Events.urls(),
    path(f"{OWN}/", public.Own.as_view(), name="own registration"),
    path(f"{OWN}/sessions/", public.OwnSessions.as_view(), name="own registration-sessions"),
    path(f"{OWN}/withdraw/", public.OwnWithdraw.as_view(), name="own registration-withdraw"),
    path(f"{ONE}/register/", public.Register.as_view(), name="event-register"),
    path(f"{ONE}/guests/", views.GuestList.as_view(), name="event-guests"),
    path(f"{ONE}/session/", views.AddSession.as_view(), name="event-session"),
    path(f"{ONE}/places/", views.Resize.as_view(), name="event-resize"),
    path(f"{ONE}/attendance/", views.Attendance.as_view(), name="event-attendance"),
    path(f"{ONE}/material/", views.GiveMaterial.as_view(), name="event-material"),
    path(f"{ONE}/badges.pdf", views.EventBadges.as_view(), name="event-badges"),
    path(f"{ONE}/event.ics", views.EventCalendar.as_view(), name="event-ics"),
    *record_urls(views.EventPage, views.EventEntry),
    *registration_views.Registrations.urls(),
    path(f"{MINE}/sessions/", public.Sessions.as_view(), name="registration-sessions"),
    path(f"{MINE}/withdraw/", public.Withdraw.as_view(), name="registration-withdraw"),
    *record_urls(registration_views.RegistrationPage),
]
