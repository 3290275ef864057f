"""Addresses of budgets, spend and months."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.effort.budget import spend_views, views

urlpatterns = [
    *views.Budgets.urls(),
    path("budgets/new/", views.BudgetEntry.as_view(), name="budget-new"),
    path("budgets/<str:key>/version/", views.NewVersion.as_view(), name="budget-version"),
    path("budgets/<str:key>/consult/", views.Consult.as_view(), name="budget-consult"),
    *record_urls(views.BudgetPage),
    *views.BudgetVersions.urls(),
    *record_urls(views.BudgetVersionPage),
    *spend_views.SpendEntries.urls(),
    *record_urls(spend_views.SpendEntryPage, spend_views.SpendEntryEntry),
    *spend_views.BudgetMonths.urls(),
    path("budget-months/new/", spend_views.BudgetMonthEntry.as_view(), name="budget month-new"),
    *record_urls(spend_views.BudgetMonthPage),
]
