"""Addresses of the engagement room."""

from secretariat.core.pages import record_urls
from secretariat.engagement.views import (
    PortalUserEntry,
    PortalUserPage,
    PortalUsers,
    WebsiteMonthEntry,
    WebsiteMonthPage,
    WebsiteMonths,
)

urlpatterns = [
    *PortalUsers.urls(),
    *record_urls(PortalUserPage, PortalUserEntry),
    *WebsiteMonths.urls(),
    *record_urls(WebsiteMonthPage, WebsiteMonthEntry),
]
