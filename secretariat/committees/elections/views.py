"""Pages of elections: the list, one with its constituencies, what follows after a close, and the result."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.committees.ballots.models import Ballot, TieRule
from secretariat.committees.bodies.page import table
from secretariat.committees.elections import windows
from secretariat.committees.elections.actions import follows, plan_call
from secretariat.committees.elections.filters import ElectionFilter
from secretariat.committees.elections.forms import CallForm
from secretariat.committees.elections.models import (
    CANCELLED,
    CLOSED,
    NOMINATING,
    PUBLISHED,
    SETTLED,
    Call,
    Contest,
)
from secretariat.committees.elections.results import result_of
from secretariat.committees.elections.roll import entitled
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Seat
from secretariat.committees.who import committees_team
from secretariat.core.form_page import found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Refused, Who
from secretariat.core.rulebook import Entry
from secretariat.plain.dates import instant, long_date

SHOWN = 5


class Elections(ListPage):
    """The elections."""

    model = Call
    word, plural = "election", "elections"
    filters = ElectionFilter
    about = "Calls for nominations to vacant seats, and what came of them."
    columns = (
        Column("committee", "Body", "committee__name"),
        Column("occasion", "Occasion", "occasion", lambda value: str(Call.Occasion(value).label)),
        Column("opens", "Nominations open", "opens_on"),
        Column("closes", "Nominations close", "closes_at"),
        Column("term_from", "Terms from", "term_from"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-closes_at"
    day = "closes_at"
    empty = "No election has been called yet."
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class ElectionPage(RecordPage):
    """One election: its days with their working, and the seats by constituency."""

    template = "committees/election.html"
    model = Call
    word, plural = "election", "elections"

    def facts(self, record: Call) -> list[Fact]:
        """For whom, from when until when, and by which rules."""
        body, opens = record.committee, record.opens_on
        return [
            Fact("Body", body.name, body.get_absolute_url()),
            Fact("Occasion", record.get_occasion_display()),
            Fact("Invitation due", long_date(windows.invitation(body, record.term_from).result), reverse("rulebook"),
                 _doubt(windows.said(body, "invite_wd", opens))),
            Fact("Nominations open", long_date(opens)),
            Fact("Nominations close", instant(record.closes_at), "", "A nomination at this very instant counts. "
                 f"By the rules of the body {windows.nominations(body, opens).sentence()}"),
            Fact("Register frozen as at", long_date(record.frozen_on), "", "Who nominates and votes is read off it."),
            Fact("Who votes", record.get_electorate_display(), "", "One vote for each vacant seat (ELE-5)."),
            Fact("On a tie", TieRule(windows.on_a_tie(body, opens)).label, reverse("rulebook"),
                 _doubt(windows.said(body, "tie", opens))),
            Fact("New terms begin", long_date(record.term_from)),
        ]  # fmt: skip

    def related(self, record: Call) -> list[Related]:
        """The seats by constituency."""
        rows: list[tuple[Any, ...]] = [
            (Crumb(contest.get_constituency_display(), contest.get_absolute_url()), contest.seats.count(),
             contest.state, len(contest.roll) or "")
            for contest in record.contests.visible_to(reader(self.request), self.request.at)
        ]  # fmt: skip
        heads = ("Constituency", "Seats called for", "State", "On the roll")
        return [Related("Seats", heads, rows, "No seat is called for yet.")]

    def context(self, record: Call) -> dict[str, Any]:
        """Where to nominate, to see what follows, and to read the result."""
        person = reader(self.request)
        keeps = committees_team(person, record, self.request.at)
        open_still = record.state == NOMINATING and self.request.at <= record.closes_at
        settling = record.state == CLOSED and record.contests.exclude(state__in=SETTLED).exists()
        shows = record.state == PUBLISHED or (keeps and record.state == CLOSED)
        return {
            "nominate": reverse("nomination-new") if open_still and person else "",
            "settle": reverse("election follows", args=[record.pk]) if keeps and settling else "",
            "result": reverse("election result", args=[record.pk]) if shows else "",
        }


def _doubt(entry: Entry) -> str:
    return f"{entry.doubt} {entry.note}".strip()


class CallEntry(EntryPage):
    """Plans an election with its seats."""

    model = Call
    form_class = CallForm
    word, plural = "election", "elections"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Call, form: forms.ModelForm[Any], **told: Any) -> None:
        """Plans the call and names its seats, all or nothing."""
        plan_call(record, form.cleaned_data["seats"], **told)


class ContestPage(RecordPage):
    """The seats of one constituency: who stands, who is entitled, the vote."""

    template = "committees/contest.html"
    model = Contest
    word, plural = "contest", "elections"

    def facts(self, record: Contest) -> list[Fact]:
        """Which seats, in which election, and the vote where one is held."""
        seats = Seat.objects.filter(contests=record).visible_to(reader(self.request), self.request.at)
        facts = [
            Fact("Election", str(record.call), record.call.get_absolute_url()),
            Fact("Seats", ", ".join(seat.title for seat in seats)),
            Fact("Nominations close", instant(record.call.closes_at)),
        ]
        ballot = self._ballot(record)
        if ballot is not None:
            facts.append(Fact("Vote", f"{ballot.question} ({ballot.state})", ballot.get_absolute_url()))
            facts.append(Fact("On a tie", ballot.get_tie_rule_display()))
        return facts

    def _ballot(self, record: Contest) -> Ballot | None:
        rows = Ballot.objects.filter(contest=record).visible_to(reader(self.request), self.request.at)
        found: Ballot | None = rows.first()
        return found

    def related(self, record: Contest) -> list[Related]:
        """The nominations that the person may read, the votes that did not count, and the roll."""
        person, at = reader(self.request), self.request.at
        stand: list[tuple[Any, ...]] = [
            (Crumb(one.name, one.get_absolute_url()), one.party.name if one.party else "",
             "Re-nominated" if one.renominated else "", one.state)
            for one in record.nominations.visible_to(person, at).select_related("party")
        ]  # fmt: skip
        noted = record.ineligible_votes.visible_to(person, at)
        votes: list[tuple[Any, ...]] = [(one.name, one.get_why_display(), instant(one.received_at)) for one in noted]
        heads = ("Candidate", "Nominated by", "Incumbent", "State")
        found = [Related("Nominations", heads, stand, "No nomination that you may read.")]
        found += (
            [Related("Ineligible votes", ("From", "Why it does not count", "Received"), votes, "")] if votes else []
        )
        if record.roll:
            found.append(Related("The roll", ("Entitled", "Category"), list(entitled(record)), ""))
        return found

    def context(self, record: Contest) -> dict[str, Any]:
        """Where the secretary sees what follows."""
        keeps = committees_team(reader(self.request), record, self.request.at)
        waits = keeps and record.call.state == CLOSED and record.state not in SETTLED
        return {"settle": reverse("election follows", args=[record.call_id]) if waits else ""}


class _OfElection(Page):
    """A page of one election that the person may read."""

    def call(self, key: str) -> Call:
        """The election. Raises Http404 when there is none that the person may read."""
        call: Call = found(Call, key, self)
        return call

    def trail(self, call: Call, here: str) -> tuple[Crumb, ...]:
        """Where the page is."""
        return Crumb("Elections", reverse("elections")), Crumb(str(call), call.get_absolute_url()), Crumb(here)


class FollowsPage(_OfElection):
    """What follows for each constituency after a close, and the button that does it."""

    template = "committees/follows.html"
    who: ClassVar[Who] = staticmethod(committees_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """What would follow; nothing is done yet."""
        return self._page(self.call(key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Does what follows for the constituency that is named, or says why not."""
        call, named = self.call(key), self.request.POST.get("contest", "")
        contest = call.contests.filter(pk__in=[named] if named.isdigit() else []).first()
        if contest is None:
            raise Http404("There is no such contest in this election.")
        following = follows(contest)
        if following.does is None:
            return self._page(call, [following.words])
        try:
            following.does(contest, **self.told())
        except Refused as refusal:
            return self._page(call, refusal.messages)
        return redirect(contest.get_absolute_url())

    def _page(self, call: Call, refused: list[str] | None = None) -> HttpResponse:
        lines = [follows(contest) for contest in call.contests.select_related("ballot", "call")]
        context = {"call": call, "lines": lines, "refused": refused, "crumbs": self.trail(call, "What follows")}
        return self.shown(context, 422 if refused else 200)


