"""Addresses of surveys."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.engagement.surveys import (
    answer_views,
    opt_in_views,
    question_views,
    result_views,
    telephone_views,
    views,
)

ONE = "surveys/<str:key>"

urlpatterns = [
    *views.Surveys.urls(),
    path("surveys/own/<str:key>/", answer_views.OwnAnswer.as_view(), name="own survey"),
    path(f"{ONE}/answer/", answer_views.Answer.as_view(), name="survey-answer"),
    path(f"{ONE}/telephone/", telephone_views.Telephone.as_view(), name="survey-telephone"),
    path(f"{ONE}/answers/", telephone_views.AnswersFile.as_view(), name="survey-answers"),
    path(f"{ONE}/asked/", question_views.AskedPage.as_view(), name="survey-asked"),
    path(f"{ONE}/take-part/", opt_in_views.TakePart.as_view(), name="survey-opt-in"),
    path(f"{ONE}/questions/new/", question_views.AddQuestion.as_view(), name="survey-question-new"),
    path(f"{ONE}/questions/<int:number>/", question_views.ChangeQuestion.as_view(), name="survey-question"),
    path(f"{ONE}/results/", result_views.ResultsPage.as_view(), name="survey-results"),
    path(f"{ONE}/results.<str:ending>", result_views.ResultsPage.as_view(), name="survey-results-file"),
    path(f"{ONE}/sheets.<str:ending>", result_views.SheetsFile.as_view(), name="survey-sheets"),
    *record_urls(views.SurveyPage, views.SurveyEntry),
    *opt_in_views.OptIns.urls(),
    path("opt-ins/<str:key>/withdraw/", opt_in_views.OptOut.as_view(), name="opt-in-withdraw"),
    *record_urls(opt_in_views.OptInPage),
    *question_views.Invitees.urls(),
]
