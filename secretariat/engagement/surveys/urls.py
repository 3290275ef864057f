"""Addresses of surveys."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.engagement.surveys import views

ONE = "surveys/<str:key>"

urlpatterns = [
    *views.Surveys.urls(),
    path("surveys/own/<str:key>/", views.OwnAnswer.as_view(), name="own survey"),
    path(f"{ONE}/answer/", views.Answer.as_view(), name="survey-answer"),
    path(f"{ONE}/asked/", views.AskedPage.as_view(), name="survey-asked"),
    path(f"{ONE}/take-part/", views.TakePart.as_view(), name="survey-opt-in"),
    path(f"{ONE}/questions/new/", views.AddQuestion.as_view(), name="survey-question-new"),
    path(f"{ONE}/questions/<int:number>/", views.ChangeQuestion.as_view(), name="survey-question"),
    path(f"{ONE}/results/", views.ResultsPage.as_view(), name="survey-results"),
    path(f"{ONE}/results.<str:ending>", views.ResultsPage.as_view(), name="survey-results-file"),
    path(f"{ONE}/sheets.<str:ending>", views.SheetsFile.as_view(), name="survey-sheets"),
    *record_urls(views.SurveyPage, views.SurveyEntry),
    *views.OptIns.urls(),
    path("opt-ins/<str:key>/withdraw/", views.OptOut.as_view(), name="opt-in-withdraw"),
    *record_urls(views.OptInPage),
    *views.Invitees.urls(),
]
