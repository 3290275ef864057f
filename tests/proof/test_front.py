from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plain.months import Month
from secretariat.proof import Source, read
from secretariat.proof.front import understood
from secretariat.proof.paper import Form, Heading, Item, Paper, Paragraph, Period, Reading
from secretariat.proof.reported import period_in
from tests.proof.asking import paper


def of(text: str, *, read_on: date | None = None) -> Paper:
    return read(Source("paper.md", text.encode()), read_on=read_on)


def test_a_report_tells_what_it_is() -> None:
    told = paper(
        "Action: For Information\n\nThis document is classified as White in accordance with the policy.\n\n"
        "Attachments:\n\n- Appendix A: Testing Notifications – Entry (AMBER)\n- Annex 2 – Costs\n"
    )
    assert (told.title, told.kind) == ("Operations Report – February 2020", "operations report")
    assert told.reference == "ABCP_78_1303_30"
    assert told.classification == "White"
    assert (told.dated, told.read_on) == (date(2020, 3, 6), date(2020, 3, 13))
    assert told.period == Period(Month(2020, 2), Month(2020, 2), "February 2020")
    assert told.front["action"] == "For Information"
    assert [(a.label, a.title, a.classification) for a in told.attachments] == [
        ("Appendix A", "Testing Notifications – Entry", "AMBER"),
        ("Annex 2", "Costs", ""),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("SEC June 2017 Newsletter - Updated", "newsletter"),
        ("Minutes of the Panel", "minutes"),
        ("Agenda for the March meeting", "agenda"),
        ("Panel Sub-Committee Report", "sub-committee report"),
        ("MP123 Modification Report", "modification report"),
        ("Consultation on charging", "consultation"),
        ("Quarterly Report: Q3 2024/25", "quarterly report"),
        ("Progress Report", "progress report"),
        ("Runway capacity", "paper"),
    ],
)
def test_the_kind_is_in_the_papers_own_words(title: str, kind: str) -> None:
    assert of(f"# {title}\n\nSome words.").kind == kind


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Operations Report – February 2020", Month(2020, 2), Month(2020, 2)),
        ("Report for October to December 2023", Month(2023, 10), Month(2023, 12)),
        ("Report, November 2023 – January 2024", Month(2023, 11), Month(2024, 1)),
        ("Report for December to February 2024", Month(2023, 12), Month(2024, 2)),
        ("Report: Quarter 3 2024/25", Month(2024, 10), Month(2024, 12)),
        ("Report Q1 2024", Month(2024, 1), Month(2024, 3)),
        ("Second quarter of 2023/24", Month(2023, 7), Month(2023, 9)),
        ("Report for the year to 31 March 2021", Month(2020, 4), Month(2021, 3)),
        ("Report for the six months ended 30 September 2021", Month(2021, 4), Month(2021, 9)),
        ("Annual Report 2020/21", Month(2020, 4), Month(2021, 3)),
    ],
)
def test_a_title_tells_the_period(text: str, first: Month, last: Month) -> None:
    told = period_in(text)
    assert told is not None
    assert (told.first, told.last) == (first, last)
    assert told.said in text


@pytest.mark.parametrize(
    "text",
    [
        "Update on the June 2020 Release",
        "Report of the March 2020 meeting",
        "Budget 2022-2025",
        "",
        "Panel of 6 March 2020",
    ],
)
def test_another_title_tells_none(text: str) -> None:
    assert period_in(text) is None


def test_the_purpose_tells_the_period_where_the_title_does_not() -> None:
    told = of("# Operations Report\n\nThis report covers the work undertaken by the team in June 2018 and its costs.")
    assert told.period == Period(Month(2018, 6), Month(2018, 6), "June 2018")


def test_the_last_column_tells_the_period_where_no_words_do() -> None:
    told = of("# Operations Report\n\n| | Dec 19 | Jan 20 | Feb 20 |\n|---|---|---|---|\n| Calls | 1 | 2 | 3 |\n")
    assert told.period == Period(Month(2020, 2), Month(2020, 2), "Feb 20")


