from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plain.references import (
    MeetingReference,
    PaperReference,
    ProposalReference,
    UnreadableReferenceError,
    find_references,
    parse_meeting,
    parse_paper,
    parse_proposal,
)

PUBLISHED_MEETINGS = [
    ("SECP_57_1506", date(2018, 6, 15)),
    ("TABASC_31_2106", date(2018, 6, 21)),
    ("SSC_56_1406", date(2018, 6, 14)),
    ("SSC_57_2706", date(2018, 6, 27)),
    ("SECPMA_47_1906", date(2018, 6, 19)),
    ("OPSG_09_2606", date(2018, 6, 26)),
    ("SECP_77_1402", date(2020, 2, 14)),
    ("TABASC_50_0602", date(2020, 2, 6)),
    ("SECCB_38x_0702", date(2020, 2, 7)),
    ("SECCB_39_2602", date(2020, 2, 26)),
    ("CSC_12_2502", date(2020, 2, 25)),
    ("SSC_94_1202", date(2020, 2, 12)),
    ("SSC_95_2602", date(2020, 2, 26)),
    ("SECPMA_66_2502", date(2020, 2, 25)),
    ("OPSG_29_0402", date(2020, 2, 4)),
    ("OPSG_29x_0702", date(2020, 2, 7)),
    ("OPSG_29xx_2402", date(2020, 2, 24)),
]
PUBLISHED_PROPOSALS = """
SECMP0022 SECMP0035 SECMP0036 SECMP0037 SECMP0038 SECMP0025 SECMP0027 SECMP0034 SECMP0039 SECMP0041 SECMP0043
SECMP0044 SECMP0046 SECMP0047 SECMP0049 SECMP0050 SECMP0051 SECMP0052 MP079 MP084 MP088 MP093 DP098 MP099 DP100 MP102
MP105 DP106 DP107 DP108 DP109 DP110 SECMP0015 SECMP0024 MP104 MP078 MP085A MP140 MP192 DP197 DP198 DP199 MP102A MP102B
DP1000
""".split()  # noqa: SIM905

BODIES = st.from_regex("[A-Z]{2,12}", fullmatch=True).filter(lambda code: code != "SMKIPMA")
MEETINGS = st.builds(
    MeetingReference.for_meeting,
    BODIES,
    st.integers(1, 999),
    st.integers(0, 4),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)),
)
PAPERS = st.builds(PaperReference, MEETINGS, st.integers(0, 99))
PROPOSALS = st.builds(
    ProposalReference,
    st.integers(1, 9999),
    st.sampled_from(["SECMP", "DP", "MP"]),
    st.sampled_from(["", "A", "B", "Z"]),
)


@pytest.mark.parametrize(("text", "held"), PUBLISHED_MEETINGS)
def test_a_published_meeting_reference_reads_and_prints_the_same(text: str, held: date) -> None:
    meeting = parse_meeting(text)
    assert str(meeting) == text
    assert meeting.on(held.year) == held
    assert MeetingReference.for_meeting(meeting.body, meeting.number, meeting.extraordinary, held) == meeting


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("SSC Meeting 94_1202", "SSC_94_1202"),
        ("SSC Meeting 95_2602", "SSC_95_2602"),
        ("SMKI PMA 47 1906", "SECPMA_47_1906"),
        ("SMKI_PMA_47_1906", "SECPMA_47_1906"),
        ("TABASC 31 2106", "TABASC_31_2106"),
        ("OPSG 09 2606", "OPSG_09_2606"),
        ("OPSG_9_2606", "OPSG_09_2606"),
        ("SSC-94-1202", "SSC_94_1202"),
        ("SSC–94–1202", "SSC_94_1202"),
        (" opsg_29XX_2402 ", "OPSG_29xx_2402"),
        ("SECP_100_1401", "SECP_100_1401"),
    ],
)
def test_a_written_variant_prints_in_the_one_form(text: str, printed: str) -> None:
    assert str(parse_meeting(text)) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("SECP_78_1303_30", "SECP_78_1303_30"),
        ("SECP_77_1402_19", "SECP_77_1402_19"),
        ("SECP_77_1402 _04", "SECP_77_1402_04"),
        ("SECP_77_1402_ 04", "SECP_77_1402_04"),
        ("SECP 58 1307 22", "SECP_58_1307_22"),
        ("SECP_58_1307 22", "SECP_58_1307_22"),
        ("SECP-58-1307-22", "SECP_58_1307_22"),
        ("SECP_58_1307 – 22", "SECP_58_1307_22"),
        ("OPSG_29xx_2402_01", "OPSG_29xx_2402_01"),
    ],
)
def test_a_paper_reference_prints_in_the_one_form(text: str, printed: str) -> None:
    assert str(parse_paper(text)) == printed


def test_x_counts_the_extraordinary_meetings_after_a_number() -> None:
    references = [parse_meeting(text) for text in ("OPSG_29xx_2402", "OPSG_30_0303", "OPSG_29_0402", "OPSG_29x_0702")]
    assert [reference.extraordinary for reference in references] == [2, 0, 0, 1]
    assert [str(reference) for reference in sorted(references)] == [
        "OPSG_29_0402",
        "OPSG_29x_0702",
        "OPSG_29xx_2402",
        "OPSG_30_0303",
    ]


@pytest.mark.parametrize(
    "text", ["SSC_94_3102", "SSC_94_0013", "SSC_94_1200", "SSC_94_3104", "SSC_000_1202", "S_94_1202"]
)
def test_an_impossible_meeting_is_refused(text: str) -> None:
    with pytest.raises(UnreadableReferenceError):
        parse_meeting(text)


