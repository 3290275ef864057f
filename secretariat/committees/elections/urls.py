"""Addresses of the elections."""

from django.urls import path

from secretariat.committees.elections import nominating_views, views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Elections.urls(),
    path("elections/new/", views.CallEntry.as_view(), name="election-new"),
    path("elections/contests/<str:key>/", views.ContestPage.as_view(), name="contest"),
    path("elections/<str:key>/follows/", views.FollowsPage.as_view(), name="election follows"),
    path("elections/<str:key>/result/", views.ResultPage.as_view(), name="election result"),
    *record_urls(views.ElectionPage),
    *nominating_views.Nominations.urls(),
    *record_urls(nominating_views.NominationPage, nominating_views.NominationEntry),
    *nominating_views.Interests.urls(),
    *record_urls(nominating_views.InterestPage, nominating_views.InterestEntry),
]
