"""Cases of the sample's change room, so that none of its lists is empty at the sample's clock.

Told by documents: which Sub-Committees asked for what of which proposal, the two Working Group sessions of June 2018
with a day, and that the package of SECMP0046 waits for its Proposer to agree the next steps with the DCUSA. Everything
else is invented, and belongs to proposals that are invented themselves.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from secretariat.change.assessments.actions import request_assessment, tell_for_another
from secretariat.change.assessments.models import Assessment, AssessmentKind, Idea, InformationRequest
from secretariat.change.assessments.procedure import ASSESSMENTS, IDEAS, REQUESTS
from secretariat.change.documents.actions import keep_document
from secretariat.change.documents.models import Document
from secretariat.change.documents.naming import FINAL, DocumentKind
from secretariat.change.judging.actions import Form, judge, set_priority, tell_issue
from secretariat.change.judging.cross_code import CrossCode, ForumIssue
from secretariat.change.judging.interest import Interest, SubCommittee, SubCommitteeView
from secretariat.change.judging.models import Cost, Impact, Judgement, Level, Priority, Summary, SystemImpact
from secretariat.change.judging.procedure import CROSS_CODES
from secretariat.change.models import Body, Proposal, Release
from secretariat.change.naming.models import Issue, IssueResolution, Solution
from secretariat.change.naming.procedure import ISSUES, RESOLUTIONS, SOLUTIONS
from secretariat.change.procedure import CHANGE
from secretariat.change.releases.models import Milestone, MoveRequest, ReleaseItem
from secretariat.change.releases.procedure import ITEMS, MOVE_REQUESTS, RELEASES
from secretariat.change.sessions.actions import plan_session
from secretariat.change.sessions.models import Note, Session
from secretariat.change.sessions.procedure import SESSIONS
from secretariat.change.standing.models import Relation, Urgency, UrgentDate
from secretariat.change.standing.procedure import URGENCIES
from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.register.models import Party
from secretariat.site.sample.crew import RECORDED, Crew, noon, told
from secretariat.site.sample.facts import facts

SUBCOMMITTEE_REPORT = "sub-committee-report-2020-02"
ASKED = date(2020, 1, 31)
"""The report names the month in which the Sub-Committees asked; the day is made up."""
BEARS_ON = {
    SubCommittee.SSC: "security",
    SubCommittee.SMKI_PMA: "the SMKI",
    SubCommittee.TABASC: "the technical or the business architecture",
}
"""Why each of them asked, as the report says."""

SESSION_DAYS = {39: date(2018, 6, 19), 41: date(2018, 6, 14)}
"""Sessions of the Working Groups of old proposals of which a document gives the day."""

REPORTED = date(2020, 2, 28)
JUNE, JUNE_FIRST, JUNE_DAY = "June 2020 SEC Release", date(2020, 6, 30), date(2020, 6, 25)
URGENT_DATES = (
    (UrgentDate.Milestone.REPORT, date(2020, 3, 13)), (UrgentDate.Milestone.CONSULTATION, date(2020, 3, 27)),
    (UrgentDate.Milestone.VOTE, date(2020, 4, 1)), (UrgentDate.Milestone.AUTHORITY, date(2020, 4, 8)),
)  # fmt: skip
WORDS = b"Invented for the sample administration: a document of a proposal would stand here.\n"


def before_the_board(crew: Crew) -> None:
    """The Modification Report of MP081, approved for consultation in January 2020."""
    day = date(2020, 1, 17)
    CHANGE.take("approve_report", proposal(81), decided_by=Body.PANEL, **told(crew["change.analyst"], noon(day)))


def enter(crew: Crew) -> None:
    """Enters every case, each by its own steps."""
    analyst = crew["change.analyst"]
    _told_by_documents(analyst)
    _standing(crew)
    _naming(analyst)
    _judging(crew)
    _assessments(crew)
    _ideas(analyst)
    _sessions(analyst)
    _documents(analyst)
    _release(analyst)


def proposal(number: int) -> Proposal:
    """The proposal of a number."""
    found: Proposal = Proposal.objects.get(number=number)
    return found


def _enter(record: Any, person: Person, day: date) -> Any:
    record.recorded = RECORDED
    journal.enter(record, **told(person, noon(day)))
    return record


def _told_by_documents(analyst: Person) -> None:
    """The interest matrix of January 2020, sessions of June 2018, and what goes together with the DCUSA."""
    for row in facts("modifications"):
        if row["source"] == SUBCOMMITTEE_REPORT:
            of, said = proposal(int(row["reference"].lstrip("SECMDP"))), row["fact"].split(";")[0]
            for body in (one for one in SubCommittee if one.label in said):
                _enter(Interest(proposal=of, body=body, asked_on=ASKED, why=_why(body, said)), analyst, ASKED)
                view = SubCommitteeView(proposal=of, body=body, said_on=ASKED, words=said)
                _enter(view, analyst, ASKED)
    for number, day in SESSION_DAYS.items():
        of = proposal(number)
        session = Session(group=f"{of.reference} Working Group", day=day)
        plan_session(session, [of], **told(analyst, noon(day)))
        SESSIONS.take("hold", session, **told(analyst, noon(day)))
    cross = CrossCode(
        proposal=proposal(46), code="DCUSA", number="not raised yet", relation=CrossCode.Relation.RELATED,
        title="To be raised when the Proposer has agreed the next steps", since=REPORTED, recorded=RECORDED,
    )  # fmt: skip
    CROSS_CODES.take("record", cross, **told(analyst, noon(REPORTED)))


def _why(body: SubCommittee, said: str) -> str:
    """What a Sub-Committee asked for, and why."""
    return "A further discussion" if "discussion" in said else f"Further updates: it may bear on {BEARS_ON[body]}"


def _standing(crew: Crew) -> None:
    """A hold, a relation, an urgency with its timetable, and a proposal that can be adopted."""
    analyst, on = crew["change.analyst"], noon(date(2020, 2, 3))
    reason = "Invented: it waits for the outcome of trials."
    CHANGE.take("hold", proposal(82), held_by="Proposer", reason=reason, **told(analyst, on))
    _enter(Relation(proposal=proposal(103), kind=Relation.Kind.DEPENDS, other=proposal(80), invented=True,
                    from_day=date(2020, 1, 6), note="Invented: both change the same message."),
           analyst, date(2020, 1, 6))  # fmt: skip
    urgency = Urgency(proposal=proposal(83), statement="Invented: parties lose money every day.", invented=True)
    URGENCIES.take("ask", urgency, **told(analyst, on))
    URGENCIES.take("recommend", urgency, panel_says="urgent", **told(analyst, noon(date(2020, 2, 14))))
    determined = told(crew["authority"], noon(date(2020, 2, 21)))
    URGENCIES.take("determine", urgency, reason="Invented: the loss is told and checked.", **determined)
    for milestone, day in URGENT_DATES:
        URGENCIES.take("schedule", urgency, milestone=milestone, due_on=day, **told(analyst, noon(REPORTED)))
    reason = "Invented: another proposal solves it."
    CHANGE.take("withdraw", proposal(118), reason=reason, **told(analyst, noon(date(2020, 3, 3))))


def _naming(analyst: Person) -> None:
    """An issue that led to a proposal and one that waits, two IRPs bundled and one agreed, and competing solutions."""
    for number, title, by_proposal in ((1, "Alerts arrive twice", "DP113"), (2, "A form asks for a fax number", "")):
        day = date(2020, 1, 6)
        issue = Issue(number=number, title=f"Invented: {title}", raised_by="A party", raised_on=day, invented=True)
        ISSUES.take("tell", issue, **told(analyst, noon(day)))
        if by_proposal:
            ISSUES.take("lead_on", issue, proposal=by_proposal, **told(analyst, noon(date(2020, 1, 20))))
    carrier = proposal(87).reference
    for number, document, category in ((901, "GBCS", 1), (902, "SMETS", 2), (903, "CHTS", 3)):
        made = IssueResolution(number=number, title=f"Invented: a point of the {document}", document=document,
                               category=category, raised_on=date(2019, 12, 2), invented=True)  # fmt: skip
        RESOLUTIONS.take("raise", made, **told(analyst, noon(date(2019, 12, 2))))
        RESOLUTIONS.take("agree", made, **told(analyst, noon(date(2020, 1, 8))))
        if number != 903:
            RESOLUTIONS.take("bundle", made, proposal=carrier, **told(analyst, noon(date(2020, 1, 15))))
    for letter, title in (("", "A new flag in the message"), ("A", "A daily report instead")):
        kind = Solution.Kind.ALTERNATIVE if letter else Solution.Kind.PROPOSED
        made_ = Solution(proposal=proposal(80), kind=kind, letter=letter, title=f"Invented: {title}", invented=True)
        SOLUTIONS.take("propose", made_, **told(analyst, noon(date(2020, 1, 20))))


def _judging(crew: Crew) -> None:
    """What is judged of MP080: objectives, impacts, costs, priority, in plain words, and beside another code."""
    analyst, of, day = crew["change.analyst"], proposal(80), date(2020, 2, 10)
    for source, whom, verdict in ((Judgement.Source.PROPOSER, of.proposer_name, "better"),
                                  (Judgement.Source.WORKING_GROUP, "Working Group", "neutral")):  # fmt: skip
        said = {"a": (verdict, "Invented: fewer messages are sent twice."), "h": ("not applicable", "")}
        for row in judge(of, Form(source, whom, day), said, **told(analyst, noon(day))):
            journal.amend(row, {"invented": True}, **told(analyst, noon(day)))
    for kind, subject, level in (
        (Impact.Kind.CATEGORY, "large-supplier", Level.HIGH), (Impact.Kind.CATEGORY, "electricity-network", Level.LOW),
        (Impact.Kind.DOCUMENT, "Appendix AD", Level.MEDIUM), (Impact.Kind.SYSTEM, "DCC Systems", Level.HIGH),
    ):  # fmt: skip
        _enter(Impact(proposal=of, kind=kind, subject=subject, level=level, invented=True), analyst, day)
    _enter(SystemImpact(proposal=of, answer="yes", told_by="DCC", told_on=day, invented=True), analyst, day)
    for borne_by, low, high in ((Cost.CENTRAL, 120_000, 150_000), ("large-supplier", 20_000, None)):
        cost = Cost(proposal=of, borne_by=borne_by, low=low, high=high, about=True, dated_on=day, invented=True)
        cost.source = Cost.Source.PRELIMINARY if borne_by == Cost.CENTRAL else Cost.Source.PARTIES
        _enter(cost, analyst, day)
    for level, start in ((Level.LOW, date(2019, 9, 2)), (Level.MEDIUM, day)):
        priority = Priority(proposal=of, level=level, reason="Invented: by the cost of doing nothing.", from_day=start,
                            invented=True)  # fmt: skip
        set_priority(priority, **told(analyst, noon(start)))
    _enter(Summary(proposal=of, problem="Invented: some messages are sent twice.", change="Invented: they are marked.",
                   affected="Suppliers and networks.", to_do="Answer the consultation by 16 March.", invented=True),
           analyst, day)  # fmt: skip
    _other_codes(crew, of)


def _other_codes(crew: Crew, of: Proposal) -> None:
    """A reference whose title is not what the other code's register prints, and an issue of the forum."""
    analyst, day = crew["change.analyst"], date(2020, 2, 11)
    columns = ("code", "number", "title", "printed_on", "invented")
    line = ("BSC", "P900", "Invented: marking of messages sent twice", day, "yes")
    crew.load("code-listings", "change.analyst", columns, [line])
    cross = CrossCode(proposal=of, code="BSC", number="P900", title="Invented: marking of messages", since=day,
                      relation=CrossCode.Relation.CONSEQUENTIAL, recorded=RECORDED, invented=True)  # fmt: skip
    CROSS_CODES.take("record", cross, **told(analyst, noon(day)))
    issue = ForumIssue(number="FORUM-1", title="Invented: one form for all codes", raised_on=day, invented=True)
    tell_issue(issue, {}, [of], **told(analyst, noon(day)))


