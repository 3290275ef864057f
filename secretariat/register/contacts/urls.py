"""Addresses of licences, contacts, requests, supply and the yearly round."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.register.contacts import details_views, round_views, supply_views, views

urlpatterns = [
    *views.Licences.urls(),
    *record_urls(views.LicencePage, views.LicenceEntry),
    *views.Contacts.urls(),
    path("contacts/<str:key>/end/", views.ContactEnd.as_view(), name="contact-end"),
    *record_urls(views.ContactPage, views.ContactEntry),
    *views.OperationalContacts.urls(),
    *record_urls(views.OperationalContactPage),
    *details_views.DetailsChanges.urls(),
    path("details-changes/new/", details_views.WhichParty.as_view(), name="details change-new"),
    *record_urls(details_views.DetailsChangePage),
    path("parties/<str:key>/change-details/", details_views.ChangeDetails.as_view(), name="change-details"),
    *details_views.Disclosures.urls(),
    *record_urls(details_views.DisclosurePage),
    *supply_views.SupplyMeasures.urls(),
    path("supply-measures/new/", supply_views.SupplyMeasureEntry.as_view(), name="supply measure-new"),
    *record_urls(supply_views.SupplyMeasurePage),
    path("parties/<str:key>/change-category/", supply_views.ChangeCategory.as_view(), name="change-category"),
    *round_views.ConfirmationRounds.urls(),
    path("confirmation-rounds/new/", round_views.ConfirmationRoundEntry.as_view(), name="confirmation round-new"),
    *record_urls(round_views.ConfirmationRoundPage),
    *round_views.Confirmations.urls(),
    *record_urls(round_views.ConfirmationPage),
]
