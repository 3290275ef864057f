"""Addresses of incidents of the central service, their problems, causes, reviews and lessons."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.oversight.incidents import learning_views, views

urlpatterns = [
    *views.Incidents.urls(),
    path("service-incidents/new/", views.IncidentEntry.as_view(), name="service incident-new"),
    path("service-incidents/<str:key>/edit/", views.IncidentAmendmentEntry.as_view(), name="service incident-edit"),
    path("service-incidents/<str:key>/link/", views.LinkIncident.as_view(), name="link an incident"),
    *record_urls(views.IncidentPage),
    *views.Problems.urls(),
    path("service-problems/new/", views.ProblemEntry.as_view(), name="service problem-new"),
    *record_urls(views.ProblemPage),
    *learning_views.AgedCategories.urls(),
    *record_urls(learning_views.AgedCategoryPage, learning_views.AgedCategoryEntry),
    path("aged-incident-categories/<str:key>/affected/", learning_views.TellCoverage.as_view(),
         name="tell who is affected"),
    *learning_views.MajorReviews.urls(),
    path("major-incident-reviews/new/", learning_views.MajorReviewEntry.as_view(), name="major incident review-new"),
    path("major-incident-reviews/<str:key>/lessons/", learning_views.AgreeLesson.as_view(), name="agree a lesson"),
    *record_urls(learning_views.MajorReviewPage),
    *learning_views.Lessons.urls(),
    *record_urls(learning_views.LessonPage),
]  # fmt: skip
