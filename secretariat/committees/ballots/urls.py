"""Addresses of the ballots."""

from django.urls import path

from secretariat.committees.ballots import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Ballots.urls(),
    path("ballots/new/", views.BallotEntry.as_view(), name="ballot-new"),
    path("ballots/<str:key>/vote/<int:elector>/", views.VotePage.as_view(), name="vote"),
    path("ballots/<str:key>/receipt/", views.ReceiptPage.as_view(), name="receipt"),
    path("ballots/<str:key>/journal.json", views.BallotJournal.as_view(), name="ballot journal"),
    *record_urls(views.BallotPage),
]
