"""Addresses of what the DCC answers for."""

from django.urls import URLPattern, path

from secretariat.core.pages import record_urls
from secretariat.oversight.accountability import views

urlpatterns: list[URLPattern] = [
    *views.Schemes.urls(),
    path("performance-schemes/<str:key>/parts/new/", views.AddPart.as_view(), name="scheme part-new"),
    *record_urls(views.SchemePage, views.SchemeEntry),
    *views.PanelScores.urls(),
    *record_urls(views.PanelScorePage, views.PanelScoreEntry),
    *views.IncentiveMilestones.urls(),
    path("incentive-milestones/new/", views.IncentiveMilestoneEntry.as_view(), name="incentive milestone-new"),
    *record_urls(views.IncentiveMilestonePage),
    *views.JointMilestones.urls(),
    path("joint-plan-milestones/new/", views.JointMilestoneEntry.as_view(), name="joint plan milestone-new"),
    *record_urls(views.JointMilestonePage),
    *views.PlanChanges.urls(),
    path("joint-plan-changes/new/", views.PlanChangeEntry.as_view(), name="joint plan change-new"),
    path("joint-plan-changes/<str:key>/move/", views.MoveMilestone.as_view(), name="joint plan change-move"),
    *record_urls(views.PlanChangePage),
]
