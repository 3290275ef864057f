"""The Sub-Committee Report of February 2020: every factual item of the published paper stands in the sample's.

Each fact is told here by words that cannot stand where it is missing, under the heading where it is to be read. What
differs from the published paper, and why, stands in docs/published-differences.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.papers import document as doc
from secretariat.papers.frozen import differences
from secretariat.papers.issuing import frozen_document, issued_figures
from secretariat.papers.models import Paper
from secretariat.site.sample.build import CLOCK
from tests.golden.tables import rows, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

FACTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "SMETS1 Live Service Criteria: active Honeywell Elster meters": (
        ("Agreed:", "endorsed recommending to the Panel", "Device Model Combination"),
        ("active Elster", "Eligible Product Combinations List (EPCL)"),
        ("SECP_77_1402_04",),
        ("LSC6", "stability of the service", "Amber", "major incidents"),
        ("DCC trusts its monitoring and its protocol", "SMETS1 migrations"),
    ),
    "Performance in CSP N": (
        ("action plan", "CSP N", "end of March", "planned activities"),
        ("one User reads on demand", "Install and Commission", "asked the DCC to explain"),
    ),
    "Alerts": (
        ("plans for remediation", "grow in number in every CSP region"),
        ("both makers of Communications Hubs in CSP C&S", "over 80%"),
        ("still to say when", "developed, tested and implemented"),
        ("CSP N", "more harm", "hard to bring about again under test conditions"),
        ("how much capacity", "DSP", "SMETS1 be in the DCC's reports"),
        ("monitors and investigates", "more and more Incidents"),
    ),
    "Aged Incidents": (
        ("five categories", "four shrank"),
        ("‘Incorrect or no credentials (DNO)’", "‘Incorrect CH variant installed’", "shrank most"),
        ("DNO's Certificate", "when a meter is installed"),
        ("has a lead in the DCC's Service Management",),
        ("only what a single DNO raised", "not show how far the issue goes"),
        ("By the end of February", "every meter affected"),
    ),
    "Communications Hub exceptions": (
        ("major categories", "a lead for the exceptions of each region"),
        ("volume goes on rising",),
        ("‘Incomplete or no address’", "largest"),
        ("DSP introduced in August 2019", "industry data is not reliable", "other solutions"),
    ),
    "Returned Communications Hubs and the Order Management System": (
        ("concerned that no fault was found",),
        ("DCC confirmed that it will audit", "triaged"),
        ("repeated its request", "Order Management System (OMS)"),
        ("Impact Assessment", "in bulk", "CSP C&S has finished", "CSP N is outstanding"),
    ),
    "Remediation of service performance": (("every CSP region", "Performance Measure (PM) 2", "in March"),),
    "The central service in figures": (
        ("Code Performance Measure (CPM) 1 was below its minimum Service Level",),
        ("Of the last 12 months it was missed in 11",),
        ("Performance Measure (PM) 2", "payloads of firmware", "throughout"),
        ("only 11% came back",),
        ("300 returned CHs were examined", "no faults were found"),
    ),
    "Operational Metrics Review": (
        ("Performance Measure Methodology (PMM)", "Performance Measurement Exception List (PMEL)", "has reviewed"),
        ("second workshop and a trial", "first draft report on 17 February"),
        ("Approved:", "Evaluation Framework", "what Users say"),
        ("final report", "end of April"),
    ),
    "Differences between Parties": (
        ("Approved:", "Rules of Engagement"),
        ("form to ask for it", "website"),
    ),
    "Assurance Status decisions": (
        ("January 2020", "one initial Full User Security Assessment (FUSA)", "two second or later"),
        ("one Assurance Status and two Compliance Statuses",),
        ("Appendix A", "confidential"),
    ),
    "Verification assessments": (("January 2020", "no Verification User Security Assessments (VUSAs)"),),
    "Director’s Letters": (("January 2020", "no Director’s Letters"),),
    "Security Self-Assessments": (("January 2020", "five Security Self-Assessments"),),
    "Network Operators' obligations": (
        ("Independent Gas Transporters", "Organisation Certificates (SMKI)", "SMKI Repository"),
    ),
    "Projects of the year": (
        ("Security Architecture Document (SAD)", "End-to-End Risk Assessment", "have begun"),
        ("Security Incident Management (SIM)", "27 February 2020"),
    ),
    "Enrolment and adoption of SMETS1": (
        ("plan of remediation", "CIO's report", "functional testing", "alert storms", "negative security testing"),
        ("SMETS1 Certificates", "Penetration Testing", "(SIT) A", "(UIT) A"),
    ),
    "Security Sub-Committee highlights": (
        ("24 January 2020", "v1.04", "Device Refurbishment", "Home Area Network (HAN)"),
        ("Commercial Product Assurance (CPA) was withdrawn", "firmware", "plans of remediation"),
        ("GSME Devices of L+G", "withdrawn in 2019", "8 April 2020", "three more months"),
    ),
    "Meter triage: use cases and guidance": (
        ("Agreed:", "Sections 5.1 and 7.3", "001 and 003", "not completed Commissioning"),
        ("Smart Metering Inventory (SMI)", "‘Commissioned’"),
    ),
    "Quarterly review of standards and guidance": (("latest quarter", "will be on the SEC website"),),
    "TABASC Effectiveness Review": (("September 2019", "what the administrator will do"),),
    "The DCC's operational recovery procedures for Users": (
        ("Agreed:", "SEC Appendix L, Section 4", "contents the SMKI PMA"),
        ("provided that its title", "“DCC Operation Recovery Procedures for Users”"),
    ),
    "Review of SMKI standards and guidance": (
        ("13, 43, 45 and 46", "National Cyber Security Centre (NCSC)", "changed or ended"),
        ("Agreed:", "bespoke guidance", "Smart Metering in view"),
        ("A modification of the SEC will be raised",),
    ),
    "2G coverage, 4G-LTE Communications Hubs and test automation": (
        ("may not last as long as was paid for", "2G services"),
        ("hub for 4G in Central & South", "the North and SMETS1 need comes later"),
        ("RFP", "automated tests of Devices in SIT"),
        ("which business processes", "business case"),
    ),
    "Alerts lost in the DCC's planned maintenance (problem statement of EUK)": (
        ("set out options", "how well each would work"),
        ("reliable the HAN's communications", "critical Alerts would still fail to arrive"),
        ("which Alerts come first", "designs"),
    ),
    "Market-wide Half-Hourly Settlement": (
        ("Ofgem's project",),
        ("Target Operating Model", "‘Smart Data Services’", "the Supplier, or an agent"),
        ("MDR (Meter Data Retrieval)", "significant concern", "to Ofgem and to the working group"),
    ),
    "Smart export: initiation of the project": (
        ("Agreed:", "Import Supplier and Export Supplier", "Service Requests"),
        ("Workshops will be held soon", "key stakeholders", "cannot be run through the DCC"),
    ),
    "DP098: IRPs without an impact on systems": (
        ("20 IRPs", "do not touch the DCC's systems"),
        ("further discussion", "newest version", "BEIS", "earlier versions"),
    ),
    "TAG highlights": (("(TAG) met three times",),),
    "SMETS1 Initial Operating Capability (IOC)": (
        ("Approved:", "Depth & Breadth", "(SRVT)", "Aclara's dormant, active and mixed"),
    ),
    "SMETS1 Middle Operating Capability (MOC)": (
        ("Approved:", "Morrison Data Services (MDS)"),
        ("Depth and Breadth document of regression", "Depth and Breadth document of migration"),
        ("Test Completion Report of migration", "SIT Test Completion Report", "active and dormant"),
    ),
    "June 2020 SEC Release": (
        ("first proposes to test", "with whom, when, and when governance comes in"),
        ("significant concerns", "SMETS1 MOC and FOC"),
        ("will not accept governance cut short", "dependencies between programmes"),
        ("working out the best approach", "discussed with the TAG"),
    ),
    "Faster Switching": (
        ("introduced the switching programme",),
        ("In April 2020", "SIT", "Centralised Switching Service (CSS)", "DSP's systems"),
        ("largely supported", "February and March"),
        ("map of the documents", "registration interface", "where risk is highest"),
    ),
    "Core Release 1.1 (SMETS1)": (
        ("Change Requests (CRs)", "more SMETS1 Devices can be migrated", "found in production"),
        ("five that are most urgent", "‘DCC Core Release 1.1’"),
        ("dual fuel", "several supplier IDs", "no longer put in sequence", "Measurement Control Centre (MCC)"),
        ("Itron's and Aclara's", "Gas Smart Metering Equipment (GSME)", "release 5.8.1", "EE roaming", "Vodafone"),
        ("(TMAD) needs three changes and the S1SR one",),
    ),
}  # fmt: skip
"""Under each heading, what the published paper tells there: each fact as the words that tell it."""

WATCHED = {
    "Proposals of which the Security Sub-Committee asked for further updates": ["DP107", "DP108", "DP109", "DP110"],
    "Proposals of which the SMKI PMA asked for further updates": ["DP107", "DP108", "DP110"],
    "Proposals of which the TABASC asked for further updates":
        ["DP098", "MP099", "DP100", "MP102", "MP105", "DP106", "DP107"],
}  # fmt: skip
TITLES = {
    "MP099": "Incorporation of multiple Issue Resolution Proposals into the SEC - Batch 4",
    "DP100": "Service Response Traffic Management",
    "MP102": "Power Outage Alerts triggered by an OTA firmware upgrade",
    "MP105": "Sending SR11.2 to Devices in Suspended State",
    "DP106": "CHISM update for Unknown WAN Variant",
    "DP107": "SMETS1 Validation of SRV 6.15.1",
    "DP108": "SSI Job Type Role for SRO/ARO",
    "DP109": "ADT and Exit Quarantine file delivery mechanism",
    "DP110": "Aligning SEC Appendix D with DCC Processes",
}
TICKED = (
    "SECP_77_1402_04", "LSC6", "EPCL", "80%", "CSP C&S", "CSP N", "August 2019", "11%", "300", "CPM", "11", "12 months",
    "PM", "PMM", "PMEL", "17 February", "April", "one initial", "two second", "five", "27 February 2020", "SAD", "SIM",
    "v1.04", "24 January 2020", "5.1", "7.3", "001", "003", "SMI", "8 April 2020", "September 2019", "DP107", "DP108",
    "DP109", "DP110", "6.15.1", "13, 43, 45 and 46", "Appendix L, Section 4", "2G", "4G", "RFP", "SIT", "UIT", "HAN",
    "MDR", "MP099", "Batch 4", "DP100", "MP102", "MP105", "SR11.2", "DP106", "DP098", "20 IRPs", "three times", "SRVT",
    "MDS", "MOC", "FOC", "IOC", "June 2020", "CSS", "DSP", "TMAD", "S1SR", "5.8.1", "SMSO", "MCC", "GSME", "1.1",
)  # fmt: skip
"""Every figure, day, reference and short name of the published paper, in its order, but for those of its own parts."""
FOUND = "Invented: sample finding on how changes are recorded."


@pytest.fixture
def paper() -> Paper:
    return Paper.objects.get(key="sub-committee-2020-02")


@pytest.fixture
def document(paper: Paper) -> doc.Document:
    """The paper as it was issued to the public."""
    return frozen_document(paper.issue)


def told(document: doc.Document) -> dict[str, list[str]]:
    """What is said under each heading itself: one entry a section of that title."""
    found: dict[str, list[str]] = {}
    for section in _sections(document.sections):
        words = " ".join(word for block in section.blocks for word in _words(block))
        found.setdefault(section.title, []).append(words)
    return found


def _sections(blocks: Any) -> Iterator[doc.Section]:
    for block in blocks:
        if isinstance(block, doc.Section):
            yield block
            yield from _sections(block.blocks)


def _words(block: doc.Block) -> Iterator[str]:
    if isinstance(block, doc.Paragraph):
        yield "".join(run.text for run in block.runs)
    elif isinstance(block, doc.Bullets):
        yield from ("".join(run.text for run in item.runs) for item in block.items)


def test_front_matter(document: doc.Document) -> None:
    front = document.front
    assert (front.reference, front.action, front.classification) == ("SECP_77_1402_19", "For Information", "White")
    assert front.day.isoformat() == "2020-02-07"
    assert [(row.label, row.classification) for row in front.attachments] == [("Appendix A", "Red")]
    assert "NOTE" in told(document)["Recommendation"][0]


def test_every_fact_of_the_published_paper_is_told_under_its_heading(document: doc.Document) -> None:
    under = told(document)
    missing = [
        (heading, words)
        for heading, facts in FACTS.items()
        for words in facts
        if not any(all(word in said for word in words) for said in under.get(heading, []))
    ]
    assert missing == []


def test_every_figure_day_and_reference_of_the_published_paper_is_printed(document: doc.Document) -> None:
    under = told(document)
    printed = " ".join([*under, *(word for said in under.values() for word in said), *_in_tables(document)])
    assert [one for one in TICKED if not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", printed)] == []


def _in_tables(document: doc.Document) -> list[str]:
    return [word for table in tables(document).values() for row in rows(table) for word in row]


def test_nothing_minuted_stands_under_a_heading_that_this_test_does_not_know(document: doc.Document) -> None:
    items = {one.title for one in _sections(document.sections) if "-item-" in one.key}
    assert items - set(FACTS) == {"What proposals mean for security", "What proposals mean for the SMKI"}


def test_both_security_bodies_were_shown_the_effectiveness_review(document: doc.Document) -> None:
    assert len(told(document)["TABASC Effectiveness Review"]) == 2


def test_each_body_s_table_has_the_proposals_that_it_watches(document: doc.Document) -> None:
    found = tables(document)
    for caption, references in WATCHED.items():
        assert [row[0] for row in rows(found[caption])] == references
        assert all(row[1] == TITLES[row[0]] for row in rows(found[caption]) if row[0] in TITLES)


def test_why_each_body_watches_a_proposal_is_told_with_it(document: doc.Document) -> None:
    told = zip(WATCHED, ("security", "the SMKI", "the technical or the business architecture"), strict=True)
    for caption, bears_on in told:
        asked = {row[2] for row in rows(tables(document)[caption]) if row[0] != "DP098"}
        assert asked == {f"Further updates: it may bear on {bears_on}."}


def test_of_dp098_a_further_discussion_was_asked_for(document: doc.Document) -> None:
    (first, *_) = rows(tables(document)["Proposals of which the TABASC asked for further updates"])
    assert first == ["DP098", "Non-System Impacting IRPs", "A further discussion."]


def test_what_was_found_is_in_the_red_appendix_for_those_named_and_nowhere_else(paper: Paper) -> None:
    file = paper.attachments.get().file
    assert file is not None
    readers = {person for person in ("panel.member", "ssc.member", "security.analyst", "operations.lead", "authority")
               if StoredFile.objects.visible_to(Person.objects.get(email=f"{person}@example.org"), CLOCK)
               .filter(pk=file.pk).exists()}  # fmt: skip
    assert readers == {"panel.member", "ssc.member", "security.analyst"}
    for issued in (paper.issue, paper.issue.editions.get()):
        assert FOUND.encode() not in issued.content.read()


def test_the_amber_edition_says_more_than_the_white_one_and_marks_it(paper: Paper, document: doc.Document) -> None:
    amber = frozen_document(paper.issue.editions.get(classification=Class.AMBER))
    assert "Test documents approved since the last paper" not in tables(document)
    assert len(rows(tables(amber)["Test documents approved since the last paper"])) == 5
    (said,) = told(amber)["Differences between Parties (Amber)"]
    assert "[Amber] Invented:" in said
    assert "Amber" not in told(document)["Differences between Parties"][0]


def test_nothing_of_the_issued_paper_would_be_different_today(paper: Paper) -> None:
    assert differences(issued_figures(paper.issue)) == []
