"""References, names and abbreviations. The papers are invented."""

from __future__ import annotations

import pytest

from secretariat.proof.paper import Footnote, Form, Paper, Reading
from tests.proof.build import found, heading, item, paper, paragraph, table

CLEAN = (
    "The Panel approved R0012, R0031 and R0107 on 4 May 2021.",
    "The working group on DCP 405, DCP 412 and DCP 399 met twice; P379, P400 and P99 were not discussed.",
    "Elexon’s P412 follows ISO 9001, ISO 27001 and ISO 14001, in force since FY19 and FY20.",
    "CMP378, CMP379 and CMP1000 went to the Authority, with GC0141 and GC0139.",
    "SMETS1 and SMETS2 Devices on Terminal 5 and Runway 09L have 2G and 4G cover; see H1.4 and EC3M 4AJ.",
    "Minutes of BSC 301, BSC 302 and BSC 303 are on the website, and UNC 0812S with them.",
)


@pytest.mark.parametrize(
    ("text", "words", "better"),
    [
        ("The SEC Panel approved SECMPOO39 and SECMP0041.", "SECMPOO39", "SECMP0039"),
        ("The SEC Panel approved SECMP0O39.", "SECMP0O39", "SECMP0039"),
        ("The SEC Change Board voted on MP0062; SEC Parties may refer it.", "MP0062", "MP062"),
        ("SECAS raised DP98.", "DP98", "DP098"),
        ("SECAS raised DP 107 in May.", "DP 107", "DP107"),
        ("The Panel approved R0012, R0031, R0107 and R045.", "R045", "R0045"),
        ("Raised: GC0141, GC0139, GC0150 and GC01I2.", "GC01I2", "GC0112"),
        ("Raised: GC0141, GC0139, GC0150 and GCO142.", "GCO142", "GC0142"),
        ("Raised: CP0050, CP0144 and CP00213.", "CP00213", "CP0213"),
        ("Reference SPR-2O23-04", "SPR-2O23-04", "SPR-2023-04"),
        ("Actions A67/01 and A67/O2 are open.", "A67/O2", "A67/02"),
        ("Actions A67/01, A67/02 and A67/003 are open.", "A67/003", "A67/03"),
        ("Document MAR-22-O98", "MAR-22-O98", "MAR-22-098"),
        ("Paper BRD_50_2901 _03", "BRD_50_2901 _03", "BRD_50_2901_03"),
        ("Raised: DCP 405, DCP 412, DCP 399 and DCP4O7.", "DCP4O7", "DCP 407"),
        ("See SECP_77_1402_04 and SECP_77_1402 _05.", "SECP_77_1402 _05", "SECP_77_1402_05"),
        ("See SECP_77_1402_04 and SECP_77_14O2_05.", "SECP_77_14O2_05", "SECP_77_1402_05"),
        ("See SECP_77_1402_04 and SECP_77_142_05.", "SECP_77_142_05", ""),
    ],
)
def test_a_malformed_reference_is_found_and_mended(text: str, words: str, better: str) -> None:
    (finding,) = found("malformed-reference", paper(text))
    assert (finding.text, finding.suggestion, finding.severity) == (words, better, "error")


@pytest.mark.parametrize(
    "text",
    [
        *CLEAN,
        "The SEC Panel approved SECMP0046, MP079, MP102A and DP098.",
        "The SEC Panel’s paper SECP_78_1303_30 follows SSC_94_1202 and OPSG_29xx_2402.",
        "MP 1234 and MP 7 are numbers of another code’s proposals.",
        "SECP 58 1307 22 and SSC 56 1406 are printed without low lines.",
        "BIO100 and RIIO2 and the CIO 12 years on",
        "SEC 2019 and SEC 2020 Releases went live; MP079 was one.",
        "Room 10 and H2O and CO-2 and the O2 shop, F/O and N/A",
        "The file panel_300_2021_final is attached.",
    ],
)
def test_well_formed_references_are_left_alone(text: str) -> None:
    assert not found("malformed-reference", paper(text))


def test_a_footnotes_mark_glued_to_a_reference_is_a_query() -> None:
    reading = Reading(Form.TEXT, (paragraph("Raised: SECMP004112 and SECMP0043."),), (Footnote("12", "A title."),))
    (finding,) = found("malformed-reference", Paper("p", reading))
    assert (finding.severity, finding.suggestion) == ("query", "SECMP0041")


def test_one_table_with_two_styles_of_meeting_references_is_a_query() -> None:
    told = paper(table(("SSC", "SSC Meeting 94_1202"), ("OPSG", "OPSG_29_0402"), ("TAG", "TAG_61_1202")))
    (finding,) = found("reference-style", told)
    assert (finding.text, finding.severity) == ("SSC Meeting 94_1202", "query")


def test_one_list_with_two_styles_is_a_query() -> None:
    assert found("reference-style", paper(item("SSC_94_1202"), item("SSC 95 2602"), item("TAG_61_1202")))


