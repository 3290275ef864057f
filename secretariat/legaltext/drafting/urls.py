"""Addresses of drafts of legal text."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.legaltext.drafting import settling, views, word_files, writing

BASE = "drafts-of-legal-text/<str:key>"

urlpatterns = [
    *views.Drafts.urls(),
    path("drafts-of-legal-text/new/", views.DraftEntry.as_view(), name="draft of legal text-new"),
    path(f"{BASE}/text/", views.DraftedText.as_view(), name="drafted text"),
    path(f"{BASE}/checks/", views.DraftChecks.as_view(), name="draft checks"),
    path(f"{BASE}/clauses/<str:uid>/", writing.EditClause.as_view(), name="edit clause"),
    path(f"{BASE}/clauses/<str:uid>/put-in/", writing.PutInClause.as_view(), name="put in clause"),
    path(f"{BASE}/clauses/<str:uid>/move/", writing.MoveClause.as_view(), name="move clause"),
    path(f"{BASE}/clauses/<str:uid>/take-out/", writing.TakeOutClause.as_view(), name="take out clause"),
    path(f"{BASE}/take-back/", writing.TakeBack.as_view(), name="take back"),
    path(f"{BASE}/conflicts/<str:digest>/", settling.SettleConflict.as_view(), name="settle conflict"),
    path(f"{BASE}/rebase/", settling.Rebase.as_view(), name="rebase draft"),
    path(f"{BASE}/word/", word_files.BringInWord.as_view(), name="bring in word"),
    path(f"{BASE}/<str:form>.docx", word_files.DraftFile.as_view(), name="draft-file"),
    *record_urls(views.DraftPage),
]
