"""Addresses of the website's own records."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.engagement.website import use_views, views

urlpatterns = [
    *views.ViewCounts.urls(),
    path("how-visits-are-counted/", views.HowCounted.as_view(), name="how visits are counted"),
    path("website-use/take-a-month/", views.TakeMonth.as_view(), name="take website month"),
    path("ask-for-an-account/", views.AskAccount.as_view(), name="ask for an account"),
    *views.AccountRequests.urls(),
    *record_urls(views.AccountRequestPage),
    *views.OperationsContacts.urls(),
    path("operations-contacts/new/", views.OperationsContactEntry.as_view(), name="operations contact-new"),
    path("operations-contacts/addresses/", use_views.UseContacts.as_view(), name="contact use-new"),
    path(
        "operations-contacts/<str:key>/edit/",
        views.OperationsContactPutRight.as_view(),
        name="operations contact-edit",
    ),
    *record_urls(views.OperationsContactPage),
    *use_views.ContactUses.urls(),
    path("contact-uses/<int:pk>/", use_views.ContactUsePage.as_view(), name="contact use"),
]
