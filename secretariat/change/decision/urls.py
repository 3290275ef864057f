"""Addresses of decisions, referrals and letters."""

from django.urls import path

from secretariat.change.decision import taking, views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Decisions.urls(),
    path("decisions/<str:key>/refer/", taking.ReferPage.as_view(), name="decision-refer"),
    path("decisions/<str:key>/hear/", taking.HearPage.as_view(), name="decision-hear"),
    *record_urls(views.DecisionPage),
    *views.Referrals.urls(),
    *record_urls(views.ReferralPage),
    *views.Letters.urls(),
    path("letters/new/", views.LetterEntry.as_view(), name="letter-new"),
    *record_urls(views.LetterPage),
    path("proposals/<str:key>/ballots/", taking.BallotsPage.as_view(), name="proposal-ballots"),
    path("proposals/<str:key>/decide/", taking.DecidePage.as_view(), name="proposal-decide"),
]
