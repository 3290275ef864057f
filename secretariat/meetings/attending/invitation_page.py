"""The page on which somebody says where a thing is held and who is invited: of meetings, and of rooms above."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.core.form_page import FormPage
from secretariat.core.pages import Crumb, reader


class InvitationPage(FormPage):
    """Says where a record is held and who is invited. Rooms give the model, its list, the form and two functions."""

    form_class: ClassVar[type[forms.Form]]

    def joinings(self, record: Any) -> Any:
        """The rows, one or none, that say how to join a record."""
        raise NotImplementedError

    def invite(self, record: Any, given: dict[str, Any]) -> None:
        """Invites as the form says. Raises Refused."""
        raise NotImplementedError

    def heading(self, record: Any) -> str:
        """To what it invites."""
        return f"Invite to {record}"

    def trail(self, record: Any) -> tuple[Crumb, ...]:
        """To the record: the heading names it once more."""
        return super().trail(record)[:-1]

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """What was said before, for those who may read it."""
        told = self.joinings(record).visible_to(reader(self.request), self.request.at).first()
        return self.form_class(data, initial={"place": told.place, "call": told.call} if told else None)

    def save(self, record: Any, form: forms.Form) -> Any:
        """Keeps it and invites."""
        self.invite(record, form.cleaned_data)
        return record
