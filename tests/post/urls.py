"""The site's addresses, before which a test puts those of its own list."""

from secretariat.site.urls import urlpatterns as site

SITE = list(site)
urlpatterns: list[object] = list(SITE)
