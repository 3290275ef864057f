"""Addresses of the helpdesk room."""

from secretariat.core.pages import record_urls
from secretariat.helpdesk.views import Enquiries, EnquiryEntry, EnquiryPage

urlpatterns = [*Enquiries.urls(), *record_urls(EnquiryPage, EnquiryEntry)]
