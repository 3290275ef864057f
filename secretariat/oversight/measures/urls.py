"""Addresses of measures, their definitions, returns, levels, promises and test traffic."""

from django.urls import path, re_path

from secretariat.core.pages import record_urls
from secretariat.oversight.measures import overview, promise_views, return_views, views

urlpatterns = [
    path("service-performance/", overview.NewestPerformance.as_view(), name="newest service performance"),
    path("service-performance/<str:month>/", overview.Performance.as_view(), name="service performance"),
    re_path(
        r"^service-performance/(?P<month>[0-9]{4}-[0-9]{2})\.(?P<ending>csv)$",
        overview.Performance.as_view(),
        name="service performance-file",
    ),
    *views.Measures.urls(),
    *record_urls(views.MeasurePage, views.MeasureEntry),
    *views.Definitions.urls(),
    *record_urls(views.DefinitionPage, views.DefinitionEntry),
    *views.MethodVersions.urls(),
    *record_urls(views.MethodVersionPage, views.MethodVersionEntry),
    *return_views.Returns.urls(),
    path("performance-returns/new/", return_views.ReceiveReturn.as_view(), name="performance return-new"),
    *record_urls(return_views.ReturnPage),
    *return_views.ServiceLevels.urls(),
    path("service-levels/<str:key>/explain/", return_views.ExplainLevel.as_view(), name="service level-explain"),
    *record_urls(return_views.ServiceLevelPage),
    *promise_views.Commitments.urls(),
    path("performance-commitments/new/", promise_views.CommitmentEntry.as_view(), name="performance commitment-new"),
    *record_urls(promise_views.CommitmentPage),
    *promise_views.Traffic.urls(),
    *record_urls(promise_views.TrafficPage, promise_views.TrafficEntry),
]
