"""Addresses of agenda items, standing items and requests."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings.agenda import views

urlpatterns = [
    *views.AgendaItems.urls(),
    *record_urls(views.AgendaItemPage, views.AgendaItemEntry),
    *views.StandingItems.urls(),
    *record_urls(views.StandingItemPage, views.StandingItemEntry),
    *views.Requests.urls(),
    path("agenda-requests/new/", views.RequestEntry.as_view(), name="agenda request-new"),
    *record_urls(views.RequestPage),
    path("meetings/<str:key>/agenda/propose/", views.ProposeAgenda.as_view(), name="meeting-agenda-propose"),
]
