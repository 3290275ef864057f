"""Addresses of minutes and of their editions."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings.minutes import page
from secretariat.meetings.minutes.taking import (
    CommentOn,
    CommentPage,
    Comments,
    EditHeadlines,
    PutRight,
    TakeMinutes,
)
from secretariat.meetings.minutes.views import Decisions, Draft, EditionPage, MinutesList, MinutesPage

PARTS = (page,)
"""What minutes say on the page of a meeting: imported here, so that it is known."""

urlpatterns = [
    *MinutesList.urls(),
    *Decisions.urls(),
    *Comments.urls(),
    *record_urls(CommentPage),
    path("minutes/<str:key>/take/", TakeMinutes.as_view(), name="take minutes"),
    path("minutes/<str:key>/headlines/", EditHeadlines.as_view(), name="edit headlines"),
    path("minutes/<str:key>/draft/<str:level>/", Draft.as_view(), name="draft of minutes"),
    path("minutes/<str:key>/draft/<str:level>.<str:ending>", Draft.as_view(), name="draft of minutes-file"),
    path("minute-rows/<str:key>/", PutRight.as_view(), name="put right"),
    path("minute-rows/<str:key>/comment/", CommentOn.as_view(), name="comment on a row"),
    path("editions/<str:key>/<str:kind>/<str:level>/", EditionPage.as_view(), name="edition"),
    path("editions/<str:key>/<str:kind>/<str:level>.<str:ending>", EditionPage.as_view(), name="edition-file"),
    *record_urls(MinutesPage),
]
