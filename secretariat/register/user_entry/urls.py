"""Addresses of user entry by role, of mandates and of User Roles."""

from django.urls import path, re_path

from secretariat.core.pages import record_urls
from secretariat.register.user_entry import guide, pages, views

urlpatterns = [
    path("becoming-a-user/", guide.Guide.as_view(), name="becoming a user"),
    *views.RoleEntries.urls(),
    path("role-entries/new/", views.RoleEntryEntry.as_view(), name="role entry-new"),
    path("role-entries/<str:key>/evidence-form/", pages.Evidence.as_view(), name="role entry-evidence"),
    *record_urls(views.RoleEntryPage),
    path("parties/<str:key>/user-entry/", pages.PartyGrid.as_view(), name="party user entry"),
    path("parties/<str:key>/user-entry/complete/", pages.Completion.as_view(), name="party user entry-complete"),
    *views.Requirements.urls(),
    *record_urls(views.RequirementPage),
    *views.Mandates.urls(),
    path("mandates/new/", views.MandateEntry.as_view(), name="mandate-new"),
    *record_urls(views.MandatePage),
    path("behind-their-mandate/", pages.Behind.as_view(), name="behind their mandate"),
    re_path(r"^behind-their-mandate\.(?P<ending>[a-z]+)$", pages.Behind.as_view(), name="behind their mandate-file"),
    *views.UserRoles.urls(),
    *record_urls(views.UserRolePage, views.UserRoleEntry),
]
