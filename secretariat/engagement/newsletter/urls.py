"""Addresses of the newsletter."""

from django.urls import path, re_path

from secretariat.core.pages import record_urls
from secretariat.engagement.newsletter import views

urlpatterns = [
    *views.Newsletters.urls(),
    path("newsletters/<str:key>/readers/", views.ReadersPage.as_view(), name="newsletter-readers"),
    path("newsletters/<str:key>/preview/", views.Preview.as_view(), name="newsletter-preview"),
    re_path(
        r"^newsletters/(?P<key>[^/]+)/preview\.(?P<ending>eml|html)$",
        views.Preview.as_view(),
        name="newsletter-preview-file",
    ),
    path("newsletters/<str:key>/paragraphs/new/", views.PassagePage.as_view(), name="newsletter-passage-new"),
    path("newsletters/<str:key>/paragraphs/<int:pk>/", views.PassagePage.as_view(), name="newsletter-passage"),
    path("newsletters/<str:key>/accept/", views.AcceptPage.as_view(), name="newsletter-accept"),
    *record_urls(views.NewsletterPage, views.NewsletterEntry),
]
