"""Addresses of the engagement room."""

from secretariat.core.pages import record_urls
from secretariat.engagement.events.urls import urlpatterns as events
from secretariat.engagement.guidance.urls import urlpatterns as guidance
from secretariat.engagement.newsletter.urls import urlpatterns as newsletter
from secretariat.engagement.subscribing.urls import urlpatterns as subscribing
from secretariat.engagement.surveys.urls import urlpatterns as surveys
from secretariat.engagement.views import (
    PortalUserEntry,
    PortalUserPage,
    PortalUsers,
    WebsiteMonthEntry,
    WebsiteMonthPage,
    WebsiteMonths,
)
from secretariat.engagement.website.urls import urlpatterns as website

urlpatterns = [
    *PortalUsers.urls(),
    *record_urls(PortalUserPage, PortalUserEntry),
    *WebsiteMonths.urls(),
    *record_urls(WebsiteMonthPage, WebsiteMonthEntry),
    *events,
    *guidance,
    *surveys,
    *website,
    *newsletter,
    *subscribing,
]
