"""Addresses of the effort room."""

from secretariat.core.pages import record_urls
from secretariat.effort.views import DayEntries, DayEntryEntry, DayEntryPage

urlpatterns = [*DayEntries.urls(), *record_urls(DayEntryPage, DayEntryEntry)]
