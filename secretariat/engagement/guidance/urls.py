"""Addresses of guidance."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.engagement.guidance import gathered, views

urlpatterns = [
    *views.Articles.urls(),
    *views.ArticleReviews.urls(),
    path("glossary/", gathered.Glossary.as_view(), name="glossary"),
    path("questions/", gathered.Questions.as_view(), name="questions"),
    path("articles/new/", views.ArticleEntry.as_view(), name="article-new"),
    path("articles/<str:key>/edit/", views.ArticleUpkeep.as_view(), name="article-edit"),
    path("articles/<str:key>/anew/", views.BeginDraft.as_view(), name="begin draft"),
    path("articles/<str:key>/files/add/", views.AddFile.as_view(), name="add article file"),
    path("articles/<str:key>/draft/", views.WriteDraft.as_view(), name="draft article"),
    path("articles/<str:key>/versions/<int:number>/", views.VersionPage.as_view(), name="article version"),
    *record_urls(views.ArticlePage),
]