@pytest.mark.parametrize(
    ("text", "words", "better"),
    [
        ("Raised: CMP378, CMP379, CMP381 and CMP 382.", "CMP 382", "CMP382"),
        ("Raised: DCP 405, DCP 412 and DCP-399.", "DCP-399", "DCP 399"),
        ("Raised: DCP 405, DCP 412 and DCP399.", "DCP399", "DCP 399"),
    ],
)
def test_one_reference_joined_otherwise_than_the_others_is_a_query(text: str, words: str, better: str) -> None:
    (finding,) = found("reference-style", paper(text))
    assert (finding.text, finding.suggestion, finding.severity) == (words, better, "query")


@pytest.mark.parametrize(
    "told",
    [
        paper("Raised: P379 and P 380."),
        paper("Raised: P379, P380, P 381 and P 382."),
        paper(table(("SSC", "SSC_94_1202"), ("OPSG", "OPSG_29x_0702"), ("PMA", "SECPMA_66_2502"))),
        paper(table(("SSC", "SSC 94 1202"), ("OPSG", "OPSG 29 0702"))),
        paper(
            table(
                ("SSC", "SSC_94_1202"),
            ),
            paragraph("And then:"),
            table(
                ("OPSG", "OPSG 29 0702"),
            ),
        ),
        paper("The SSC (SSC_94_1202) and the group (OPSG 29 0702) met."),
        paper(table(("26 January", "Change Board Meeting 62"), ("8 February", "Operations Group Meeting 65"))),
    ],
)
def test_one_style_in_each_table_is_left_alone(told: Paper) -> None:
    assert not found("reference-style", told)


MEETINGS = (("SSC", "12/02/2020", "SSC_94_1202"), ("TAG", "26/02/2020", "TAG_61_2602"))
HEAD = ("Meeting", "Date", "Headlines")


def test_a_reference_of_another_day_than_its_row_is_an_error() -> None:
    (finding,) = found("reference-date", paper(table(*MEETINGS, ("OPSG", "04/02/2020", "OPSG_29_0502"), head=HEAD)))
    assert (finding.severity, finding.text) == ("error", "OPSG: OPSG_29_0502")


@pytest.mark.parametrize(
    "text",
    [
        "The SSC met on 13 February 2020 (SSC_94_1202) and agreed.",
        "At SSC_94_1202, held on 13 February 2020, it agreed.",
        "SECP_78_1303_30 of 12 March 2020 has the figures.",
    ],
)
def test_a_reference_of_another_day_than_the_date_beside_it_is_an_error(text: str) -> None:
    assert [finding.severity for finding in found("reference-date", paper(text))] == ["error"]


def test_the_same_meeting_with_two_days_is_an_error() -> None:
    (finding,) = found("reference-date", paper("See SSC_94_1202.", "The headlines are in SSC_94_1302."))
    assert finding.text == "SSC_94_1302"


def test_the_papers_own_reference_is_of_the_day_of_its_meeting() -> None:
    told = paper("Paper SECP_78_1303_30", reference="SECP_78_1303_30", front={"meeting date": "12 March 2020"})
    assert [finding.severity for finding in found("reference-date", told)] == ["error"]


@pytest.mark.parametrize(
    "told",
    [
        paper(table(*MEETINGS, ("OPSG", "04/02/2020 07/02/2020", "OPSG_29_0402 OPSG_29x_0702"), head=HEAD)),
        paper(table(*(
            (ref, f"Paper {ref}", "6 March 2020") for ref in ("SECP_78_1303_30", "SECP_78_1303_31")
        ), head=("Paper", "Title", "Deadline"))),
        paper("The SSC met on 12 February 2020 (SSC_94_1202) and agreed."),
        paper("Paper SECP_78_1303_30 will be read after it is issued to members by 6 March 2020."),
        paper("The actions of SSC_94_1202 were closed. The SSC next meets on 26 February 2020."),
        paper(reference="SECP_78_1303_30", front={"meeting date": "13 March 2020"}),
        paper("See SSC_94_1202, SSC_95_2602 and OPSG_29_0402, OPSG_29x_0702."),
    ],
)  # fmt: skip
def test_references_of_the_day_beside_them_or_far_from_it_are_left_alone(told: Paper) -> None:
    assert not found("reference-date", told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Modifications Question Hour", "Modifications Questions Hour"),
        ("Modifications Question Hour", "Modification’s Question Hour"),
        ("Modifications Question Hour", "Modifcations Question Hour"),
        ("Operational Performance Regime", "Operation Performance Regime"),
        ("Credit Assessment Panel", "Credit Assesment Panel"),
        ("Retail Energy Code Company", "Retail Enegry Code Company"),
        ("Passenger Liaison Group", "Passengers Liaison Group"),
        ("CSPN", "CSP N"),
    ],
)
def test_two_names_one_small_thing_apart_are_a_query(one: str, other: str) -> None:
    told = paper(f"We spoke to the {one} in May.", f"We wrote to the {one} too.", f"Nothing is due to the {other}.")
    (finding,) = found("two-names", told)
    assert (finding.text, finding.suggestion, finding.severity) == (other, one, "query")


