"""Addresses of governed documents, their reviews, their drafts for comment and the comments."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.legaltext.governed.views import (
    CirculationEntry,
    CirculationPage,
    Circulations,
    CommentOn,
    CommentPage,
    Comments,
    GovernedDocuments,
    ReviewEntry,
    ReviewPage,
    Reviews,
)

urlpatterns = [
    *GovernedDocuments.urls(),
    *Reviews.urls(),
    *record_urls(ReviewPage, ReviewEntry),
    *Circulations.urls(),
    path("drafts-for-comment/<str:key>/comment/", CommentOn.as_view(), name="comment on draft"),
    *record_urls(CirculationPage, CirculationEntry),
    *Comments.urls(),
    *record_urls(CommentPage),
]
