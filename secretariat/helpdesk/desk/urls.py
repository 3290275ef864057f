"""Addresses of the desk."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.helpdesk.desk.pages import (
    Keys,
    LinkAsSuggested,
    LinkTo,
    Note,
    ReplyTemplateEntry,
    ReplyTemplatePage,
    ReplyTemplates,
    Sorting,
    Splitting,
    TakeCall,
    Unlinking,
)
from secretariat.helpdesk.desk.queue import Queue
from secretariat.helpdesk.desk.work import Work

urlpatterns = [
    path("queue/keys/", Keys.as_view(), name="desk keys"),
    path("queue/call/", TakeCall.as_view(), name="take call"),
    path("queue/messages/<str:key>/split/", Splitting.as_view(), name="split enquiry"),
    *Queue.urls(),
    path("queue/<str:key>/", Work.as_view(), name="work"),
    path("queue/<str:key>/category/", Sorting.as_view(), name="sort enquiry"),
    path("queue/<str:key>/note/", Note.as_view(), name="note on enquiry"),
    path("queue/<str:key>/link/", LinkTo.as_view(), name="link enquiry"),
    path("queue/<str:key>/link-suggested/", LinkAsSuggested.as_view(), name="link as suggested"),
    path("queue/<str:key>/links/<int:pk>/remove/", Unlinking.as_view(), name="unlink enquiry"),
    *ReplyTemplates.urls(),
    *record_urls(ReplyTemplatePage, ReplyTemplateEntry),
]
