"""Addresses of weeks."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.effort.weeks.views import MyWeek, WeekSheetPage, WeekSheets

urlpatterns = [
    path("my-week/", MyWeek.as_view(), name="my week"),
    *WeekSheets.urls(),
    *record_urls(WeekSheetPage),
]
