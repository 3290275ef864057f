"""Addresses of the shell's own pages."""

from __future__ import annotations

from django.urls import path

from secretariat.site import health, home, people, plain_pages, proof_page, search

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("search/", search.Search.as_view(), name="search"),
    path("lists/", plain_pages.AllLists.as_view(), name="lists"),
    path("proof/", proof_page.ProofPage.as_view(), name="proof"),
    path("api/", plain_pages.ApiPage.as_view(), name="api-home"),
    path("accessibility/", plain_pages.Accessibility.as_view(), name="accessibility"),
    path("robots.txt", plain_pages.robots, name="robots"),
    path("health", health.health, name="health"),
    *people.urlpatterns,
]
