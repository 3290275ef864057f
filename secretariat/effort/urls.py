"""Addresses of the effort room."""

from secretariat.core.pages import record_urls
from secretariat.effort.budget import urls as budget
from secretariat.effort.expenses import urls as expenses
from secretariat.effort.procurement import urls as procurement
from secretariat.effort.projects import urls as projects
from secretariat.effort.views import DayEntries, DayEntryEntry, DayEntryPage
from secretariat.effort.weeks import urls as weeks

urlpatterns = [
    *DayEntries.urls(),
    *record_urls(DayEntryPage, DayEntryEntry),
    *weeks.urlpatterns,
    *budget.urlpatterns,
    *expenses.urlpatterns,
    *projects.urlpatterns,
    *procurement.urlpatterns,
]
