"""The newsletters of June 2017 and January 2022 put together again: every fact of each is in the new one.

Left as in the record: the first prints two days for one meeting of the TABASC, 19 July in its table and 20 July
in its text (the record keeps the table's), names people, and has 28 June 2017 for what was "issued" twice over.
"""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from secretariat.engagement.newsletter.checks import checked
from secretariat.engagement.newsletter.composing import Composed, composed
from secretariat.engagement.newsletter.models import Newsletter
from secretariat.engagement.newsletter.writing import Foot, mail, text
from secretariat.engagement.subscribing.models import every_topic
from tests.engagement.reissues import JANUARY, JUNE, january_2022, june_2017, london

pytestmark = pytest.mark.django_db
FOOT = Foot("https://s.example/n/", "You subscribed.", "https://s.example/c/", "https://s.example/u/")

IN_JUNE = {
    "it is the issue of June 2017": "June 2017; 29 June 2017",
    "the Engagement Day is on 13 July 2017 from ten to four": "SEC Party Engagement Day; 13 Jul 2017, 10:00 to 16:00",
    "it is in London, and the Panel its host": "London; Hosted by the Panel",
    "the DCC, BEIS and Ofgem speak": "from the DCC, BEIS and Ofgem",
    "the afternoon is on becoming a User, and on proposals": "becoming a User; proposals in the change process",
    "few places are left": "Few places are left; Helpdesk",
    "SECMP0036 was put to consultation": "SECMP0036 ‘Single User ID for Users acting in one or more User Roles’",
    "on 28 June 2017": "put to consultation on 28 June 2017",
    "for Import Suppliers and Gas Suppliers": "Import Supplier and as Gas Supplier",
    "Drop 4 of the Business Architecture Document is the last": "fourth and last part; Business Architecture Document",
    "by Section F1.4, for the TABASC, before the Panel": "Section F1.4; TABASC; Panel is asked to approve",
    "the Panel saw the Initial Modification Reports": "considered the Initial Modification Reports",
    "SECMP0037 went to the Refinement Process": "SECMP0037 ‘[^’]+’ ?(<[^>]*>)?: Refinement Process",
    "SECMP0038 went to the Refinement Process": "SECMP0038 ‘[^’]+’ ?(<[^>]*>)?: Refinement Process",
    "SECMP0036 went to the Report Phase": "Roles’ ?(<[^>]*>)?: Report Phase",
    "the Change Board approved SECMP0035": "SECMP0035 ‘Updates to SEC Appendix B - Organisation ARL expiration date",
    "unanimously": "unanimous",
    "it can be referred for 10 Working Days": "10 Working Days; referred to the Panel until 17:00 on 6 July",
    "it is implemented 5 Working Days later": "5 Working Days after; implemented on 13 July 2017",
    "the Question Hour is at 11 on 10 July": "Modifications Question Hour 14; 10 Jul 2017, 11:00; by telephone",
    "the Panel met on 9 June": "SEC Panel ?(<[^>]*>)? met on ?(<[^>]*>)? ?9 June 2017",
    "its headlines and minutes are published": "headlines, minutes",
    "it approved version 5.0 of the SRT Approach Document": "version 5.0 of the SMKI and Repository Testing",
    "after consultation and a review by the SMKI PMA; the DCC publishes it": "SMKI PMA's review; the DCC publishes it",
    "no more releases in 2018": "apart from R2.0 and SMETS1; in 2018",
    "the Release Management Policy stays": "Release Management Policy as it is",
    "the DCC tells when it can": "asked the DCC when it could implement approved modifications",
    "a testing matrix": "testing matrix, with guidance; workshop of March 2017 with members of the TAG and the TABASC",
    "the Panel meets next on 14 July": "14 July 2017",
    "and on 30 June for Release 1.3": "30 June 2017; Release 1.3: the exit from Systems Integration Testing",
    "the entry gate": "entry to End-to-End Testing",
    "the SSC made two full assessments": "two Full User Security Assessment reviews of Network Operators",
    "and recommends to the Panel": "recommendations on their status to the Panel",
    "what else the SSC did": "security impact of proposals; Verification Security Assessments; User CIO can rely",
    "the risk assessment": "end-to-end risk assessment of smart metering",
    "the SSC meets on 12 and 26 July": "12 July 2017 ?(<[^>]*>)? and ?(<[^>]*>)? ?26 July 2017",
    "the TABASC met on 15 June": "met on ?(<[^>]*>)? ?15 June 2017",
    "on the Design Notes, handed over in May 2017": "Design Notes, handed over to it in May 2017",
    "a first look at all": "a first look at all",
    "the DCC's Performance Report": "Performance Report, for Service Management; Release 1.3",
    "the PMA met on 20 June": "met on ?(<[^>]*>)? ?20 June 2017",
    "the Recovery Key Guidance": "draft Recovery Key Guidance; Recovery Private Key; Contingency Private Key",
    "the Contingency Symmetric Key": "Contingency Symmetric Key",
    "its consultation is expected in the third quarter": "workshop of March 2017; third quarter of 2017",
    "terms end": "Large Supplier Member and of the Gas Network Member end with June 2017",
    "SECMP0022 made two seats": "SECMP0022 added two seats: another Large Supplier's and the Electricity Networks'",
    "nominations of May 2017": "sought in May 2017 for two Large Supplier Members",
    "four seats from July 2017": "From July 2017; Large Supplier: the member nominated again; Large Supplier: vacant",
    "of networks": "Gas Networks: the member nominated again; Electricity Networks: a new member",
    "the PMA meets on 18 July": "18 July 2017",
    "guidance": "Guidance is being developed",
    "the DCC's report went to BEIS on 12 May 2017": "12 May 2017; Initial Enrolment Project Feasibility Report",
    "three aims": "quick and reliable interoperability, cost, and security",
    "a commercial approach": "commercial approach, by existing contracts or new ones",
    "BEIS consults later": "consult later in the year, with a cost benefit analysis",
    "Ofgem's two consultations": "March 2016; November 2016; metrics of the DCC's performance, and its incentives",
    "the direction on Schedule 4": "July 2017; Schedule 4",
    "three issues": "the draft direction reflects the policy; interim regime; 2017/18; exceptional events",
    "eight answers": "Eight respondents broadly agreed; Appendix 1",
    "it closed on 19 June": "ended on 19 June 2017",
    "Party Details": "Section M6.2; Party Details up to date; SMKI RAPP; Change in Party Details form",
    "245 parties": "Current parties: 245",
    "20 accessions": "acceded since the last newsletter: 20",
    "no withdrawals": "withdrew: 0",
    "one expulsion": "expelled: 1",
    "no change of Panel Members' employment": "employment changed: 0",
    "the list of parties": "list of parties is on the website",
    "key date: Question Hour": "10 July: Modifications Question Hour 14",
    "key date: SSC 33": "12 July: Security Sub-Committee meeting 33",
    "key date: Engagement Day": "13 July: SEC Party Engagement Day",
    "key date: Panel 46": "14 July: SEC Panel meeting 46",
    "key date: PMA 37": "18 July: SMKI Policy Management Authority meeting 37",
    "key date: TABASC 20": "19 July: Technical Architecture and Business Architecture Sub-Committee meeting 20",
    "key date: SSC 34": "26 July: Security Sub-Committee meeting 34",
    "social media and telephone": r"Twitter and LinkedIn; \+44 \(0\)20 7090 7755",
}
"""What the newsletter of June 2017 tells, and the words by which the new one tells it, parted by "; "."""

