"""Addresses at which the code is read. They come last of the room's: below /code/ every other word is a document."""

from django.urls import path, register_converter

from secretariat.core.pages import record_urls
from secretariat.legaltext.reading import check_views, duty_views, lists, views
from secretariat.legaltext.reading.addresses import DayConverter
from secretariat.legaltext.reading.clause_page import ClauseOn

register_converter(DayConverter, "day")

urlpatterns = [
    *duty_views.Obligations.urls(),
    *record_urls(duty_views.ObligationPage),
    path("code/", views.Contents.as_view(), name="code"),
    path("code/definitions/", lists.Definitions.as_view(), name="definitions"),
    path("code/search/", lists.Search.as_view(), name="search the code"),
    path("code/obligations/", duty_views.Duties.as_view(), name="obligations of the code"),
    path("code/obligations.<str:ending>", duty_views.Duties.as_view(), name="obligations of the code-file"),
    path("code/checks/", check_views.Checks.as_view(), name="checks of the code"),
    path("code/<slug:key>/", views.DocumentText.as_view(), name="reading"),
    path("code/<slug:key>/obligations/", duty_views.Duties.as_view(), name="obligations in"),
    path("code/<slug:key>/obligations/review/", duty_views.Review.as_view(), name="review of an obligation"),
    path("code/<slug:key>/checks/", check_views.Checks.as_view(), name="checks of"),
    path("code/<slug:key>/<day:day>/", views.TextOn.as_view(), name="text-on"),
    path("code/<slug:key>/<day:day>/<str:clause>/", ClauseOn.as_view(), name="clause-on"),
]
