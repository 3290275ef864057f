"""Addresses of papers, packs and the agenda with its papers."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings.packs import meeting_views, page, views

PARTS = (page,)
"""What the agenda says on the page of a meeting: imported here, so that it is known."""

urlpatterns = [
    *views.MeetingPapers.urls(),
    path("meeting-papers/<str:key>/read/", views.ReadPaper.as_view(), name="meeting paper-read"),
    path("meeting-papers/<str:key>/write/", views.WritePaper.as_view(), name="meeting paper-write"),
    path("meeting-papers/<str:key>/attach/", views.AttachToPaper.as_view(), name="meeting paper-attach"),
    path("meeting-papers/<str:key>/readers/", views.NameReaders.as_view(), name="meeting paper-readers"),
    path("meeting-papers/<str:key>/replace/", views.ReplacePaper.as_view(), name="meeting paper-replace"),
    path("meeting-papers/<str:key>/receipt/", views.ReceivePaper.as_view(), name="meeting paper-receipt"),
    path("meeting-papers/<str:key>/compare/", views.ComparePaper.as_view(), name="meeting paper-compare"),
    *record_urls(views.MeetingPaperPage, views.MeetingPaperEntry),
    path("meetings/<str:key>/agenda/", meeting_views.MeetingAgenda.as_view(), name="meeting-agenda"),
    path("meetings/<str:key>/pack/<slug:level>.pdf", meeting_views.PackFile.as_view(), name="meeting-pack"),
    path("meetings/<str:key>/publish-pack/", meeting_views.PublishPack.as_view(), name="meeting-pack-publish"),
    path("agenda-items/<str:key>/take-in/", meeting_views.TakeReportIn.as_view(), name="agenda item-take-in"),
    path("meetings/<str:key>/readiness/", meeting_views.Readiness.as_view(), name="meeting-readiness"),
    path("agenda-items/<str:key>/note/", meeting_views.WriteNote.as_view(), name="agenda item-note"),
    path("paper-readiness/", meeting_views.AllReadiness.as_view(), name="paper-readiness"),
]