@pytest.mark.parametrize("text", ["", "SSC", "SSC_1202", "SSC_94_122", "SSC_94_1202_01", "SSC_94y_1202", "SSC941202"])
def test_what_is_no_meeting_reference_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnreadableReferenceError, match="Type it as SSC_94_1202"):
        parse_meeting(text)


@pytest.mark.parametrize("text", ["SECP_78_1303", "SECP_78_1303_3", "SECP_78_1303_300", "SECP_78_130330"])
def test_what_is_no_paper_reference_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnreadableReferenceError, match="Type it as SECP_78_1303_30"):
        parse_paper(text)


def test_29_february_needs_a_leap_year() -> None:
    meeting = parse_meeting("SSC_94_2902")
    assert meeting.on(2020) == date(2020, 2, 29)
    with pytest.raises(UnreadableReferenceError, match="SSC_94_2902 cannot be in 2021"):
        meeting.on(2021)


@pytest.mark.parametrize(
    "make",
    [
        lambda: MeetingReference("ssc", 1, 0, 1, 1),
        lambda: MeetingReference("SSC", 0, 0, 1, 1),
        lambda: MeetingReference("SSC", 1, -1, 1, 1),
        lambda: parse_meeting("SSC_94_1202").paper(100),
        lambda: ProposalReference(0, "MP"),
        lambda: ProposalReference(1, "CR"),  # type: ignore[arg-type]
        lambda: ProposalReference(1, "MP", "AB"),
    ],
)
def test_a_reference_that_could_not_be_read_back_cannot_be_made(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnreadableReferenceError):
        make()


@pytest.mark.parametrize("text", PUBLISHED_PROPOSALS)
def test_a_published_proposal_reference_reads_and_prints_the_same(text: str) -> None:
    assert str(parse_proposal(text)) == text


def test_a_proposal_of_the_new_era_prints_three_digits_unless_it_needs_four() -> None:
    assert str(parse_proposal("MP0062")) == "MP062"
    assert parse_proposal("mp085a") == ProposalReference(85, "MP", "A")


@pytest.mark.parametrize(
    "text", ["MP79", "SECMP046", "SECMP00460", "DP12345", "MP102AB", "CR102", "MP000", "SECMP0000"]
)
def test_what_is_no_proposal_reference_is_refused(text: str) -> None:
    with pytest.raises(UnreadableReferenceError):
        parse_proposal(text)


def test_proposals_sort_by_number_and_not_by_text() -> None:
    texts = ["DP1000", "MP199", "SECMP0062", "MP102B", "MP102A", "MP102", "MP071"]
    assert [str(reference) for reference in sorted(map(parse_proposal, texts))] == [
        "SECMP0062",
        "MP071",
        "MP102",
        "MP102A",
        "MP102B",
        "MP199",
        "DP1000",
    ]


def test_references_are_found_in_prose_where_they_stand() -> None:
    text = (
        "MP079 (was DP079), with MP102A/MP102B and SECMP0046's follow-up, went to SECP_77_1402 _04; see SSC Meeting "
        "94_1202, SMKI PMA 47 1906, SECP 58 1307 22 and OPSG_29xx_2402."
    )
    found = find_references(text)
    assert [text[start:end] for start, end, _ in found] == [
        "MP079",
        "DP079",
        "MP102A",
        "MP102B",
        "SECMP0046",
        "SECP_77_1402 _04",
        "SSC Meeting 94_1202",
        "SMKI PMA 47 1906",
        "SECP 58 1307 22",
        "OPSG_29xx_2402",
    ]
    assert [str(reference) for *_, reference in found][5:] == [
        "SECP_77_1402_04",
        "SSC_94_1202",
        "SECPMA_47_1906",
        "SECP_58_1307_22",
        "OPSG_29xx_2402",
    ]


def test_a_number_after_a_meeting_reference_is_not_taken_for_a_paper() -> None:
    text = "At SSC_94_1202 12 people met."
    assert [text[start:end] for start, end, _ in find_references(text)] == ["SSC_94_1202"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SSC_94_3102",
        "On 12 2402 the DCC 12 2402 report",
        "MP79",
        "CAMP079",
        "MP0790123",
        "MP000",
        "SECP_78_1303_300",
        "xSSC_94_1202",
        "SSC_94_12021",
    ],
)
def test_what_is_no_reference_is_not_found_in_prose(text: str) -> None:
    assert find_references(text) == []


@given(MEETINGS)
def test_every_meeting_reference_reads_back_as_printed(meeting: MeetingReference) -> None:
    assert parse_meeting(str(meeting)) == meeting
    assert parse_meeting(str(meeting).replace("_", " ")) == meeting
    assert find_references(f"see {meeting}.") == [(4, 4 + len(str(meeting)), meeting)]


@given(PAPERS)
def test_every_paper_reference_reads_back_as_printed(paper: PaperReference) -> None:
    assert parse_paper(str(paper)) == paper
    assert find_references(f"see {paper}.") == [(4, 4 + len(str(paper)), paper)]


@given(PROPOSALS)
def test_every_proposal_reference_reads_back_as_printed(proposal: ProposalReference) -> None:
    assert parse_proposal(str(proposal)) == proposal
    assert find_references(f"({proposal})") == [(1, 1 + len(str(proposal)), proposal)]
