"""Pages of decisions, referrals and letters."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.change.decision.actions import record_letter
from secretariat.change.decision.filters import DecisionFilter, LetterFilter, ReferralFilter
from secretariat.change.decision.forms import LetterForm
from secretariat.change.decision.models import NOTIFIED, WAITS, Decision, Letter, Outcome, Referral, Window
from secretariat.change.models import Body
from secretariat.change.who import change_team
from secretariat.core.capacities import speaks_for
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import day_words, instant, long_date


class Decisions(ListPage):
    """Every decision on a proposal."""

    model = Decision
    word, plural = "decision", "decisions"
    filters = DecisionFilter
    about = "What was decided or recommended on proposals, by whom, and whether it can still be referred."
    columns = (
        Column("decided", "Decided", "decided_at"),
        Column("body", "Decided by", "body", lambda value: str(Body(value).label)),
        Column("outcome", "Outcome", "outcome", lambda value: str(Outcome(value).label)),
        Column("notified", "Notified", "notified_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-decided_at"
    empty = "No decision is recorded yet."
    day = "decided_at"


class DecisionPage(RecordPage):
    """One decision: on what, by what ballot or letter, and until when it can be referred, with the working."""

    template = "change/decision.html"
    model = Decision
    word, plural = "decision", "decisions"

    def facts(self, record: Decision) -> list[Fact]:
        """What was decided, when, and what follows."""
        facts = [
            Fact("Outcome", record.get_outcome_display()),
            Fact("Decided by", record.get_body_display()),
            Fact("Decided", instant(record.decided_at)),
            Fact("Notified", long_date(record.notified_on) if record.notified_on else "Not yet"),
        ]
        if record.solution:
            facts.append(Fact("Solution", str(record.solution), record.solution.get_absolute_url()))
        if record.ballot:
            facts.append(Fact("Ballot", "How it was counted", record.ballot.get_absolute_url()))
        if record.letter:
            facts.append(Fact("Letter", str(record.letter), record.letter.get_absolute_url()))
        if record.conditional_on:
            facts.append(Fact("On condition that", f"{record.conditional_on} is approved as well"))
        if record.reasons:
            facts.append(Fact("Reasons", record.reasons))
        window = record.window()
        facts += window_facts(record, window) if window else []
        return facts

    def related(self, record: Decision) -> list[Related]:
        """The proposals and the referrals, as far as the person may read them."""
        person, at = reader(self.request), self.request.at
        proposals: list[tuple[Any, ...]] = [
            (proposal, proposal.get_state_display()) for proposal in record.proposals.visible_to(person, at)
        ]
        return [
            Related("Decided on", ("Proposal", "Stage"), proposals, "Nothing that you may read."),
            referrals(record, person, at),
        ]

    def context(self, record: Decision) -> dict[str, Any]:
        """Where it is referred, for who may refer it now."""
        person, at = reader(self.request), self.request.at
        window = record.window()
        may = bool(speaks_for(person, at)) or change_team(person, record, at)
        in_time = window is not None and at <= window.closes_at
        waiting = record.referrals.filter(state=WAITS).exists()
        hears = waiting and change_team(person, record, at)
        return {
            "refer": reverse("decision-refer", args=[record.pk]) if may and in_time else "",
            "hear": reverse("decision-hear", args=[record.pk]) if hears else "",
        }


def window_facts(record: Decision, window: Window) -> list[Fact]:
    """The period for referral and the day of implementation, each with its working."""
    facts = [Fact("Can be referred", f"to the {window.to.label} until {instant(window.closes_at)}", "", window.working)]
    if record.outcome == Outcome.APPROVE and record.state == NOTIFIED:
        day = f"{long_date(window.implemented_on)}, unless it is referred"
        facts.append(Fact("Implemented on", day, "", window.implementation_working))
    return facts


def referrals(record: Decision, person: Any, at: Any) -> Related:
    """The referrals of a decision that a person may read."""
    rows: list[tuple[Any, ...]] = [
        (
            str(each.party),
            each.get_to_body_display(),
            instant(each.received_at),
            each.state,
            day_words(each.decided_on),
        )
        for each in record.referrals.visible_to(person, at).select_related("party")
    ]
    return Related("Referrals", ("Party", "To", "Received", "State", "Decided"), rows, "None that you may read.")


class Referrals(ListPage):
    """The referrals."""

    model = Referral
    word, plural = "referral", "referrals"
    filters = ReferralFilter
    about = "Decisions that parties referred to the Panel or the Authority."
    columns = (
        Column("party", "Party", "party__name"),
        Column("to", "Referred to", "to_body", lambda value: str(Body(value).label)),
        Column("received", "Received", "received_at"),
        Column("state", "State", "state"),
        Column("decided", "Decided", "decided_on"),
        class_column(),
    )
    order = "-received_at"
    empty = "No decision has been referred, as far as you may read."
    day = "received_at"


class ReferralPage(RecordPage):
    """One referral."""

    model = Referral
    word, plural = "referral", "referrals"

    def facts(self, record: Referral) -> list[Fact]:
        """Who refers what to whom, why, and what came of it."""
        facts = [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("Decision", str(record.decision), record.decision.get_absolute_url()),
            Fact("Referred to", record.get_to_body_display()),
            Fact("Received", instant(record.received_at)),
            Fact("Grounds", record.grounds),
        ]
        if record.decided_on:
            facts += [Fact("Decided", long_date(record.decided_on)), Fact("Reasons", record.reasons)]
        return facts


class Letters(ListPage):
    """The letters of the Authority."""

    model = Letter
    word, plural = "letter", "letters"
    filters = LetterFilter
    about = "Letters by which the Authority approves, rejects or sends back."
    columns = (
        Column("dated", "Dated", "dated_on"),
        Column("reference", "Reference", "reference"),
        Column("says", "It", "says", lambda value: str(Letter.Says(value).label)),
        Column("received", "Received", "received_on"),
        class_column(),
    )
    order = "-dated_on"
    empty = "No letter is recorded yet."
    day = "dated_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class LetterPage(RecordPage):
    """One letter, and all that it decides on."""

    model = Letter
    word, plural = "letter", "letters"

    def facts(self, record: Letter) -> list[Fact]:
        """Its dates, what it says, and the file."""
        facts = [
            Fact("It", record.get_says_display()),
            Fact("Dated", long_date(record.dated_on)),
            Fact("Received", long_date(record.received_on)),
        ]
        facts += [Fact("Reference", record.reference)] if record.reference else []
        facts += [Fact("What is missing", record.missing)] if record.missing else []
        facts += [Fact("File", str(record.file), record.file.get_absolute_url())] if record.file else []
        return facts

    def related(self, record: Letter) -> list[Related]:
        """The proposals that it decides on."""
        person, at = reader(self.request), self.request.at
        rows: list[tuple[Any, ...]] = [
            (proposal, proposal.get_state_display())
            for decision in record.decisions.visible_to(person, at)
            for proposal in decision.proposals.visible_to(person, at)
        ]
        return [Related("Decided on", ("Proposal", "Stage"), rows, "Nothing that you may read.")]


class LetterEntry(EntryPage):
    """Enters a letter and takes what it decides."""

    model = Letter
    form_class = LetterForm
    word, plural = "letter", "letters"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Letter, form: forms.ModelForm[Any], **told: Any) -> None:
        """Decides on all the proposals that are named, or on none."""
        record_letter(record, form.cleaned_data["proposals"], **told)
