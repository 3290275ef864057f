"""Forms that take more than one step: the Board's ballots, the decision from them, a referral and its hearing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.change import kinds
from secretariat.change.decision.actions import decide, hear, prepare_ballots, refer
from secretariat.change.decision.forms import BallotsForm, DecideForm, HearingForm, ReferralForm
from secretariat.change.decision.models import WAITS, Decision, Referral
from secretariat.change.judging.objectives import objectives
from secretariat.change.models import Proposal
from secretariat.change.who import change_team
from secretariat.committees.ballots.models import Ballot
from secretariat.core.capacities import party_contact, speaks_for
from secretariat.core.kinds import kind_of
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import local_day


class _Taking(Page):
    """A form about one record, whose sending takes steps and leads to what they made."""

    template = "core/entry.html"
    title: ClassVar[str]

    def record(self, key: str) -> Any:
        """The record. Raises Http404 when there is none that the person may read."""
        raise NotImplementedError

    def form(self, record: Any, data: Any = None) -> forms.Form | forms.ModelForm[Any]:
        """The form."""
        raise NotImplementedError

    def take(self, record: Any, form: Any) -> models.Model:
        """Takes the steps and returns the record to show. Raises Refused or ValidationError."""
        raise NotImplementedError

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form."""
        record = self.record(key)
        return self._page(record, self.form(record))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Takes the steps; a refusal keeps what was typed and says why."""
        record = self.record(key)
        form = self.form(record, self.request.POST)
        if form.is_valid():
            try:
                made: Any = self.take(record, form)
            except (Refused, ValidationError) as error:
                form.add_error(None, error.messages)
            else:
                return redirect(made.get_absolute_url())
        return self._page(record, form, 422)

    def _page(self, record: Any, form: Any, status: int = 200) -> HttpResponse:
        back = record.get_absolute_url()
        crumbs = (Crumb(str(record), back), Crumb(self.title))
        return self.shown({"form": form, "title": self.title, "back": back, "crumbs": crumbs}, status)


class _OfProposal(_Taking):
    who: ClassVar[Who] = staticmethod(change_team)

    def record(self, key: str) -> Proposal:
        """The proposal by any of its labels."""
        found = kinds.proposal(key)
        rows = Proposal.objects.filter(pk__in=[found.pk] if found else [])
        readable: Proposal | None = rows.visible_to(reader(self.request), self.request.at).first()
        if readable is None:
            raise Http404(f"There is no proposal {key} that you may read.")
        return readable


class BallotsPage(_OfProposal):
    """Prepares the Change Board's ballots on a proposal: one for each solution."""

    title = "Prepare the Change Board's ballots"

    def form(self, record: Proposal, data: Any = None) -> BallotsForm:
        """When they open and close."""
        return BallotsForm(data)

    def take(self, record: Proposal, form: Any) -> models.Model:
        """Prepares them."""
        judged = {
            one.key: str(one.entry.value)
            for one in objectives(local_day(form.cleaned_data["opens_at"]))
            if not one.charging
        }
        made = prepare_ballots(record, objectives=judged, **form.cleaned_data, **self.told())
        return made[0] if len(made) == 1 else record


class DecidePage(_OfProposal):
    """Takes the Change Board's decision from its closed ballots."""

    title = "Take the decision from the ballots"

    def form(self, record: Proposal, data: Any = None) -> DecideForm:
        """The ballots on the proposal and on its solutions."""
        return DecideForm(ballots_on(record), data)

    def take(self, record: Proposal, form: Any) -> models.Model:
        """Takes it."""
        return decide(**form.cleaned_data, **self.told())[0]


class _OfDecision(_Taking):
    def record(self, key: str) -> Decision:
        """The decision."""
        rows = Decision.objects.filter(pk=key) if key.isascii() and key.isdigit() else Decision.objects.none()
        readable: Decision | None = rows.visible_to(reader(self.request), self.request.at).first()
        if readable is None:
            raise Http404("There is no such decision that you may read.")
        return readable


def contact_or_change_team(person: Any, record: Any, at: Any) -> bool:
    """A party's contact, or the secretariat's change team."""
    return party_contact(person, record, at) or change_team(person, record, at)


class ReferPage(_OfDecision):
    """Refers a decision, for a party."""

    title = "Refer this decision"
    who: ClassVar[Who] = staticmethod(contact_or_change_team)

    def form(self, record: Decision, data: Any = None) -> ReferralForm:
        """Which party refers it, and why; a contact chooses among the parties that it speaks for."""
        person, at = reader(self.request), self.request.at
        parties = None if change_team(person, record, at) else speaks_for(person, at)
        return ReferralForm(data, instance=Referral(decision=record), parties=parties)

    def take(self, record: Decision, form: Any) -> models.Model:
        """Refers it now."""
        return refer(form.save(commit=False), **self.told())


class HearPage(_OfDecision):
    """Records what the Panel or the Authority says to the referrals that wait."""

    title = "Record what was decided on the referral"
    who: ClassVar[Who] = staticmethod(change_team)

    def form(self, record: Decision, data: Any = None) -> HearingForm:
        """What it says, when, and why."""
        return HearingForm(data)

    def take(self, record: Decision, form: Any) -> models.Model:
        """Decides all that wait."""
        waiting = record.referrals.filter(state=WAITS).first()
        if waiting is None:
            raise Refused("No referral of this decision waits.")
        hear(waiting, **form.cleaned_data, **self.told())
        return record


def ballots_on(proposal: Proposal) -> Any:
    """The Change Board's ballots on a proposal and on its solutions."""
    solutions = proposal.solutions.values("pk")
    own = models.Q(about_kind=kind_of(Proposal), about_id=proposal.pk)
    return Ballot.objects.filter(own | models.Q(about_kind=kind_of(proposal.solutions.model), about_id__in=solutions))


def addresses(proposal: Proposal) -> list[tuple[str, str]]:
    """What the change team can do about the decision on a proposal, with where."""
    return [
        (BallotsPage.title, reverse("proposal-ballots", args=[proposal.reference])),
        (DecidePage.title, reverse("proposal-decide", args=[proposal.reference])),
    ]
