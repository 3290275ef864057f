"""Addresses of entries, submissions and specifications."""

from django.urls import path, re_path

from secretariat.core.pages import record_urls
from secretariat.products.entries import submission_views as submissions
from secretariat.products.entries import views

urlpatterns = [
    *views.DeviceModels.urls(),
    path("device-models/<str:key>/correct/", views.CorrectEntry.as_view(), name="correct entry"),
    path("device-models/<str:key>/answer/", views.AnswerQuery.as_view(), name="answer query"),
    path("device-models/<str:key>/evidence/", views.GiveEvidence.as_view(), name="evidence of entry"),
    path("device-models/<str:key>/certificates/", views.MatchCertificates.as_view(), name="match certificates"),
    *record_urls(views.DeviceModelPage),
    *submissions.Submissions.urls(),
    path("product-submissions/new/", submissions.NewEntry.as_view(), name="product submission-new"),
    path("product-submissions/upload/", submissions.Upload.as_view(), name="upload entries"),
    re_path(r"^product-submissions/form\.(?P<ending>[a-z]+)$", submissions.EmptyForm.as_view(), name="new entry form"),
    path("product-submissions/<int:pk>/rows/<int:number>/", submissions.RowPage.as_view(), name="submission row"),
    path("product-submissions/<int:pk>/findings.csv", submissions.FindingsFile.as_view(), name="submission findings"),
    *record_urls(submissions.SubmissionPage),
    *views.Specifications.urls(),
    path("specifications/<str:key>/in-force/", views.SpecificationSpellEntry.as_view(), name="specification spell"),
    *record_urls(views.SpecificationPage, views.SpecificationEntry),
]
