"""Addresses of the core room."""

from django.urls import path, re_path

from secretariat.core import figure_pages, holidays, pages, views

urlpatterns = [
    path("load/", views.LoadIndex.as_view(), name="loads"),
    path("load/<str:name>/", views.LoadPage.as_view(), name="load"),
    path("files/<int:pk>/<str:name>", views.FileDownload.as_view(), name="file"),
    path("publications/", views.PublicationIndex.as_view(), name="publications"),
    path("publications/<slug:slug>/", views.PublicationPage.as_view(), name="publication"),
    path("rulebook/", views.RulebookPage.as_view(), name="rulebook"),
    path("procedures/", views.ProcedurePage.as_view(), name="procedures"),
    path("workdays/", views.WorkdaysPage.as_view(), name="workdays"),
    path("steps/<str:kind>/<int:pk>/<str:name>/", pages.StepPage.as_view(), name="step"),
    path("figures/", figure_pages.FigureIndex.as_view(), name="figures"),
    re_path(r"^figures/(?P<name>[a-z0-9_]+)/(?P<span>[-.0-9]+)/cell/$", figure_pages.CellPage.as_view(), name="cell"),
    re_path(
        r"^figures/(?P<name>[a-z0-9_]+)/(?P<span>[-.0-9]+)/(?:figure\.(?P<ending>csv|json))?$",
        figure_pages.FigurePage.as_view(),
        name="figure",
    ),
    *views.Journal.urls(),
    *holidays.Holidays.urls(),
    *pages.record_urls(holidays.HolidayPage, holidays.HolidayEntry),
    path("journal/<int:key>/", views.EventPage.as_view(), name="event"),
]
