"""Addresses of a document's text as a file: /code/section-h/2018-02-22.docx. They use the reading pages' days."""

from django.urls import path

from secretariat.legaltext.formats import views
from secretariat.legaltext.reading import urls as _reading  # noqa: F401 (registers the form of a day)

urlpatterns = [path("code/<slug:key>/<day:day>.<str:ending>", views.TextAs.as_view(), name="text-on-as")]
