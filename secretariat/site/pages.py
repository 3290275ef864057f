"""Addresses of the shell's own pages."""

from __future__ import annotations

from django.urls import path

from secretariat.site import (
    areas,
    colleagues,
    health,
    home,
    open_data,
    party_home,
    people,
    plain_pages,
    proof_page,
    search,
)

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("search/", search.Search.as_view(), name="search"),
    path("areas/<slug:slug>/", areas.AreaPage.as_view(), name="area"),
    path("lists/", plain_pages.AllLists.as_view(), name="lists"),
    path("proof/", proof_page.ProofPage.as_view(), name="proof"),
    path("api/", plain_pages.ApiPage.as_view(), name="api-home"),
    path("accessibility/", plain_pages.Accessibility.as_view(), name="accessibility"),
    path("my-party/", party_home.MyParty.as_view(), name="my party"),
    path("my-party/<slug:key>/", party_home.PartyHome.as_view(), name="own party"),
    path("my-party/<slug:key>/details/", party_home.PartyDetails.as_view(), name="own party details"),
    path("my-party/<slug:key>/files/<str:base>.<str:ending>", party_home.PartyFile.as_view(), name="own party file"),
    path("my-party/<slug:key>/private-address/", party_home.PartyFeedKey.as_view(), name="own party feed key"),
    path("my-party/<slug:key>/duties.<str:ending>", party_home.PartyFeed.as_view(), name="own party feed"),
    path(
        "feeds/<str:token>/my-party/<slug:key>.<str:ending>",
        party_home.PartyFeedByKey.as_view(),
        name="own party feed by key",
    ),
    path("my-party/<slug:key>/colleagues/", colleagues.Colleagues.as_view(), name="colleagues"),
    path(
        "my-party/<slug:key>/colleagues/<int:capacity>/remove/",
        colleagues.ColleagueRemoval.as_view(),
        name="colleague removal",
    ),
    path("open-data/", open_data.OpenData.as_view(), name="open data"),
    path("open-data/<slug:name>.<str:ending>", open_data.OpenDataFile.as_view(), name="open data file"),
    path("robots.txt", plain_pages.robots, name="robots"),
    path("health", health.health, name="health"),
    *people.urlpatterns,
]
