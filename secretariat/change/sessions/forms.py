"""Forms of Working Group sessions, their notes and invitations."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.models import OPEN_STAGES, Proposal
from secretariat.change.sessions.models import Note, Session
from secretariat.core.people import Person
from secretariat.meetings.attending.forms import JoiningForm


class SessionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A session to come, or one that was held before it was recorded, with its list of proposals."""

    proposals = forms.ModelMultipleChoiceField(Proposal.objects.filter(state__in=OPEN_STAGES), required=False)

    class Meta:
        model = Session
        fields = ("group", "number", "day", "begins")


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note of a session, on one proposal of its list or on none in particular."""

    class Meta:
        model = Note
        fields = ("session", "proposal", "discussed", "outcome", "classification", "audience")

    def clean(self) -> dict[str, Any]:
        """The proposal is on the session's list. Raises ValidationError."""
        cleaned = super().clean() or {}
        session, proposal = cleaned.get("session"), cleaned.get("proposal")
        if session and proposal and not session.proposals.filter(pk=proposal.pk).exists():
            self.add_error("proposal", "This proposal is not on the session's list.")
        return cleaned


class InvitationForm(JoiningForm):
    """Where a session is held, how to call in, and who may know it."""

    people = forms.ModelMultipleChoiceField(Person.objects.filter(is_active=True), label="Invited")