def _assessments(crew: Crew) -> None:
    """One assessment returned in time, one returned late, one awaited, one overdue; and a question to a party."""
    analyst, dcc = crew["change.analyst"], crew["dcc.representative"]
    dated = date(2020, 2, 6)
    document = Document(proposal=proposal(80), kind=DocumentKind.PRELIMINARY, version="1.0", dated_on=dated,
                        invented=True)  # fmt: skip
    keep_document(document, "assessment.txt", WORDS, **told(analyst, noon(dated)))
    returned = ((80, date(2020, 1, 20), dated, document.pk), (83, date(2019, 11, 4), date(2019, 12, 5), None))
    for number, asked, back, kept in returned:
        made = _asked(number, AssessmentKind.PRELIMINARY, asked, analyst)
        cost: dict[str, Any] = {"cost_low": 120_000, "cost_high": 150_000, "cost_about": True, "lead_time_months": 6}
        ASSESSMENTS.take("return", made, **cost, document=kept, **told(dcc, noon(back)))
    _asked(87, AssessmentKind.IMPACT, date(2020, 2, 10), analyst)
    _asked(89, AssessmentKind.PRELIMINARY, date(2020, 2, 10), analyst)
    party = Party.objects.get(key="alderbrook-energy-001-limited")
    request = InformationRequest(
        proposal=proposal(103), party=party, question="Invented: how often did it happen in 2019?",
        due_on=date(2020, 3, 13), invented=True,
    )  # fmt: skip
    REQUESTS.take("ask", request, **told(analyst, noon(date(2020, 2, 24))))


