"""Addresses of raising a proposal."""

from django.urls import path

from secretariat.change.raising import views

BASE = "raise-a-proposal"

urlpatterns = [
    path(f"{BASE}/", views.Begin.as_view(), name="raise-a-proposal"),
    path(f"{BASE}/<str:key>/", views.Own.as_view(), name="own problem"),
    path("ideas/<str:key>/raise/", views.FromIdea.as_view(), name="idea-raise"),
]