class ResultPage(_OfElection):
    """The result by constituency: as published, or before that as the secretary sees it."""

    template = "committees/result.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The result. Raises Http404 before it is published, except for the secretary."""
        call, person, at = self.call(key), reader(self.request), self.request.at
        published = call.state == PUBLISHED
        if not published and not (call.state == CLOSED and committees_team(person, call, at)):
            raise Http404("The result is not published yet.")
        ballots = Ballot.objects.filter(contest__call=call).visible_to(person, at)
        return self.shown(
            {
                "call": call, "published": published, "result": call.result if published else result_of(call),
                "ballots": [(one, reverse("receipt", args=[one.pk]), reverse("ballot journal", args=[one.pk]))
                            for one in ballots if one.tally],
                "crumbs": self.trail(call, "Result"),
            }
        )  # fmt: skip


@table
def elections(body: Committee, person: Person | None, at: datetime) -> Related:
    """Its newest elections; nothing where none was called."""
    found = Call.objects.filter(committee=body).exclude(state__in=("", CANCELLED)).visible_to(person, at)
    rows: list[tuple[Any, ...]] = [
        (Crumb(long_date(one.term_from), one.get_absolute_url()), one.get_occasion_display(),
         instant(one.closes_at), one.state)
        for one in found[:SHOWN]
    ]  # fmt: skip
    heads = ("Terms from", "Occasion", "Nominations close", "State")
    return Related("Elections", heads, rows, "", f"{reverse('elections')}?committee={body.pk}")
