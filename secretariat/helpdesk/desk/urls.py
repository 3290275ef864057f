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
from secretariat.helpdesk.desk.steps import DeskStep, Doing, TakingBack
from secretariat.helpdesk.desk.work import STEP_PAGES, Work

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
    path("queue/<str:key>/do/", Doing.as_view(), name="do to enquiry"),
    path("queue/<str:key>/take-back/", TakingBack.as_view(), name="take back reply"),
    *(
        path(f"queue/<str:key>/{step.replace('_', '-')}/", DeskStep.as_view(step=step), name=name)
        for step, name in STEP_PAGES.items()
    ),
    *ReplyTemplates.urls(),
    *record_urls(ReplyTemplatePage, ReplyTemplateEntry),
]
