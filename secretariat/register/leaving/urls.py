"""Addresses of exits and of Suppliers of Last Resort."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.register.leaving import views

urlpatterns = [
    *views.Leavings.urls(),
    path("exits/new/", views.LeavingEntry.as_view(), name="exit-new"),
    path("exits/<str:key>/left/", views.HasLeft.as_view(), name="exit-left"),
    *record_urls(views.LeavingPage),
    *views.LastResorts.urls(),
    path("suppliers-of-last-resort/new/", views.LastResortEntry.as_view(), name="supplier of last resort-new"),
    *record_urls(views.LastResortPage),
    *views.CheckItems.urls(),
    *record_urls(views.CheckItemPage),
]
