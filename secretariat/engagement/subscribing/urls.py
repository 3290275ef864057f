"""Addresses of subscribing."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.engagement.subscribing import views

urlpatterns = [
    path("newsletter/subscribe/", views.Subscribe.as_view(), name="newsletter-subscribe"),
    path("newsletter/confirm/<str:key>/", views.Confirm.as_view(), name="newsletter-confirm"),
    path("newsletter/choices/<str:key>/", views.Choices.as_view(), name="newsletter-choices"),
    path("newsletter/unsubscribe/<str:key>/", views.Unsubscribe.as_view(), name="newsletter-unsubscribe"),
    *views.Subscribers.urls(),
    *record_urls(views.SubscriberPage),
]
