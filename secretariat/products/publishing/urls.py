"""Addresses of the lists, their versions and files: those of a version are made of its list and number for ever."""

from django.urls import path, re_path

from secretariat.core.pages import record_urls
from secretariat.products.publishing import comparing, preparing_views, told_views, views
from secretariat.products.publishing import contents_views as contents

_FILE = r"(?P<ending>(?:csv|xlsx|xml|json)(?:\.sig)?)"
_CODE = r"(?P<code>[-A-Za-z0-9]{1,12})"

urlpatterns = [
    *views.ProductLists.urls(),
    *record_urls(views.ProductListPage, views.ProductListEntry),
    *views.ListVersions.urls(),
    *record_urls(views.ListVersionPage, views.ListVersionEntry),
    *contents.ListRows.urls(),
    *record_urls(contents.ListRowPage),
    path("products/firmware/", contents.Firmware.as_view(), name="firmware information"),
    re_path(r"^products/firmware\.(?P<ending>csv)$", contents.Firmware.as_view(), name="firmware information-file"),
    path("products/<slug:code>/prepare/", preparing_views.PrepareVersion.as_view(), name="prepare a version"),
    path("products/<slug:code>/compare/", comparing.CompareVersions.as_view(), name="compare versions"),
    re_path(
        rf"^products/{_CODE}/compare\.(?P<ending>csv|json)$",
        comparing.CompareVersions.as_view(),
        name="compare versions-file",
    ),
    re_path(rf"^products/{_CODE}/latest\.{_FILE}$", contents.LatestVersion.as_view(), name="latest version of a list"),
    path("products/<slug:code>/versions/<int:number>/", views.VersionOfAList.as_view(), name="version of a list"),
    path(
        "products/<slug:code>/versions/<int:number>/again/",
        contents.MadeAgain.as_view(),
        name="version made again",
    ),
    re_path(
        rf"^products/{_CODE}/versions/(?P<number>[0-9]+)\.{_FILE}$",
        contents.VersionFileDownload.as_view(),
        name="version of a list-file",
    ),
    *preparing_views.PreparedVersions.urls(),
    *record_urls(preparing_views.PreparedVersionPage),
    *told_views.MonthsWithoutAVersion.urls(),
    path(
        "months-without-a-version/new/",
        told_views.MonthWithoutAVersionEntry.as_view(),
        name="month without a version-new",
    ),
    *record_urls(told_views.MonthWithoutAVersionPage),
    *told_views.CombinationReports.urls(),
    path("combination-reports/new/", told_views.CombinationReportEntry.as_view(), name="combination report-new"),
    *record_urls(told_views.CombinationReportPage),
    *told_views.TestingRequests.urls(),
    path("testing-requests/new/", told_views.TestingRequestEntry.as_view(), name="testing request-new"),
    *record_urls(told_views.TestingRequestPage),
]
