"""Addresses of the helpdesk room."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.helpdesk.desk.urls import urlpatterns as desk
from secretariat.helpdesk.public.urls import urlpatterns as public
from secretariat.helpdesk.repeated import RepeatedQuestions
from secretariat.helpdesk.views import Enquiries, EnquiryEntry, EnquiryPage

urlpatterns = [
    path("queue/repeated/", RepeatedQuestions.as_view(), name="repeated questions"),
    *public,
    *desk,
    *Enquiries.urls(),
    *record_urls(EnquiryPage, EnquiryEntry),
]
