"""Addresses of identifiers."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.register.identifiers import views

urlpatterns = [
    *views.Participants.urls(),
    *record_urls(views.ParticipantPage, views.ParticipantEntry),
    *views.Allocations.urls(),
    path("allocations/new/", views.AllocationEntry.as_view(), name="allocation-new"),
    path("allocations/use/", views.UserIdEntry.as_view(), name="user ID-new"),
    *record_urls(views.AllocationPage),
    *views.IdLists.urls(),
    path("identifier-lists/issue/", views.IssueIdList.as_view(), name="identifier-list-issue"),
    *record_urls(views.IdListPage),
    path("signing-key.pem", views.SigningKey.as_view(), name="signing-key"),
]