def test_the_month_that_the_prose_mostly_names_is_the_period() -> None:
    told = of("# Committee Report\n\n" + "It reviewed two cases in January 2020.\n\n" * 4 + "One was of May 2019.")
    assert told.period is not None
    assert told.period.first == Month(2020, 1)


def test_a_paper_that_reports_on_no_month_has_no_period() -> None:
    assert of("# Modification Report\n\nIt was raised in January 2020 and will be made in June 2021.").period is None


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Date: 4 May 2021\n\nWords.", date(2021, 5, 4)),
        ("Sent on : June 29, 2017\n\nWords.", date(2017, 6, 29)),
        ("Words.\n\nPat Example  \nSecretariat Team  \n7 February 2020", date(2020, 2, 7)),
        ('Words.\n\nPat Example\n\n6" July 2018', date(2018, 7, 6)),
        ("| Reference | X12 |\n|---|---|\n| Date | 3 June 2022 |\n", date(2022, 6, 3)),
        ("We met on 4 May 2021.\n\n**Closing Date:**\n\n4 February 2022", None),
        ("## Engagement Day – 13 July 2017\n\nThe day is on 13 July 2017.", None),
        ("28 January 2022, 2 - 3pm\n\nWords.", None),
        ("Reference: X\n\nMeeting date: 4 May 2021\n\nMinutes of the Panel, which met.", date(2021, 5, 4)),
    ],
)
def test_a_paper_is_dated_by_its_front_or_its_signature(text: str, dated: date | None) -> None:
    assert of(f"# A paper\n\n{text}\n").dated == dated


def test_a_paper_is_read_on_the_first_such_day_after_its_own() -> None:
    assert of("# A\n\nPaper Reference: ABCP_99_1001_02\n\nDate: 20 December 2021").read_on == date(2022, 1, 10)


def test_a_meeting_date_in_the_front_is_the_day_it_is_read() -> None:
    told = of("# A\n\nReference: X\n\nMeeting date: 14 May 2021\n\nDate: 7 May 2021\n\nWords.")
    assert (told.dated, told.read_on) == (date(2021, 5, 7), date(2021, 5, 14))


def test_a_paper_written_after_its_meeting_is_read_on_its_own_day() -> None:
    assert of("# Minutes\n\nReference: ABCP_99_1001_02\n\nDate: 20 January 2022").read_on == date(2022, 1, 20)


def test_the_day_told_by_the_caller_stands() -> None:
    day = date(2020, 4, 1)
    assert of("# A\n\nDate: 4 May 2021", read_on=day).read_on == day


@pytest.mark.parametrize(
    ("text", "classification"),
    [
        ("Classification: GREEN", "GREEN"),
        ("This document has a Classification of White", "White"),
        ("OFFICIAL", "OFFICIAL"),
        ("Classification: Official-Sensitive", "Official-Sensitive"),
        ("The red and green lines differ.", ""),
    ],
)
def test_the_class_is_as_printed(text: str, classification: str) -> None:
    assert of(f"# A paper\n\n{text}\n\nWords.").classification == classification


def test_a_section_on_appendices_is_not_a_list_of_attachments() -> None:
    assert of("# A\n\n## Appendices of the Code\n\nAppendix A: Rules is long.\n").attachments == ()


@given(st.lists(st.tuples(st.sampled_from([Heading, Paragraph, Item]), st.text(max_size=120)), max_size=12))
def test_no_words_are_too_strange_to_be_understood(blocks: list[tuple[type[Heading | Paragraph | Item], str]]) -> None:
    made = tuple(kind(text) for kind, text in blocks)
    assert understood("x.txt", Reading(Form.TEXT, made)).blocks == made


@given(st.text("AppendixPaperReferenceDate: _0123456789FebruaryQ/–-()\n", max_size=200))
def test_words_that_look_like_a_front_never_raise(text: str) -> None:
    assert understood("x.txt", Reading(Form.TEXT, (Heading("Report"), Paragraph(text)))).name == "x.txt"
