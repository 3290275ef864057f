"""Addresses of claims."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.effort.expenses import views

urlpatterns = [
    *views.ExpenseClaims.urls(),
    path("expenses-claims/<str:key>/item/", views.AddItem.as_view(), name="expenses claim-item"),
    path("expenses-claims/<str:key>/take-out/", views.TakeOutItem.as_view(), name="expenses claim-take-out"),
    *record_urls(views.ExpenseClaimPage, views.ExpenseClaimEntry),
    path("expenses-receipts/<str:key>/", views.Receipt.as_view(), name="receipt of an item"),
]
