"""Addresses of the post room."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.post import bounce_views, views
from secretariat.post.preview import DigestPreview

urlpatterns = [
    *views.Messages.urls(),
    *record_urls(views.MessagePage),
    *views.IncomingMails.urls(),
    *record_urls(views.IncomingMailPage),
    path("incoming-mail/<int:pk>/as-it-came/<int:arrival>.eml", views.AsItCame.as_view(), name="mail-as-it-came"),
    *bounce_views.Bounces.urls(),
    *record_urls(bounce_views.BouncePage),
    path("subscriptions/", views.SubscriptionsPage.as_view(), name="subscriptions"),
    path("subscriptions/follow/", views.FollowPage.as_view(), name="follow"),
    path("subscriptions/key/", views.KeyPage.as_view(), name="feed-key"),
    path("subscriptions/<int:pk>/end/", views.EndPage.as_view(), name="subscription-end"),
    path("digest-preview/", DigestPreview.as_view(), name="digest preview"),
    path("feeds/<str:token>/<str:base>.<str:ending>", views.FeedPage.as_view(), name="feed"),
]
