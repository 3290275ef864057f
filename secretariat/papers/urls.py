"""Addresses of the papers room."""

from django.urls import path, re_path

from secretariat.papers import appendix_views, class_views, findings, reading, views

urlpatterns = [
    *views.Papers.urls(),
    path("papers/start/", views.StartPaper.as_view(), name="paper-start"),
    path("papers/paragraphs/<str:key>/class/", class_views.PassageClass.as_view(), name="passage-class"),
    path("papers/<slug:key>/", views.PaperPage.as_view(), name="paper"),
    path("papers/<slug:key>/read/", reading.ReadPaper.as_view(), name="paper-read"),
    re_path(
        r"^papers/(?P<key>[-a-z0-9]+)\.(?P<form>html|pdf|docx|json)$", reading.PaperFile.as_view(), name="paper-file"
    ),
    path("papers/<slug:key>/sections/<slug:part>/", views.PartPage.as_view(), name="paper-part"),
    path("papers/<slug:key>/attachments/<int:pk>/", appendix_views.AttachmentPage.as_view(), name="paper-attachment"),
    path("papers/<slug:key>/findings/", findings.PaperFindings.as_view(), name="paper-findings"),
    path("papers/<slug:key>/differences/", reading.Differences.as_view(), name="paper-differences"),
    path("papers/<slug:key>/restate/", views.Restate.as_view(), name="paper-restate"),
    re_path(
        r"^papers/(?P<key>[-a-z0-9]+)/figures/(?P<name>[a-z0-9_]+)/(?P<span>[-.0-9]+)/$",
        reading.PaperCell.as_view(),
        name="paper-cell",
    ),
]
