"""Addresses of series of meetings."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings.series import page, views

PARTS = (page,)
"""What the series say on the page of a meeting: imported here, so that it is known."""

urlpatterns = [
    *views.AllSeries.urls(),
    path("meeting-series/new/", views.SeriesEntry.as_view(), name="series of meetings-new"),
    path("series-exceptions/new/", views.SeriesExceptionEntry.as_view(), name="series exception-new"),
    *record_urls(views.SeriesPage),
]
