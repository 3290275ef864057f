"""Every address: the rooms' own lists of them, one after the other."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.urls import include, path
from django.utils.module_loading import module_has_submodule

from secretariat.site import pages, plain_pages
from secretariat.site.api import open_api

urlpatterns = [
    path("account/email/", plain_pages.SignInAddress.as_view()),
    path("account/", include("allauth.urls")),
]
for room in settings.ROOMS:
    package = import_module(f"secretariat.{room}")
    if room != "site" and module_has_submodule(package, "urls"):
        urlpatterns += import_module(f"secretariat.{room}.urls").urlpatterns
urlpatterns += [*pages.urlpatterns, path("api/", open_api().urls)]

handler400 = "secretariat.site.errors.bad_request"
handler403 = "secretariat.site.errors.forbidden"
handler404 = "secretariat.site.errors.not_found"
handler500 = "secretariat.site.errors.broken"
