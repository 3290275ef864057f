"""Addresses of projects."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.effort.projects import views

urlpatterns = [
    *views.Projects.urls(),
    path("projects/<str:key>/milestone/", views.AddMilestone.as_view(), name="project-milestone"),
    path("projects/<str:key>/move/", views.MoveMilestone.as_view(), name="project-move"),
    path("projects/<str:key>/reach/", views.ReachMilestone.as_view(), name="project-reach"),
    *record_urls(views.ProjectPage, views.ProjectEntry),
]
