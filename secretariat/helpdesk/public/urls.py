"""Addresses of what the public asks and says."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.helpdesk.public.asking import Ask
from secretariat.helpdesk.public.satisfaction import Content, SatisfactionPage, Satisfactions

urlpatterns = [
    path("ask/", Ask.as_view(), name="ask"),
    path("ask/content/<str:token>/", Content.as_view(), name="content"),
    *Satisfactions.urls(),
    *record_urls(SatisfactionPage),
]
