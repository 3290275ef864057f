"""Addresses of the record of the code, and of the parts of the room."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.legaltext import views
from secretariat.legaltext.drafting import urls as drafting
from secretariat.legaltext.export import RecordFile
from secretariat.legaltext.formats import urls as formats
from secretariat.legaltext.governed import urls as governed
from secretariat.legaltext.importing import urls as importing
from secretariat.legaltext.publishing import urls as publishing
from secretariat.legaltext.reading import urls as reading
from secretariat.legaltext.redlines import urls as redlines

urlpatterns = [
    *views.Documents.urls(),
    *record_urls(views.DocumentPage, views.DocumentEntry),
    *views.DocumentVersions.urls(),
    *record_urls(views.DocumentVersionPage),
    *views.CodeVersions.urls(),
    *record_urls(views.CodeVersionPage),
    path("record-of-the-code/<slug:name>.csv", RecordFile.as_view(), name="record of the code-file"),
    *redlines.urlpatterns,
    *drafting.urlpatterns,
    *formats.urlpatterns,
    *governed.urlpatterns,
    *importing.urlpatterns,
    *publishing.urlpatterns,
    *reading.urlpatterns,
]