def _asked(number: int, kind: str, day: date, analyst: Person) -> Assessment:
    made = Assessment(proposal=proposal(number), kind=kind, invented=True)
    request_assessment(made, **told(analyst, noon(day)))
    return made


def _ideas(analyst: Person) -> None:
    """An idea that had its critical-friend reply, and one that waits for it."""
    for title, day in (("Meters that change owner", date(2020, 2, 24)), ("One form for two notices", date(2020, 3, 4))):
        idea = Idea(title=f"Invented: {title}", text="Invented: what goes wrong, and for whom.", invented=True,
                    from_name="Sample Outsider", from_email="outsider@example.org")  # fmt: skip
        tell_for_another(idea, **told(analyst, noon(day)))
        if day < REPORTED:
            reply = "Invented: tell us how often it happens; two older proposals are near to it."
            IDEAS.take("reply", idea, text=reply, **told(analyst, noon(date(2020, 2, 27))))


def _sessions(analyst: Person) -> None:
    """The monthly Working Group: one session held, with its note, and one to come."""
    for day in (date(2020, 3, 4), date(2020, 4, 1)):
        session = Session(day=day, begins=time(10), invented=True)
        planned = noon(date(2020, 2, 24))
        plan_session(session, [proposal(80), proposal(83)], **told(analyst, planned))
        if day <= RECORDED.date():
            SESSIONS.take("hold", session, **told(analyst, noon(day)))
            note = Note(session=session, proposal=proposal(80), discussed="Invented: the alternative was preferred.",
                        outcome="Invented: ask in the consultation what it would cost.", invented=True)  # fmt: skip
            _enter(note, analyst, day)