IN_JANUARY = {
    "the first of 2022, in a new style": "first newsletter of 2022; new look",
    "feedback and topics": "what you think of it; future issues and webinars",
    "the budget": "Draft Budget 2022-2025; 17:00 on 28 January 2022; confidential or anonymous",
    "the Panel takes it in February": "its meeting of February 2022",
    "the JIP change request": "On 14 January 2022 the DCC; Implementation Managers Forum; adds two",
    "ECoS goes live": "30 June 2023",
    "its closing": "DCC: .*Closes at 17:00 on 4 February 2022",
    "whom to write to": "smip.sdc@beis.gov.uk",
    "the IMF's item": "IMF takes it on 27 January 2022; February 2022",
    "the baseline": "Smart Metering Delivery Group in February 2022; take stock",
    "the satisfaction survey": "opt in are telephoned by a market research agency",
    "the contact list": "Operations Contact List; DCC User to one that is none; Manufacturers and Network Parties",
    "its use": "Critical Alerts, and for what could affect customers, alone; online form; guidance on the obligations",
    "the IPV workshop": r"Initial Pallet Validation \(IPV\) online workshop; 27 Jan 2022, 13:30 to 17:00",
    "how to attend": "customerengagement@smartdcc.co.uk",
    "Ofgem's survey of 2021": "performance in 2021; good overall; Feedback Form",
    "vacancies": "Smart Energy Operations Analyst; Smart Energy Senior Committee Administrator",
    "the security webinar": "Security Assessment Guidance Webinar; 28 Jan 2022, 14:00 to 15:00; Management Responses",
    "the credit cover webinar": "Smart DCC Credit Cover Webinar; 31 Jan 2022, 14:00 to 14:45",
    "its questions": "SECAS@gemserv.com by 17:00 on 24 January 2022; time for questions",
    "three Draft Proposals": "Three new Draft Proposals have been raised",
    "DP197": "DP197 ‘Reallocating Third Party Communications Hubs in the Event of a SoLR’; Section F8.7; MP140",
    "whom DP197 concerns": "Meter Asset Manager or Meter Asset Provider; rental, storage and reallocation",
    "DP198": "DP198 ‘Further Changes from the Review of the SMKI and DCCKI Document Set’; Appendix L; sections 5 and 6",
    "DP199": "DP199 ‘June 2022 SEC Release Supporting Changes’; SECMP0015, SECMP0024 and MP104; 30 June 2022",
    "one Refinement Consultation": "One Refinement Consultation is open",
    "MP192": "MP192 ‘Extend Scheduled Services for SMETS1 Devices’; 4.3 and 4.4.3; 5.1; new error code; SMETS2",
    "it closes on 4 February": "Consultation on MP192 ?(<[^>]*>)?. Closes at 17:00 on 4 February 2022",
    "two Modification Report Consultations": "Two Modification Report Consultations are open",
    "MP078": "MP078 ‘Incorporation of multiple Issue Resolution Proposals into the SEC - Part 2’",
    "its three issues": "550, 603 and 604; GCS20r; slip in 550; PPMIDs and CADs on the HAN; security log",
    "it closes on 8 February": "Consultation on MP078 ?(<[^>]*>)?. Closes at 17:00 on 8 February 2022",
    "MP085A": "MP085A ‘Synchronisation of smart meter voltage measurement periods’; 1800 seconds; 30 minutes; DNO",
    "it closes too": "Consultation on MP085A ?(<[^>]*>)?. Closes at 17:00 on 8 February 2022",
    "the release": "goes live on 24 February 2022; changes text alone",
    "others' consultations": "page of open industry consultations",
    "Panel papers": r"Operations Report is among the White papers of Panel meeting 100; \(TGU\) among its Green ones",
    "the Helpdesk's hours": "Monday to Friday, 9 to 17, but not on bank holidays",
    "key dates of 26 January": "26 January: Change Board meeting 62; 26 January: Security Sub-Committee meeting 139",
    "and the TAG's": "26 January: Testing Advisory Group meeting 86",
    "webinars": "28 January: Security Assessment Guidance Webinar; 31 January: Smart DCC Credit Cover Webinar",
    "Working Groups": "2 February: SEC Monthly Working Group; 7 February: Strategic Working Group 7",
    "TABASC 74": "3 February: Technical Architecture and Business Architecture Sub-Committee meeting 74",
    "OPSG 65": "8 February: Operations Group meeting 65",
    "PMA 90 and SSC 140": "9 February: SMKI Policy Management Authority meeting 90; Security Sub-Committee meeting 140",
    "CSC 36": "15 February: Change Sub-Committee meeting 36",
    "Panel 101": "18 February: SEC Panel meeting 101",
}
"""What the newsletter of January 2022 tells, likewise."""


