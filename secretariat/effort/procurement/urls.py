"""Addresses of procurements and of bids."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.effort.procurement import pages, views

urlpatterns = [
    *views.Procurements.urls(),
    path("procurements/new/", views.ProcurementEntry.as_view(), name="procurement-new"),
    path("procurements/<str:key>/document/", pages.AddDocument.as_view(), name="procurement-document"),
    path("procurements/<str:key>/criterion/", pages.AddCriterion.as_view(), name="procurement-criterion"),
    path("procurements/<str:key>/question/", pages.AnswerQuestion.as_view(), name="procurement-question"),
    path("procurements/<str:key>/bid/", pages.TakeInBid.as_view(), name="procurement-bid"),
    path("procurements/<str:key>/evaluator/", pages.NameEvaluator.as_view(), name="procurement-evaluator"),
    path("procurements/<str:key>/declare/", pages.Declare.as_view(), name="procurement-declare"),
    *record_urls(views.ProcurementPage),
    path("bids/<str:key>/", views.BidPage.as_view(), name="bid"),
    path("bids/<str:key>/score/", pages.ScoreBid.as_view(), name="bid-score"),
    path("bids/<str:key>/file/", views.BidFile.as_view(), name="file of a bid"),
]
