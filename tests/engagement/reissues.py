"""The records behind the two published newsletters, and what their editors wrote, in our own words.

Facts are those of the newsletters of June 2017 and January 2022; where a day or hour is not told it is made up and
marked as invented. No sentence is theirs, and nobody is named.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from secretariat.change.decision.models import Decision
from secretariat.change.models import Proposal, Release, StageSpell
from secretariat.change.sessions.models import Session
from secretariat.committees.models import Committee
from secretariat.consultations.models import Consultation
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.published import Keeping
from secretariat.engagement.events.models import EngagementEvent
from secretariat.engagement.guidance.models import Article
from secretariat.engagement.newsletter.models import Newsletter, Passage
from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.plain.dates import LONDON
from secretariat.register.models import Departure, Party

JUNE, JANUARY = date(2017, 6, 29), date(2022, 1, 20)
BODIES = ("SECP", "SECCB", "CSC", "OPSG", "SSC", "TABASC", "TAG", "SECPMA")


def london(day: date, hour: str = "12:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=LONDON)


def editor() -> Person:
    made = Person.objects.create_user("editor@example.org", "Sample Editor", invented=True)
    Capacity.objects.create(
        person=made, role=Role.SECRETARIAT, team=Team.PARTY_SUPPORT, from_day=date(2013, 9, 23), recorded=london(JUNE)
    )
    return made


def bodies() -> dict[str, Committee]:
    return {code: Committee.objects.get(code=code) for code in BODIES}


def meet(body: Committee, day: date, number: int | None, state: str = "planned", **more: Any) -> Meeting:
    made: Meeting = Meeting.objects.create(committee=body, day=day, number=number, state=state, **more)
    return made


def proposal(
    number: int, reference: str, title: str, raised_on: date, stage: str, since: date, **more: Any
) -> Proposal:
    made: Proposal = Proposal.objects.create(
        number=number, reference=reference, title=title, raised_on=raised_on, state=stage, **more
    )
    StageSpell.objects.create(proposal=made, stage=stage, from_day=since, recorded=london(since))
    return made


def consult(number: int, kind: str, title: str, opens: date, closes: date, **more: Any) -> Consultation:
    about = more.pop("about", None)
    named = {"about_kind": kind_of(about), "about_id": about.pk} if about else {}
    made: Consultation = Consultation.objects.create(
        reference=f"CON-{number:06d}", kind=kind, title=title, body=more.pop("body", "SECP"), state="open",
        opens_at=london(opens, "09:00"), closes_at=london(closes, "17:00"), **named, **more,
    )  # fmt: skip
    return made


def event(kind: str, title: str, day: date, hours: tuple[str, str], **more: Any) -> EngagementEvent:
    made: EngagementEvent = EngagementEvent.objects.create(
        kind=kind, title=title, begins_at=london(day, hours[0]), ends_at=london(day, hours[1]), state="open", **more
    )
    return made


def newsletter(title: str, day: date, since: date, words: dict[str, list[tuple[str, str]]]) -> Newsletter:
    made: Newsletter = Newsletter.objects.create(
        title=title, day=day, since=since, state="draft", invented=True, begun_by=editor()
    )
    for block, passages in words.items():
        for position, (heading, text) in enumerate(passages, start=1):
            Passage.objects.create(newsletter=made, block=block, position=position, heading=heading, text=text)
    return made


def june_2017() -> Newsletter:
    """The newsletter of 29 June 2017 from its records."""
    body = bodies()
    _meetings_of_june(body)
    _proposals_of_june()
    event("engagement day", "SEC Party Engagement Day", date(2017, 7, 13), ("10:00", "16:00"), place="London",
          summary="Hosted by the Panel, with news from the DCC, BEIS and Ofgem; in the afternoon, becoming a User.",
          )  # fmt: skip
    event("question hour", "Modifications Question Hour 14", date(2017, 7, 10), ("11:00", "12:00"),
          place="by telephone")  # fmt: skip
    _parties_of_june()
    return newsletter("SECAS Newsletter, June 2017", JUNE, date(2017, 5, 31), JUNE_WORDS)


def _meetings_of_june(body: dict[str, Committee]) -> None:
    panel = meet(body["SECP"], date(2017, 6, 9), 45, "held")
    for kind in ("headlines", "minutes"):
        MeetingDocument.objects.create(meeting=panel, kind=kind, url=f"https://code.example/{kind}")
    meet(body["SECP"], date(2017, 6, 30), 45, extraordinary=1, note="Release 1.3")
    meet(body["SECP"], date(2017, 7, 14), 46)
    meet(body["SSC"], date(2017, 7, 12), 33)
    meet(body["SSC"], date(2017, 7, 26), 34)
    meet(body["TABASC"], date(2017, 6, 15), 19, "held")
    meet(body["TABASC"], date(2017, 7, 19), 20)
    meet(body["SECPMA"], date(2017, 6, 20), 36, "held")
    meet(body["SECPMA"], date(2017, 7, 18), 37)


def _proposals_of_june() -> None:
    raised = date(2017, 4, 3)
    title = "Updates to SEC Appendix B - Organisation ARL expiration date to be aligned to DCCKI ARL"
    approved = proposal(35, "SECMP0035", title, raised, "approved", date(2017, 6, 21), path="self-governance")
    decided = Decision.objects.create(
        body="SECCB", outcome="approve", decided_at=london(date(2017, 6, 21)), notified_on=date(2017, 6, 22)
    )
    decided.proposals.add(approved)
    title = "Single User ID for Users acting in one or more User Roles"
    consulted = proposal(36, "SECMP0036", title, raised, "report", date(2017, 6, 28))
    consult(1, "modification report", "Modification Report Consultation on SECMP0036", date(2017, 6, 28),
            date(2017, 7, 19), about=consulted, invented=True)  # fmt: skip
    for number in (37, 38):
        proposal(number, f"SECMP00{number}", "A title that no document tells", raised, "refinement", date(2017, 6, 9))


def _parties_of_june() -> None:
    for matter in ("party events", "parties", "members' employers"):
        Keeping.objects.create(matter=matter, since=date(2013, 9, 23))
    days = [date(2015, 1, 1)] * 226 + [date(2017, 6, 1)] * 20
    rows = [
        Party(key=f"party-{place}", name=f"Sample Party {place}", acceded_on=day, state="party", invented=True)
        for place, day in enumerate(days)
    ]
    Party.objects.bulk_create(rows)
    gone = Party.objects.get(key="party-0")
    Departure.objects.create(party=gone, how="expelled", day=date(2017, 6, 14))
    Party.objects.filter(pk=gone.pk).update(left_on=date(2017, 6, 14), state="left")


JUNE_WORDS: dict[str, list[tuple[str, str]]] = {
    "welcome": [
        ("", "In this issue: the Engagement Day, the consultation on [[proposal:SECMP0036]], and the last part of the "
             "Business Architecture Document."),
    ],
    "events": [
        ("Engagement Day", "Few places are left for the Engagement Day; ask the SECAS Helpdesk soon. The invitation is "
                           "on the website, and proposals in the change process are presented too."),
    ],
    "consultations": [
        ("Business Architecture Document", "Section F1.4 asks the TABASC for a description of the business "
         "architecture of smart metering. Its fourth and last part is drafted; before the Panel is asked to approve "
         "the whole, respondents can give their views on it from end to end."),
        ("Ofgem on the Operational Performance Regime", "Ofgem consulted on the principles in March 2016, "
         "and on final proposals in November 2016: the metrics of the DCC's performance, and its incentives. "
         "Three issues were tested before a final direction, expected in July 2017, which populates Schedule 4 of "
         "the DCC's licence:\n* whether the draft direction reflects the policy\n* dropping the interim regime of "
         "regulatory year 2017/18\n* how exceptional events are handled in the performance reports\n\nEight "
         "respondents broadly agreed. That consultation ended on 19 June 2017; Appendix 1 sums up what was said."),
    ],
    "report": [
        ("What SECMP0036 proposes", "One User ID for a User that acts both as Import Supplier and as Gas Supplier. It "
                                    "was put to consultation on [[date:2017-06-28]]."),
    ],
    "moved": [
        ("", "The Panel considered the Initial Modification Reports at its meeting of June 2017."),
    ],
    "decisions": [
        ("", "The Change Board's vote on [[proposal:SECMP0035]] was unanimous. Without a referral it is implemented "
             "5 Working Days after the 10 Working Days for one have passed."),
    ],
    "panel": [
        ("What the Panel discussed", "* It approved version 5.0 of the SMKI and Repository Testing (SRT) Approach "
         "Document after consultation and the SMKI PMA's review; the DCC publishes it.\n* The DCC presented its "
         "analysis: apart from R2.0 and SMETS1 it cannot deliver further releases, or approved modifications in "
         "them, in 2018. The Panel left its Release Management Policy as it is, and asked the DCC when it could "
         "implement approved modifications.\n* Modification Reports will hold a testing matrix, with guidance, after "
         "a workshop of March 2017 with members of the TAG and the TABASC.\n\nThe meeting of [[date:2017-06-30]] "
         "decides on Release 1.3: the exit from Systems Integration Testing and the entry to End-to-End Testing."),
    ],
    "committees": [
        ("Security Sub-Committee", "In June it undertook two Full User Security Assessment reviews of Network "
         "Operators, and sent its recommendations on their status to the Panel. It also worked on:\n* the security "
         "impact of proposals\n* what it expects of Verification Security Assessments\n* how the User CIO can rely on "
         "earlier assessments\n* the end-to-end risk assessment of smart metering"),
        ("TABASC", "It discussed how to review the Design Notes, handed over to it in May 2017: a first look at all, "
         "to set priorities. The DCC took it through the Performance Report, for Service Management; more reports "
         "come with Release 1.3."),
        ("SMKI PMA", "The draft Recovery Key Guidance went to its members: they decide whether the Recovery Private "
         "Key or the Contingency Private Key, with the Contingency Symmetric Key, is used. Once the actions of the "
         "workshop of March 2017 are done, the guidance is put to consultation, in the third quarter of 2017.\n\n"
         "The terms of a Large Supplier Member and of the Gas Network Member end with June 2017, and SECMP0022 added "
         "two seats: another Large Supplier's and the Electricity Networks'. Nominations were sought in May 2017 for "
         "two Large Supplier Members, the Electricity Networks Member and the Gas Networks Member. From July 2017:\n"
         "* Large Supplier: the member nominated again\n* Large Supplier: vacant\n* Gas Networks: the member "
         "nominated again\n* Electricity Networks: a new member"),
    ],
    "news": [
        ("BEIS on SMETS1", "On [[date:2017-05-12]] the DCC gave BEIS the final Initial Enrolment Project Feasibility "
         "Report. BEIS weighed the options by three aims: quick and reliable interoperability, cost, and security. It "
         "believes that the DCC should pursue a commercial approach, by existing contracts or new ones, and means to "
         "consult later in the year, with a cost benefit analysis, before it decides."),
    ],
    "parties": [
        ("Party Details", "Section M6.2 asks each party to keep its Party Details up to date: the DCC checks them "
         "during User Entry, as under the SMKI RAPP. Send the Change in Party Details form to the SECAS Helpdesk. The "
         "list of parties is on the website."),
    ],
    "contact": [
        ("", "Guidance is being developed: tell the Helpdesk what would help you. Telephone: +44 (0)20 7090 7755. "
             "We are also on Twitter and LinkedIn."),
    ],
}  # fmt: skip


def january_2022() -> Newsletter:
    """The newsletter of January 2022 from its records; it was to be sent on the third Thursday."""
    _meetings_of_january(bodies())
    _proposals_of_january()
    consult(1, "budget", "SEC Panel Draft Budget 2022-2025", date(2022, 1, 7), date(2022, 1, 28))
    consult(2, "other", "Change Request to the Joint Industry Plan for Enduring Change of Supplier",
            date(2022, 1, 14), date(2022, 2, 4), body="DCC", is_others=True, address="https://dcc.example/jip",
            )  # fmt: skip
    Consultation.objects.filter(reference="CON-000002").update(state="listed")
    goes_live = date(2022, 2, 24)
    Release.objects.create(name="February 2022 SEC Release", go_live_on=goes_live, kind="document-only")
    event("webinar", "Security Assessment Guidance Webinar", date(2022, 1, 28), ("14:00", "15:00"),
          summary="The validation of Security Assessments: obligations that trip up Users, and Management Responses.",
          )  # fmt: skip
    event("webinar", "Smart DCC Credit Cover Webinar", date(2022, 1, 31), ("14:00", "14:45"),
          summary="Credit Cover as the code has it, and in the DCC's practice; there is time for questions.",
          )  # fmt: skip
    event("workshop", "DCC Initial Pallet Validation (IPV) online workshop", date(2022, 1, 27), ("13:30", "17:00"),
          place="customerengagement@smartdcc.co.uk")  # fmt: skip
    owner = Person.objects.create_user("owner@example.org", "Owner")
    for slug, title in (("analyst", "Smart Energy Operations Analyst"),
                        ("administrator", "Smart Energy Senior Committee Administrator")):  # fmt: skip
        Article.objects.create(slug=slug, title=title, kind="vacancy", owner=owner, state="published",
                               published_on=date(2022, 1, 17))  # fmt: skip
    return newsletter("SEC Newsletter, January 2022", JANUARY, date(2021, 12, 16), JANUARY_WORDS)


def _meetings_of_january(body: dict[str, Committee]) -> None:
    days = (("SECCB", 26, 62), ("SSC", 26, 139), ("TAG", 26, 86), ("TABASC", 34, 74), ("OPSG", 39, 65),
            ("SECPMA", 40, 90), ("SSC", 40, 140), ("CSC", 46, 36), ("SECP", 49, 101))  # fmt: skip
    for code, place, number in days:
        meet(body[code], date(2021, 12, 31) + timedelta(days=place), number)
    panel = meet(body["SECP"], date(2022, 1, 14), 100, "held")
    MeetingDocument.objects.create(meeting=panel, kind="papers", url="https://code.example/100")
    Session.objects.create(group="SEC Monthly Working Group", day=date(2022, 2, 2), state="planned")
    Session.objects.create(group="Strategic Working Group", number=7, day=date(2022, 2, 7), state="planned")


def _proposals_of_january() -> None:
    raised, old, closing = date(2022, 1, 10), date(2019, 3, 4), date(2022, 2, 8)
    proposal(197, "DP197", "Reallocating Third Party Communications Hubs in the Event of a SoLR", raised,
             "development", raised)  # fmt: skip
    proposal(198, "DP198", "Further Changes from the Review of the SMKI and DCCKI Document Set", raised,
             "development", raised)  # fmt: skip
    proposal(199, "DP199", "June 2022 SEC Release Supporting Changes", raised, "development", raised)
    asked = (
        (192, "", "Extend Scheduled Services for SMETS1 Devices", "refinement", date(2022, 2, 4)),
        (78, "", "Incorporation of multiple Issue Resolution Proposals into the SEC - Part 2", "report", closing),
        (85, "A", "Synchronisation of smart meter voltage measurement periods", "report", closing),
    )
    for place, (number, suffix, title, stage, closes) in enumerate(asked, start=10):
        reference = f"MP{number:03d}{suffix}"
        made = proposal(number, reference, title, old, stage, date(2021, 11, 1), suffix=suffix,
                        converted_on=date(2019, 4, 1))  # fmt: skip
        kind = "refinement" if stage == "refinement" else "modification report"
        consult(place, kind, f"Consultation on {reference}", date(2022, 1, 17), closes, about=made)


JANUARY_WORDS: dict[str, list[tuple[str, str]]] = {
    "welcome": [
        ("", "The first newsletter of 2022, in a new look. Tell the SECAS Helpdesk what you think of it, and what "
             "future issues and webinars should be about."),
    ],
    "governance": [
        ("The Draft Budget", "Parties are asked for their views on the Draft Budget 2022-2025 until "
         "[[consultation:CON-000001|closes]], by e-mail to the Helpdesk; say what is to be confidential or anonymous. "
         "The Panel considers them, and any change, at its meeting of February 2022."),
        ("Enduring Change of Supplier (ECoS)", "On [[date:2022-01-14]] the DCC put a Change Request to the "
         "Implementation Managers Forum (IMF): it moves milestones of the Joint Industry Plan, adds two, and has ECoS "
         "go live on [[date:2023-06-30]]. Parties speak to their representatives at the IMF, or write to BEIS at "
         "smip.sdc@beis.gov.uk. The IMF takes it on [[date:2022-01-27]], and perhaps again at its meeting of February "
         "2022; with few objections the plan is baselined at the Smart Metering Delivery Group in February 2022. BEIS "
         "and the DCC then take stock."),
        ("Customer satisfaction", "The yearly survey is near: those who opt in are telephoned by a market research "
         "agency."),
        ("Operational contacts", "The Operations Contact List, for those signed in, holds whom Suppliers tell by a "
         "Critical Alert after churn from a DCC User to one that is none. Manufacturers and Network Parties can add "
         "themselves, by the online form. It is used for Critical Alerts, and for what could affect customers, alone; "
         "there is guidance on the obligations."),
        ("Ofgem's Cross-Code survey", "Ofgem published its survey of code administrators' performance in 2021. The "
         "results for the SEC are good overall; thank you for taking part. There is an online Feedback Form."),
    ],
    "proposals": [
        ("DP197", "By Section F8.7 a party that ceases to be one returns Communications Hubs that are not installed "
         "to the DCC; that does not reach hubs held by a Meter Asset Manager or Meter Asset Provider when a Supplier "
         "of Last Resort steps in, who then carry the risk and the costs of rental, storage and reallocation. MP140 "
         "deals with related problems of reallocation; liability could move to the incoming Supplier or to the DCC."),
        ("DP198", "The review left points on Appendix L: the order of steps in its sections 5 and 6, for recovery of "
         "the SMKI contingency, is to agree with the DCC's operational processes."),
        ("DP199", "SECMP0015, SECMP0024 and MP104 are meant for [[date:2022-06-30]]. In detailed design, after they "
         "and their legal text were approved, the DCC found additions that are needed."),
    ],
    "refinement": [
        ("MP192", "Service Requests 4.3 and 4.4.3 can be asked for on demand or future dated only, and not by a "
         "schedule of Service Request 5.1. Suppliers could schedule them for SMETS1 Devices; an attempt for SMETS2+ "
         "Devices is refused with a new error code."),
    ],
    "report": [
        ("MP078", "Issue Resolution Proposals 550, 603 and 604. 550: the GBCS does not say what a gas meter answers "
         "when it cannot send what message GCS20r asks for; 604 mends a slip in 550. 603: in-home displays, PPMIDs "
         "and CADs on the HAN can read a meter's security log and show it to the consumer, which could be a risk."),
        ("MP085A", "All electricity meters begin or resume the Average RMS Voltage Measurement Period at a predictable "
         "point, so that DNOs can compare across their meters. Periods should be alike across a DNO's meters, and a "
         "factor of 1800 seconds (30 minutes), the default of the GBCS; only the DNO is affected otherwise, and can "
         "reconfigure, so SMETS and GBCS set no limit."),
    ],
    "releases": [
        ("", "The first release of the year changes text alone."),
    ],
    "events": [
        ("Questions on Credit Cover", "Send them to SECAS@gemserv.com by [[call:2022-01-24 17:00|Credit Cover]]."),
    ],
    "publications": [
        ("Consultations of others, and Panel papers", "The page of open industry consultations tells what others "
         "ask; tell the Helpdesk what it lacks. The Operations Report is among the White papers of Panel meeting 100, "
         "and the Transitional Governance Update (TGU) among its Green ones."),
    ],
    "contact": [
        ("", "Monday to Friday, 9 to 17, but not on bank holidays. For modifications write to the Change Team."),
    ],
}  # fmt: skip
