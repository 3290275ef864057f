"""The proposal's page: what every part of the room says of it, to each reader, in a constant number of queries."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from secretariat.change.assessments.models import REQUESTED, Assessment, InformationRequest
from secretariat.change.coming import Coming
from secretariat.change.documents.models import Document
from secretariat.change.judging.models import Cost, Impact, Interest, Judgement, Priority, SubCommitteeView, Summary
from secretariat.change.models import Proposal
from secretariat.change.naming.models import Solution
from secretariat.change.page import sections
from secretariat.change.sessions.models import PLANNED, Note, Session
from secretariat.change.standing.models import Advice, Part, ProposerSpell, Relation, TargetSpell
from secretariat.consultations.models import Consultation
from secretariat.core.kinds import kind_of
from secretariat.core.pages import Related
from tests.change.factories import LATER, change_person, converted, london, party, raised, release

pytestmark = pytest.mark.django_db

ROWS = 12


def signed_in() -> Client:
    client = Client()
    client.force_login(change_person(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def with_rows(made: Proposal, first: int, last: int) -> None:
    """A proposal with some of every kind of row that its page shows."""
    day = date(2019, 8, 1)
    for n in range(first, last):
        other = raised("2019-07-01", number=200 + n)
        sub = {"recorded": LATER, "proposal": made}
        of = party(f"Party {n} Limited")
        Judgement.objects.create(
            **sub,
            source="respondent",
            by_whom=f"Party {n}",
            party=of,
            objective="a",
            verdict="better",
            reason="It is",
            judged_on=day,
        )
        Impact.objects.create(**sub, kind="document", subject=f"Section {n}", level="high")
        Cost.objects.create(**sub, borne_by="central", purpose=f"part {n}", low=1000 * n, source="DCC PA", dated_on=day)
        Interest.objects.create(**sub, body="SSC", asked_on=day, until=day)
        SubCommitteeView.objects.create(**sub, body="SSC", said_on=day, words="Yes")
        Priority.objects.create(
            **sub, level="low", reason="It waits", from_day=date(2019, 1, n + 1), to_day=date(2019, 1, n + 1)
        )
        Document.objects.create(**sub, kind="business requirements", version=f"0.{n}", name=f"D {n}", dated_on=day)
        Assessment.objects.create(
            proposal=made, kind="impact", state="returned", requested_on=day, due_on=day, returned_on=day
        )
        InformationRequest.objects.create(
            proposal=made, party=of, asked_of=of.name, question="Why?", state="asked", asked_on=day, due_on=day
        )
        Solution.objects.create(
            proposal=made,
            letter="ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n],
            title=f"Way {n}",
            raised_by="A party",
            state="proposed",
            kind="alternative",
            **_recorded(Solution),
        )
        Relation.objects.create(proposal=made, other=other, kind="depends", from_day=day, recorded=LATER)
        ProposerSpell.objects.create(
            proposal=made,
            party=of,
            name=of.name,
            how="took over",
            recorded=LATER,
            from_day=date(2018, 1, n + 1),
            to_day=date(2018, 1, n + 1),
        )
        TargetSpell.objects.create(
            proposal=made,
            release=release(f"R {n}", f"2021-06-{n + 1:02}"),
            set_by="Panel",
            from_day=day,
            to_day=day,
            recorded=LATER,
        )
        Part.objects.create(proposal=made, name=f"part {n}", planned_for=date(2021, 6, 1))
        Advice.objects.create(proposal=made, body="CSC", kind="develop", said_on=day, recorded=LATER)
        Consultation.objects.create(
            reference=f"CON-{n:06}",
            kind="refinement",
            title="Q",
            body="SECAS",
            state="open",
            about_kind=kind_of(Proposal),
            about_id=made.pk,
            opens_at=london("2020-01-01"),
            closes_at=london("2031-01-01"),
        )
        session = Session.objects.create(day=day, group=f"Group {n}", state=PLANNED)
        session.proposals.add(made)
        Note.objects.create(session=session, proposal=made, discussed="It", recorded=LATER)


def _recorded(model: Any) -> dict[str, Any]:
    return {"recorded": LATER} if any(field.name == "recorded" for field in model._meta.fields) else {}


def test_a_proposal_with_many_rows_asks_no_more_queries_than_one_with_few() -> None:
    made, client = converted("2019-07-12", number=79), signed_in()
    with_rows(made, 0, 2)
    client.get("/proposals/MP079/")
    with CaptureQueriesContext(connection) as few:
        client.get("/proposals/MP079/")
    with_rows(made, 2, ROWS)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/proposals/MP079/")
    assert page.status_code == 200
    assert len(many) <= len(few), more(few, many)


def more(few: CaptureQueriesContext, many: CaptureQueriesContext) -> list[tuple[str, int]]:
    """The queries that were asked more often, each with how much more often."""
    asked = [Counter(re.sub(r"\d+", "n", one["sql"]) for one in found.captured_queries) for found in (few, many)]
    return (asked[1] - asked[0]).most_common()


def test_the_public_reads_plain_words_what_it_needs_and_the_next_dates() -> None:
    made = converted("2019-07-12", number=79)
    Summary.objects.create(proposal=made, problem="Meters lose their link.", recorded=LATER)
    Assessment.objects.create(
        proposal=made,
        kind="impact",
        state=REQUESTED,
        requested_on=date(2031, 8, 1),
        due_on=date(2031, 9, 1),
        first_due_on=date(2031, 9, 1),
    )
    page = Client().get("/proposals/MP079/").content.decode()
    for words in (
        "In plain words",
        "Meters lose their link.",
        "What it still needs",
        "Next dates",
        "Impact Assessment due",
        "The DCC",
        "Refinement Process",
    ):
        assert words in page, words


def test_what_a_person_may_not_read_of_a_proposal_is_not_on_its_page() -> None:
    made = converted("2019-07-12", number=79)
    Summary.objects.create(proposal=made, problem="A secret problem.", recorded=LATER, classification=2)
    Impact.objects.create(proposal=made, kind="document", subject="Section G", recorded=LATER, classification=2)
    shut, open_ = (client.get("/proposals/MP079/").content.decode() for client in (Client(), signed_in()))
    assert "A secret problem." in open_
    assert "Section G" in open_
    assert "A secret problem." not in shut
    assert "Section G" not in shut


def test_two_tables_of_one_title_have_addresses_of_their_own() -> None:
    table = Related("Decisions", ("A",), [("a",)], "")
    assert [one.anchor for one in sections([table, table])] == ["decisions", "decisions-2"]


def test_a_next_date_at_an_instant_has_its_day_in_london() -> None:
    assert Coming("It closes", london("2020-07-01 00:30"), "Nobody").day == date(2020, 7, 1)