def test_a_title_with_and_without_a_colon_is_a_query() -> None:
    told = paper(heading("Smart Energy: Credit Cover Webinar"), table(("31 May", "Smart Energy Credit Cover Webinar")))
    assert len(found("two-names", told)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SEC Party", "SEC Parties"),
        ("Working Group", "Working Groups"),
        ("Event of Default", "Events of Default"),
        ("Ofgem Decision Letter", "Ofgem’s Decision Letter"),
        ("Import Supplier", "Export Supplier"),
        ("Release Phase One", "Release Phase Two"),
        ("Service Provider", "Service Provided"),
        ("Northern Gas Networks", "Southern Gas Networks"),
        ("Sub-Committee Chair", "Subcommittee chair"),
        ("Panel Meeting 45", "Panel Meeting 46"),
        ("Large Suppliers", "Small Suppliers"),
        ("Technical Group", "Security Group"),
    ],
)
def test_names_that_are_two_or_one_in_the_plural_are_left_alone(one: str, other: str) -> None:
    told = paper(f"We spoke to the {one} in May.", f"We wrote to the {one} too.", f"Nothing is due to the {other}.")
    assert not found("two-names", told)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The Operational Performance Regime (OPR) began. The Operation Performance Regime (OPR) ends.", "error"),
        ("The Certified Products List (CPL) is new. The Central Products List (CPL) is old.", "error"),
        ("The Great Britain Companion Specification (GBCYS) applies, and so do GBCS 1 and GBCS 2.", "error"),
        ("They keep Smart Meter Information Organisation Certificates (SMKI) in a store.", "query"),
        ("The Retail Market Panel (RMP) met. RMP (Retail Monitoring Panel) members left.", "error"),
    ],
)
def test_an_abbreviation_given_for_two_things_or_for_the_wrong_words_is_found(text: str, severity: str) -> None:
    assert [finding.severity for finding in found("abbreviation-differs", paper(text))] == [severity]


@pytest.mark.parametrize(
    "text",
    [
        "The Technical Architecture and Business Architecture Sub-Committee (TABASC) met.",
        "Full User Security Assessments (FUSAs) and a Full User Security Assessment (FUSA) were done.",
        "The Code Administrator Code of Practice (CACoP) and the Operations Group (OPSG) apply.",
        "The Smart Metering Key Infrastructure Policy Management Authority (SMKI PMA) met.",
        "The Department for Energy and Climate Change (DECC), Department for Energy & Climate Change (DECC).",
        "Eligibility Testing (AMBER) and the Panel’s view (NOTE) follow.",
        "The International Organisation for Standardization (ISO) and Coordinated Universal Time (UTC) are known.",
        "Agreed by all members present (BEIS abstained) and by Ofgem (GEMA).",
        "The Distribution Connection and Use of System Agreement (DCUSA) and MDR (Meter Data Retrieval) are used.",
        "Extensible Markup Language (XML) and Photovoltaic (PV) plants; the Civil Aviation Authority (CAA).",
        "The Balancing and Settlement Code (BSC). The BSC Panel met. Balancing & Settlement Code (BSC) again.",
    ],
)
def test_abbreviations_that_fit_or_explain_nothing_are_left_alone(text: str) -> None:
    assert not found("abbreviation-differs", paper(text))


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("DP107 ‘Validation of SRV 6.15’", "DP107 ‘Validation of SRV 6.15.1’", "error"),
        ("MP079 ‘Provisions for withdrawing changes’", "MP079 ‘Provision for withdrawn changes’", "error"),
        ("P379 ‘Many Suppliers on one Meter’", "P379 ‘several suppliers on one meter’", "error"),
        ("DCP 405 “Charging for losses”", "DCP405 “Charging for theft”", "error"),
    ],
)
def test_one_reference_with_two_titles_is_found(one: str, other: str, severity: str) -> None:
    (finding,) = found("title-differs", paper(f"The Panel read {one}.", f"It approved {other} in May."))
    assert finding.severity == severity
    assert "before" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DP107 ‘Validation of readings’", "DP107 ‘Validation of Readings.’"),
        ("DP107 ‘Validation of readings’", 'DP107 "Validation of readings"'),
        ("DP107 ‘Costs – a review’", "DP107 ‘Costs - a review’"),
        ("DP107 ‘Costs and fees’", "DP107: ‘Costs & fees’"),
        ("DP107 ‘Costs and fees’", "DP108 ‘Costs and losses’"),
        ("DP107 ‘Review of Users’ fees’", "DP107 ‘Review of Users’ fees’"),
        ("DP107 ‘Costs and fees’", "DP107, which ‘went live’"),
        ("DP107 ‘Costs and fees’", "DP107’s costs"),
    ],
)
def test_one_title_printed_in_two_ways_is_left_alone(one: str, other: str) -> None:
    assert not found("title-differs", paper(f"The Panel read {one}.", f"It approved {other} in May."))


@pytest.mark.parametrize(
    "rule",
    ["malformed-reference", "reference-style", "reference-date", "two-names", "abbreviation-differs", "title-differs"],
)
def test_a_clean_paper_of_another_administrator_is_left_alone(rule: str) -> None:
    assert not found(rule, paper(*CLEAN, *(item(text) for text in CLEAN), table(*((text, 1) for text in CLEAN))))
