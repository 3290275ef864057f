"""Pages of ballots: the list, one with its arithmetic, the vote, the receipt, and the journal for a recount."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from secretariat.committees.ballots.figures import heard
from secretariat.committees.ballots.filters import BallotFilter
from secretariat.committees.ballots.forms import BallotForm, ReceiptForm, VoteForm
from secretariat.committees.ballots.models import CLOSED, OPEN, PREPARED, Ballot, Elector, Method, electors_of
from secretariat.committees.ballots.procedure import ELECTORS, ballot_keeper, hashed, voter
from secretariat.committees.ballots.recount import events_of, published
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, about, reader
from secretariat.core.procedure import Refused, Who
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.dates import instant

SHOWN = "Votes are shown when the ballot is closed."


class Ballots(ListPage):
    """The ballots."""

    model = Ballot
    word, plural = "ballot", "ballots"
    filters = BallotFilter
    about = "What bodies and parties vote on: when each ballot closes, and what came of it."
    columns = (
        Column("committee", "Body", "committee__name"),
        Column("question", "Question", "question"),
        Column("closes", "Closes", "closes_at"),
        Column("state", "State", "state"),
        Column("outcome", "Outcome", "outcome"),
        class_column(),
    )
    order = "-closes_at"
    empty = "No ballot has been prepared that you may read."
    day = "closes_at"
    enters: ClassVar[Who | None] = staticmethod(ballot_keeper)


class BallotPage(RecordPage):
    """One ballot: who votes until when, and after the close the count as a table and in sentences."""

    template = "committees/ballot.html"
    model = Ballot
    word, plural = "ballot", "ballots"

    def facts(self, record: Ballot) -> list[Fact]:
        """What is asked of whom, until when, by which rules, and how sure we are of them."""
        subject = about(record.about_kind, record.about_id) if record.about_kind and record.about_id else None
        facts = [Fact("Body", record.committee.name, record.committee.get_absolute_url())]
        facts += [Fact("About", str(subject), subject.get_absolute_url())] if subject else []
        facts += [
            Fact("Opens", instant(record.opens_at)),
            Fact("Closes", instant(record.closes_at), "", "A vote at this very instant still counts."),
            Fact("Who votes", record.get_electorate_display(), "", _frozen(record)),
            *([Fact("Places", str(record.places))] if record.places > 1 else []),
            Fact("Votes are", "secret" if record.secret else "by name, with reasons", "", SHOWN),
            Fact("Counted", record.get_method_display()),
            *(_doubtful(entry) for entry in _rules(record)),
        ]
        if record.outcome:
            facts.append(Fact("Outcome", record.outcome))
        return facts

    def related(self, record: Ballot) -> list[Related]:
        """The count, and the votes that are published with it."""
        if record.state != CLOSED or record.tally is None:
            voted, entitled = heard(record)
            said = [(f"{voted:,} of {entitled:,}",)] if record.state not in ("", PREPARED) else []
            return [Related("Heard so far", ("Electors",), said, SHOWN)]
        rows = [tuple(row) for row in record.tally["rows"]]
        return [
            Related("The count", tuple(record.tally["heads"]), rows, "Nobody could vote."),
            published(record),
        ]

    def context(self, record: Ballot) -> dict[str, Any]:
        """The sentences of the count, the votes that the reader may cast or write down, and where it is checked."""
        person, at = reader(self.request), self.request.at
        mine = [one for one in electors_of(person, at) if one.ballot_id == record.pk] if person else []
        writes = record.state == OPEN and not record.secret and ballot_keeper(person, record, at)
        told = record.electors.filter(has_vote=True) if writes else ()
        closed = record.state == CLOSED
        return {
            "sentences": (record.tally or {}).get("sentences", []),
            "mine": [(one, reverse("vote", args=[record.pk, one.pk])) for one in mine],
            "told": [(one, reverse("vote", args=[record.pk, one.pk])) for one in told],
            "receipt": reverse("receipt", args=[record.pk]) if closed else "",
            "recount": reverse("ballot journal", args=[record.pk]) if closed else "",
        }


def _frozen(ballot: Ballot) -> str:
    return "Frozen before the nominations." if ballot.roll else "Frozen when the ballot opens."


def _rules(ballot: Ballot) -> list[Entry]:
    keys = ["ballot.quorum_percent"] if ballot.quorum else []
    if ballot.method == Method.TWO_LEVEL:
        keys += ["ballot.strategy", "ballot.tie_in_constituency"]
    return [RULEBOOK.entry(key, ballot.closes_at) for key in keys]


def _doubtful(entry: Entry) -> Fact:
    return Fact(entry.meaning, str(entry.value), reverse("rulebook"), f"{entry.doubt} {entry.note}".strip())


class BallotEntry(EntryPage):
    """Prepares a ballot."""

    model = Ballot
    form_class = BallotForm
    word, plural = "ballot", "ballots"
    who: ClassVar[Who] = staticmethod(ballot_keeper)
    begins = "prepare"


class _OfBallot(Page):
    """A page of one ballot that the person may read."""

    def ballot(self, key: str) -> Ballot:
        """The ballot. Raises Http404 when there is none that the person may read."""
        ballot: Ballot = found(Ballot, key, self)
        return ballot

    def trail(self, ballot: Ballot, here: str) -> tuple[Crumb, ...]:
        """Where the page is."""
        return Crumb("Ballots", reverse("ballots")), Crumb(str(ballot), ballot.get_absolute_url()), Crumb(here)


class VotePage(_OfBallot):
    """The vote of one elector, by who may cast it; the receipt is shown once, in the answer."""

    template = "committees/vote.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def get(self, request: HttpRequest, key: str, elector: int) -> HttpResponse:
        """The form."""
        one = self._elector(key, elector)
        return self._form(one, VoteForm(one))

    def post(self, request: HttpRequest, key: str, elector: int) -> HttpResponse:
        """Casts the vote, or says why not and keeps what was typed."""
        one = self._elector(key, elector)
        form = VoteForm(one, self.request.POST)
        if not form.is_valid():
            return self._form(one, form, 422)
        receipt = secrets.token_urlsafe(24)
        try:
            ELECTORS.take("vote", one, receipt_hash=hashed(receipt), **form.facts(), **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._form(one, form, 422)
        return self._form(one, None, receipt=receipt)

    def _elector(self, key: str, pk: int) -> Elector:
        rows = Elector.objects.filter(ballot=self.ballot(key), pk=pk).select_related("ballot__committee")
        found: Elector | None = rows.first()
        if found is None:
            raise Http404("There is no such elector in this ballot.")
        if not voter(reader(self.request), found, self.request.at):
            raise PermissionDenied("This vote is for others.")
        return found

    def _form(self, one: Elector, form: forms.Form | None, status: int = 200, receipt: str = "") -> HttpResponse:
        response = self.shown(
            {
                "elector": one, "ballot": one.ballot, "form": form, "receipt": receipt,
                "receipt_hash": hashed(receipt) if receipt else "",
                "conflict": reverse("step", args=["committees.elector", one.pk, "declare_conflict"]),
                "check": reverse("receipt", args=[one.ballot_id]),
                "crumbs": self.trail(one.ballot, "Vote"),
            },
            status,
        )  # fmt: skip
        response["Cache-Control"] = "no-store"
        return response


class ReceiptPage(_OfBallot):
    """Finds the vote of a receipt in the published count, for who holds the receipt."""

    template = "committees/receipt.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form."""
        return self._shown(self.ballot(key), ReceiptForm())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Whether the vote is in the count, and how it was counted."""
        ballot, form = self.ballot(key), ReceiptForm(self.request.POST)
        if not form.is_valid():
            return self._shown(ballot, form, status=422)
        return self._shown(ballot, form, hashed(form.cleaned_data["receipt"]))

    def _shown(self, ballot: Ballot, form: forms.Form, looked_for: str = "", status: int = 200) -> HttpResponse:
        tally = ballot.tally or {}
        lines = [*tally.get("papers", []), *tally.get("electors", [])]
        found = next((line for line in lines if looked_for and line.get("receipt") == looked_for), None)
        response = self.shown(
            {
                "ballot": ballot, "form": form, "looked_for": looked_for, "found": found,
                "closed": ballot.state == CLOSED, "crumbs": self.trail(ballot, "Check a receipt"),
            },
            status,
        )  # fmt: skip
        response["Cache-Control"] = "no-store"
        return response


class BallotJournal(_OfBallot):
    """The events of a closed ballot as the journal holds them, hashes included: all that a recount needs."""

    def get(self, request: HttpRequest, key: str) -> JsonResponse:
        """The events, in the order of the journal."""
        ballot = self.ballot(key)
        if ballot.state != CLOSED:
            raise Http404("The journal of a ballot is given once it is closed.")
        return JsonResponse(events_of(ballot), safe=False, json_dumps_params={"indent": 1, "ensure_ascii": False})
