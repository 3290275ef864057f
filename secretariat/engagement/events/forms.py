"""Forms of events, their sessions and materials, and of registrations."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.consultations.who import AUDIENCE, everybody
from secretariat.core.classification import Class
from secretariat.engagement.events.models import PLANNED, EngagementEvent, EventSession, Registration
from secretariat.register.parties import Party

INSTANT = "Such as 2020-03-17 09:00, London time."
BY_A_STEP = ("begins_at", "ends_at", "place", "capacity")
"""What changes by a step once the event is open, so that who registered hears of it."""


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """An event; its hours, its venue and its places stand once it is open, and are changed by a step."""

    begins_at = forms.DateTimeField(label="Begins", help_text=INSTANT)
    ends_at = forms.DateTimeField(label="Ends", help_text=INSTANT)
    registers_until = forms.DateTimeField(
        label="Registration until", required=False, help_text=f"{INSTANT} Empty: until it begins."
    )
    invited = forms.MultipleChoiceField(
        label="Meant for", choices=AUDIENCE, initial=everybody, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = EngagementEvent
        fields = ("kind", "title", "summary", "begins_at", "ends_at", "place", "capacity", "registers_until", "invited")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state not in ("", PLANNED):
            for name in BY_A_STEP:
                del self.fields[name]


class SessionForm(forms.ModelForm):  # type: ignore[type-arg]
    """One session of an event."""

    begins_at = forms.DateTimeField(label="Begins", help_text=INSTANT)
    ends_at = forms.DateTimeField(label="Ends", help_text=INSTANT)

    class Meta:
        model = EventSession
        fields = ("title", "room", "begins_at", "ends_at", "capacity")


class MaterialForm(forms.Form):
    """A file given to the guests, and who may read it."""

    title = forms.CharField(max_length=200)
    file = forms.FileField()
    rank = forms.TypedChoiceField(
        label="Class", coerce=int, choices=Class.choices[:2], initial=Class.GREEN.value,
        help_text="White is for everybody, Green for parties and bodies of the code.",
    )  # fmt: skip


class _Registering(forms.ModelForm):  # type: ignore[type-arg]
    """What everybody tells who asks for a place."""

    needs = forms.CharField(
        label="What should we know so that you can take part?", required=False, max_length=500, widget=forms.Textarea,
        help_text="Access or food, for example. Only the organisers read it, and it is forgotten after the event.",
    )  # fmt: skip


class RegisterForm(_Registering):
    """Asks for a place for whoever is signed in."""

    party = forms.ModelChoiceField(Party.objects.none(), required=False, label="You come for")

    class Meta:
        model = Registration
        fields = ("party", "organisation", "needs")

    def __init__(self, parties: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parties:
            self.fields["party"].queryset = parties  # type: ignore[attr-defined]
            self.initial["party"] = parties[0].pk if len(parties) == 1 else None
        else:
            del self.fields["party"]


class PublicForm(_Registering):
    """Asks for a place for somebody who does not sign in."""

    name = forms.CharField(label="Your name", max_length=200, help_text="As the badge shows it.")
    email = forms.EmailField(label="Your e-mail address", help_text="We send a link there. It counts once you open it.")
    field_order = ("name", "email", "organisation", "needs")

    class Meta:
        model = Registration
        fields = ("organisation", "needs")


class ChooseForm(forms.Form):
    """The sessions that have places of their own."""

    sessions = forms.ModelMultipleChoiceField(
        EventSession.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, registration: Registration, *args: Any, **kwargs: Any) -> None:
        chosen = registration.sessions.all()
        super().__init__(*args, **{"initial": {"sessions": chosen}, **kwargs})
        self.fields["sessions"].queryset = chosen_between(registration.event)  # type: ignore[attr-defined]


def chosen_between(event: EngagementEvent) -> Any:
    """The sessions of an event that guests choose between: those that have places of their own."""
    return event.sessions.filter(capacity__isnull=False)


class AttendanceForm(forms.Form):
    """Who came, among those with a place."""

    came = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, rows: list[Registration], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(str(one.pk), _line(one)) for one in rows]  # type: ignore[attr-defined]


def _line(one: Registration) -> str:
    whose = one.organisation or (str(one.party) if one.party else "")
    return f"{one.person}, {whose}" if whose else str(one.person)


class ResizeForm(forms.Form):
    """The number of places."""

    capacity = forms.IntegerField(label="Places", min_value=1, required=False, help_text="Empty: there is no limit.")
