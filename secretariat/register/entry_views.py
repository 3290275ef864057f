"""Pages of completed user entries, and of the tests that the DCC told of."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date
from secretariat.register import actions
from secretariat.register.filters import TestNotificationFilter, UserEntryFilter
from secretariat.register.forms import TestNotificationForm, UserEntryForm
from secretariat.register.models import RoleNames, TestNotification, UserEntry
from secretariat.register.procedure import party_support


class UserEntries(ListPage):
    """The list of completed user entries."""

    model = UserEntry
    word, plural = "user entry", "user entries"
    filters = UserEntryFilter
    about = "Completions of the User Entry Process, each for the roles it was completed for."
    columns = (
        Column("party", "SEC Party", "party__name"),
        Column("roles", "DCC User Roles", "role_list", sortable=False),
        Column("completed", "Completed", "completed_on"),
    )
    order = "-completed_on"
    day = "completed_on"
    enters: ClassVar[Who | None] = staticmethod(party_support)
    loads = "user-entries"

    def rows(self) -> models.QuerySet[Any]:
        """The entries, each with its roles in one text."""
        rows: models.QuerySet[Any] = super().rows().annotate(role_list=RoleNames("roles__name"))
        return rows


class UserEntryPage(RecordPage):
    """One completion of user entry."""

    model = UserEntry
    word, plural = "user entry", "user entries"

    def facts(self, record: UserEntry) -> list[Fact]:
        """Whose it is, for which roles, and when."""
        return [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("DCC User Roles", record.role_names),
            Fact("Completed", long_date(record.completed_on)),
        ]


class UserEntryEntry(EntryPage):
    """Enters a completion of user entry."""

    model = UserEntry
    form_class = UserEntryForm
    word, plural = "user entry", "user entries"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it with its roles, each completed once."""
        actions.complete_user_entry(record, form.cleaned_data["roles"], **told)


class TestNotifications(ListPage):
    """The list of test notifications."""

    __test__ = False

    model = TestNotification
    word, plural = "test notification", "test notifications"
    filters = TestNotificationFilter
    about = "What the DCC told of parties that passed tests."
    columns = (
        Column("party", "SEC Party", "party__name"),
        Column("tests", "Tests", "kind", lambda value: str(TestNotification.Kind(value).label)),
        Column("roles", "DCC User Roles", "role_list", sortable=False),
        Column("notified", "Notified", "notified_on"),
        class_column(),
    )
    order = "-notified_on"
    day = "notified_on"
    enters: ClassVar[Who | None] = staticmethod(party_support)

    def rows(self) -> models.QuerySet[Any]:
        """The notifications, each with its roles in one text."""
        rows: models.QuerySet[Any] = super().rows().annotate(role_list=RoleNames("roles__name"))
        return rows


class TestNotificationPage(RecordPage):
    """One test notification."""

    __test__ = False

    model = TestNotification
    word, plural = "test notification", "test notifications"

    def facts(self, record: TestNotification) -> list[Fact]:
        """Whose it is, which tests, for which roles, and when."""
        roles = ", ".join(role.name for role in record.roles.all())
        return [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("Tests", record.get_kind_display()),
            Fact("DCC User Roles", roles or "none named"),
            Fact("Notified", long_date(record.notified_on)),
        ]


class TestNotificationEntry(EntryPage):
    """Enters a test notification."""

    __test__ = False

    model = TestNotification
    form_class = TestNotificationForm
    word, plural = "test notification", "test notifications"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it with its roles."""
        actions.notify_test(record, form.cleaned_data["roles"], **told)