def _documents(analyst: Person) -> None:
    """Documents of MP080 and MP081 in their versions."""
    for number, kind, version, day in (
        (80, DocumentKind.PROBLEM, "1.0", date(2019, 3, 15)), (80, DocumentKind.LEGAL_TEXT, "0.1", date(2020, 2, 3)),
        (80, DocumentKind.LEGAL_TEXT, "0.2", date(2020, 2, 20)), (81, DocumentKind.REPORT, "0.1", date(2020, 1, 10)),
        (81, DocumentKind.REPORT, "1.0", date(2020, 1, 17)), (81, DocumentKind.CONCLUSIONS, FINAL, date(2020, 2, 20)),
    ):  # fmt: skip
        made = Document(proposal=proposal(number), kind=kind, version=version, dated_on=day, invented=True)
        keep_document(made, f"document-{number}.txt", WORDS, **told(analyst, noon(day)))


def _release(analyst: Person) -> None:
    """The release of June 2020: its day moved once, its scope, what else must happen, and a request refused."""
    release = Release(name=JUNE, go_live_on=JUNE_FIRST, kind=Release.Kind.SYSTEM, capacity=3, invented=True)
    RELEASES.take("plan", release, **told(analyst, noon(date(2019, 11, 15))))
    moved = told(analyst, noon(date(2019, 12, 13)))
    RELEASES.take("move", release, day=JUNE_DAY, moved_by=Body.PANEL, why="Invented: a quieter week.", **moved)
    for number in (57, 80, 81):
        day = date(2020, 1, 20)
        item = ReleaseItem(release=release, proposal=proposal(number), invented=True)
        ITEMS.take("target", item, **told(analyst, noon(day)))
        if number == 57:
            ITEMS.take("approve", item, **told(analyst, noon(day)))
        else:
            CHANGE.take("target", item.proposal, release=release.pk, set_by="Proposer", **told(analyst, noon(day)))
    RELEASES.take("approve_scope", release, **told(analyst, noon(date(2020, 2, 14))))
    for kind, due, done in ((Milestone.Kind.TESTING_APPROACH, date(2020, 2, 28), date(2020, 2, 26)),
                            (Milestone.Kind.IMPLEMENTATION_DOCUMENT, date(2020, 3, 6), None),
                            (Milestone.Kind.SUPPORTING_CHANGES, date(2020, 5, 15), None)):  # fmt: skip
        row = Milestone(release=release, kind=kind, owner="DCC", due_on=due, done_on=done, invented=True)
        journal.enter(row, **told(analyst, noon(done or date(2020, 2, 14))))
    request = MoveRequest(release=release, wanted_for=JUNE_FIRST, reason="Invented: more time to test.", invented=True)
    MOVE_REQUESTS.take("ask", request, **told(analyst, noon(date(2020, 2, 17))))
    MOVE_REQUESTS.take("refuse", request, letter="Invented letter", **told(analyst, noon(REPORTED)))