def told(newsletter: Newsletter, at: datetime) -> tuple[Composed, dict[str, str]]:
    """The newsletter put together, as its text in one line and as its mail."""
    whole = composed(newsletter, at)
    edition = whole.edition(every_topic())
    said = {"text": text(edition, FOOT, "https://s.example"), "mail": mail(edition, FOOT, "https://s.example")}
    return whole, {form: " ".join(words.split()) for form, words in said.items()}


def missing(facts: dict[str, str], said: str) -> list[str]:
    return [fact for fact, words in facts.items() if not all(re.search(one, said) for one in words.split("; "))]


def serious(newsletter: Newsletter, at: datetime, whole: Composed) -> list[str]:
    return [f"{one.rule}: {one.words}" for one in checked(newsletter, at, whole).serious]


def test_june_2017_tells_every_fact_of_the_published_newsletter() -> None:
    newsletter, at = june_2017(), london(JUNE, "10:00")
    whole, said = told(newsletter, at)
    assert missing(IN_JUNE, said["text"]) == []
    assert whole.problems == ()
    assert serious(newsletter, at, whole) == []


def test_january_2022_tells_every_fact_of_the_published_newsletter() -> None:
    newsletter, at = january_2022(), london(JANUARY, "10:00")
    whole, said = told(newsletter, at)
    assert missing(IN_JANUARY, said["text"]) == []
    assert serious(newsletter, at, whole) == []
    late = checked(newsletter, london(JANUARY, "10:00").replace(day=24, hour=18), whole)
    assert "call-is-over" in {one.rule for one in late.serious}
