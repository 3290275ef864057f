"""Addresses of consultations, responses and points."""

from django.urls import path

from secretariat.consultations import form_views, respond_views, views
from secretariat.core.pages import record_urls

ONE = "consultations/<str:key>"

urlpatterns = [
    *views.Consultations.urls(),
    *record_urls(views.ConsultationPage, views.ConsultationEntry),
    path(f"{ONE}/questions/new/", form_views.QuestionPage.as_view(), name="consultation-question-new"),
    path(f"{ONE}/questions/<int:pk>/", form_views.QuestionPage.as_view(), name="consultation-question"),
    path(f"{ONE}/documents/new/", form_views.DocumentPage.as_view(), name="consultation-document-new"),
    path(f"{ONE}/clarify/", form_views.ClarifyPage.as_view(), name="consultation-clarify"),
    path(f"{ONE}/respond/", respond_views.RespondPage.as_view(), name="consultation-respond"),
    path(f"{ONE}/points/", respond_views.PointsPage.as_view(), name="consultation-points"),
    path(f"{ONE}/summary/", respond_views.SummaryPage.as_view(), name="consultation-summary"),
    path(f"{ONE}/you-said/", respond_views.YouSaidPage.as_view(), name="consultation-you-said"),
    *views.Responses.urls(),
    path(
        "consultation-responses/<str:key>/points/new/",
        form_views.PointNew.as_view(),
        name="consultation response-point",
    ),
    *record_urls(views.ResponsePage),
    *views.Points.urls(),
    *record_urls(views.PointPage),
]
