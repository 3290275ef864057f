"""Addresses of frameworks, controls, agreed interpretations and the security plan."""

from django.urls import path

from secretariat.assurance.framework import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.FrameworkVersions.urls(),
    *record_urls(views.FrameworkVersionPage, views.FrameworkVersionEntry),
    *views.Controls.urls(),
    *record_urls(views.ControlPage, views.ControlEntry),
    *views.Interpretations.urls(),
    path("agreed-interpretations/new/", views.InterpretationEntry.as_view(), name="agreed interpretation-new"),
    *record_urls(views.InterpretationPage),
    *views.SecurityPlan.urls(),
    *record_urls(views.PlannedWorkPage, views.PlannedWorkEntry),
]
