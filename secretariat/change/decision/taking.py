"""Forms that take more than one step: the Board's ballots, the decision from them, a referral and its hearing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
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
from secretariat.core.form_page import FormPage, found
from secretariat.core.kinds import kind_of
from secretariat.core.pages import reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import local_day


class _OfProposal(FormPage):
    """A form of the change team about a proposal."""

    who: ClassVar[Who] = staticmethod(change_team)

    def record(self, key: str) -> Proposal:
        """The proposal by any of its labels."""
        named = kinds.proposal(key)
        record: Proposal = found(Proposal, str(named.pk) if named else "", self)
        return record


class BallotsPage(_OfProposal):
    """Prepares the Change Board's ballots on a proposal: one for each solution."""

    title = "Prepare the Change Board's ballots"

    def form(self, record: Proposal, data: Any = None, files: Any = None) -> BallotsForm:
        """When they open and close."""
        return BallotsForm(data)

    def save(self, record: Proposal, form: Any) -> models.Model:
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

    def form(self, record: Proposal, data: Any = None, files: Any = None) -> DecideForm:
        """The ballots on the proposal and on its solutions."""
        return DecideForm(ballots_on(record), data)

    def save(self, record: Proposal, form: Any) -> models.Model:
        """Takes it."""
        return decide(**form.cleaned_data, **self.told())[0]


def contact_or_change_team(person: Any, record: Any, at: Any) -> bool:
    """A party's contact, or the secretariat's change team."""
    return party_contact(person, record, at) or change_team(person, record, at)


class ReferPage(FormPage):
    """Refers a decision, for a party."""

    model = Decision
    title = "Refer this decision"
    who: ClassVar[Who] = staticmethod(contact_or_change_team)

    def form(self, record: Decision, data: Any = None, files: Any = None) -> ReferralForm:
        """Which party refers it, and why; a contact chooses among the parties that it speaks for."""
        person, at = reader(self.request), self.request.at
        parties = None if change_team(person, record, at) else speaks_for(person, at)
        return ReferralForm(data, instance=Referral(decision=record), parties=parties)

    def save(self, record: Decision, form: Any) -> models.Model:
        """Refers it now."""
        return refer(form.save(commit=False), **self.told())


class HearPage(FormPage):
    """Records what the Panel or the Authority says to the referrals that wait."""

    model = Decision
    title = "Record what was decided on the referral"
    who: ClassVar[Who] = staticmethod(change_team)

    def form(self, record: Decision, data: Any = None, files: Any = None) -> HearingForm:
        """What it says, when, and why."""
        return HearingForm(data)

    def save(self, record: Decision, form: Any) -> models.Model:
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
