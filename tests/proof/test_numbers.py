"""Numbers in prose, counts of lists, parts of a whole, categories of siblings. Papers and names are invented."""

from __future__ import annotations

from time import monotonic

import pytest

from secretariat.plain.months import Month
from secretariat.proof.findings import Finding
from secretariat.proof.paper import Block, DataLabel, Figure, Paper, Period, Table
from tests.proof.build import found, heading, item, paper, table

FEBRUARY = Period(Month(2020, 2), Month(2020, 2), "February 2020")
EMAILS = table(
    ("Accessions", 48, 39), ("Sub-Committees", 195, 157), ("Engagement", "1,810", "1,908"), ("Total", "2,053", "2,104"),
    head=("", "Jan 20", "Feb 20"), caption="Helpdesk emails", number="5",
)  # fmt: skip
EFFORT = table(
    ("Committees", 101), ("Change", 142), ("Total", 243), head=("Driver", "Days"), caption="Days worked by driver"
)
USERS = table(("BEIS", 1), ("DCC", 28), ("Total number of users", 29), head=("Category", "Number of users"))


def asked(rule: str, *blocks: Block | str) -> list[Finding]:
    return found(rule, paper(*blocks, period=FEBRUARY))


def told(text: str, *tables: Table) -> list[Finding]:
    return asked("prose-table-number", heading("Helpdesk"), text, *tables)


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("There were 2,104 email enquiries in February 2020.", EMAILS),
        ("There were 2,053 email enquiries in January 2020.", EMAILS),
        ("There were 2,104 emails this month.", EMAILS),
        ("There were 26 telephone enquiries and 2,104 email enquiries in February 2020.", EMAILS),
        ("There were over 2,000 emails, of which 39 emails were about accessions.", EMAILS),
        ("There were approximately 2,100 emails in February 2020.", EMAILS),
        ("We answered 12 emails that had waited since December.", EMAILS),
        ("There were 90 more emails in February than in January.", EMAILS),
        ("In March 2020 there may be 2,500 emails.", EMAILS),
        ("The total number of resource days in February 2020 was 243.", EFFORT),
        ("The project took 12 days.", EFFORT),
        ("There are over 25 users, and 28 DCC users.", USERS),
        ("There are 29 users, and 7 users joined by invitation.", USERS),
    ],
)
def test_numbers_that_the_table_bears_out_or_does_not_tell_are_left_alone(text: str, grid: Table) -> None:
    assert told(text, grid) == []


@pytest.mark.parametrize(
    ("text", "grid", "value"),
    [
        ("There were 2,140 emails in February 2020.", EMAILS, "2,104"),
        ("There were 2,401 emails in total in February 2020.", EMAILS, "2,104"),
        ("There were over 2,200 emails in February 2020.", EMAILS, "2,104"),
        ("The total number of resource days in February 2020 was 234.", EFFORT, "243"),
        ("There are over 30 users.", USERS, "29"),
        ("There are 92 users in total.", USERS, "29"),
        ("There are 82 DCC users.", USERS, "28"),
    ],
)
def test_a_number_that_is_not_the_tables_is_told(text: str, grid: Table, value: str) -> None:
    (finding,) = told(text, grid)
    assert finding.severity == "error"
    assert finding.text == text
    assert value in finding.message
    assert value in finding.suggestion


def test_a_number_of_another_months_column_names_both_months() -> None:
    (finding,) = told("There were 26 calls and 2,104 email enquiries in January 2020.", EMAILS)
    assert finding.severity == "error"
    assert "“Feb 20”" in finding.message
    assert "2,053" in finding.message


def test_a_summary_far_from_its_table_is_compared_when_its_words_are_plain() -> None:
    section: list[Block | str] = [heading("Helpdesk"), EMAILS]
    wrong = "The Helpdesk received 2,014 emails in February 2020."
    assert asked("prose-table-number", heading("Summary"), wrong, *section)
    assert not asked("prose-table-number", heading("Summary"), wrong.replace("2,014", "2,104"), *section)
    assert not asked("prose-table-number", heading("Summary"), "The Board sent 2,014 letters.", *section)


def test_a_word_shared_with_a_row_of_another_sections_table_is_no_match() -> None:
    text = "Two Accessions were completed in February 2020."
    assert not asked("prose-table-number", heading("Members"), text, heading("Helpdesk"), EMAILS)


SCORES = table(
    ("Orders answered", "98.0%", "97.5%"), ("Invoices correct", "95.0%", "91.5%"),
    head=("Measure", "Target", "Achieved"),
)  # fmt: skip
SLOTS = table(
    ("Blue Air", 869, 712, "1,581"), ("Green Cargo", 195, 358, 553), ("All carriers", "1,064", "1,070", "2,134"),
    head=("Carrier", "Morning peak", "Daytime", "Total"), caption="Slots by carrier",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "grid", "value"),
    [
        ("Green Cargo held 535 slots.", SLOTS, "553"),
        ("The largest was Blue Air, with 1,518 slots.", SLOTS, "1,581"),
        ("Of these, 1,046 slots lay in the morning peak.", SLOTS, "1,064"),
        ("The lowest was Invoices correct, at 91.5% against a target of 90.0%.", SCORES, "95.0"),
    ],
)
def test_a_number_beside_the_name_of_a_row_or_column_is_its(text: str, grid: Table, value: str) -> None:
    (finding,) = told(text, grid)
    assert value in finding.message


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("Green Cargo held 553 slots, and 1,064 slots lay in the morning peak.", SLOTS),
        ("Green Cargo held 195 slots in the morning peak.", SLOTS),
        ("Green Cargo wrote 540 letters.", SLOTS),
        ("Green Cargo held about 540 slots.", SLOTS),
        ("The lowest was Invoices correct, at 91.5% against a target of 95.0%.", SCORES),
        ("Green Cargo and Blue Air shared 540 slots.", SLOTS),
    ],
)
def test_a_number_that_is_the_rows_or_of_another_kind_is_left_alone(text: str, grid: Table) -> None:
    assert told(text, grid) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We opened 19 cases.", "The Committee considered all 91 cases on 13 October."),
        ("The draft budget comes to £5,191,000.", "The budget of £5,195,000 is divided among funds."),
        (
            "The code has 330 parties representing 261 groups.",
            "At month’s end, 331 parties were representing 261 groups.",
        ),
        ("There were 26 telephone enquiries in February 2020.", "There were 62 telephone enquiries in February 2020."),
        ("The Panel approved three budget requests.", "The Panel approved four budget requests."),
    ],
)
def test_one_thing_told_with_two_numbers_is_told(one: str, other: str) -> None:
    findings = asked("prose-number-differs", heading("Summary"), one, heading("Detail"), other)
    assert [finding.text for finding in findings] == [other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("There were 26 telephone enquiries in February 2020.", "There were 24 telephone enquiries in January 2020."),
        ("There were 26 telephone enquiries.", "There were over 20 telephone enquiries."),
        ("The Panel approved three budget requests.", "The Board approved four budget requests."),
        ("Two parties have completed entry.", "Three parties have completed testing."),
        ("Three proposals were raised.", "Two further proposals were raised."),
        ("Of seven votes cast, four were in favour, two against and one abstained.", "All seven votes were recorded."),
        ("We opened 19 cases.", "The 12 cases that remain are small."),
        ("Four of the six actions are closed.", "Two of the six actions are open."),
        ("It reviewed two risks.", "It reviewed three risks."),
        ("The budget of £5,191,000 was set.", "The reserve of £5,195,000 was kept."),
        ("It takes 10 Working Days to refer.", "It takes 15 Working Days to implement."),
        ("The Panel met twice and made two decisions.", "The Panel made 2 decisions."),
    ],
)
def test_two_things_may_have_two_numbers(one: str, other: str) -> None:
    assert asked("prose-number-differs", heading("Summary"), one, heading("Detail"), other) == []


VOTES = "Of seven votes cast, four were in favour, two against and one abstained."


def test_things_recalled_in_their_section_are_as_many_as_were_counted() -> None:
    (finding,) = asked("prose-number-differs", heading("Votes"), VOTES, "All eight votes were recorded.")
    assert "seven" in finding.message
    assert not asked("prose-number-differs", heading("Votes"), VOTES, "All seven votes were recorded.")
    assert not asked("prose-number-differs", heading("Votes"), VOTES, heading("More"), "All eight votes were recorded.")


def test_items_of_one_list_count_different_things() -> None:
    assert asked("prose-number-differs", item("Two statuses set in total"), item("Nine statuses set in total")) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Three new proposals were raised:", 3),
        ("The Panel agreed the following two actions:", 2),
        ("The two aims, which the Board set in 2019, are as follows:", 2),
        ("The Board considered four options, including:", 2),
        ("There are at least three reasons:", 2),
        ("The group met three times to discuss the following topics:", 2),
        ("Answers came within 10 Working Days on these points:", 2),
        ("Members raised points:", 3),
        ("The options are:", 3),
        ("Two of the five options remain:", 2),
    ],
)
def test_lists_of_the_number_told_or_of_none_told_are_left_alone(text: str, count: int) -> None:
    assert asked("count-of-list", text, *(item(f"point {at}") for at in range(count)), "More follows.") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Three new proposals were raised:", 4),
        ("The Panel agreed the following two actions:", 3),
        ("BEIS weighed the options against 3 objectives:", 2),
        ("The five most urgent requests have been put into release 1.1, which has:", 4),
    ],
)
def test_lists_of_another_number_than_told_are_told(text: str, count: int) -> None:
    (finding,) = asked("count-of-list", text, *(item(f"point {at}") for at in range(count)), heading("Next"))
    assert finding.severity == "error"
    assert finding.text == text
    assert f"{count} items are listed" in finding.message


def test_a_count_before_these_are_is_the_lists() -> None:
    lead = "Ofgem will test three issues before it decides."
    assert asked("count-of-list", lead, "These are:", item("one"), item("two"))
    assert not asked("count-of-list", lead, "These are:", item("one"), item("two"), item("three"))


def test_a_list_right_with_its_second_level_or_after_a_break_is_right() -> None:
    nested = [item("one"), item("under one", level=2), item("two")]
    assert not asked("count-of-list", "Two actions were agreed:", *nested)
    assert not asked("count-of-list", "Three actions were agreed:", *nested)
    assert not asked(
        "count-of-list", "Three actions were agreed:", item("one"), item("two"), "A remark.", item("three")
    )


PARTIES = table(
    ("Alpha Limited", "Other"), ("Beta Limited", "Small"), head=("Party", "Category"), caption="Parties who acceded"
)


def test_a_count_right_before_its_table_is_the_number_of_rows() -> None:
    assert not asked("count-of-list", "Two parties acceded in February:", PARTIES)
    assert not asked("count-of-list", "Since the last meeting, two parties have acceded.", PARTIES)
    (finding,) = asked("count-of-list", "Since the last meeting, three parties have acceded.", PARTIES)
    assert "2 rows follow" in finding.message


def test_a_count_before_a_table_of_numbers_is_not_its_rows() -> None:
    assert not asked("count-of-list", "There are 29 users.", USERS)


def test_a_count_beside_a_reference_to_its_table_is_the_number_of_rows() -> None:
    actions = table(("A1", "open"), ("A2", "open"), head=("Action", "Status"), number="1")
    assert asked("count-of-list", "The actions are in Table 1. Three actions are open.", heading("Next"), actions)
    assert not asked("count-of-list", "The actions are in Table 1. Two actions are open.", heading("Next"), actions)
    assert not asked("count-of-list", "The actions are in Table 2. Three actions are open.", heading("Next"), actions)


@pytest.mark.parametrize(
    "text",
    [
        "Five modifications (MP001, MP002, MP003 and MP004) were approved.",
        "The three proposals, DP107, DP108, DP109 and DP110, were discussed.",
        "The three bodies (the Panel, the Change Board, the Sub-Committee and the Forum) met.",
        "It is built by five components: Gateway, Key store, Message broker and Archive.",
        "All three groups voted: Suppliers, Networks, Generators and Traders.",
    ],
)
def test_names_that_are_not_as_many_as_told_are_told(text: str) -> None:
    (finding,) = asked("count-of-list", text)
    assert "4 are named" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Four modifications (MP001, MP002, MP003 and MP004) were approved.",
        "The four proposals, DP107, DP108, DP109 and DP110, were discussed.",
        "Five modifications, including MP001 and MP002, were approved.",
        "With MP034 and MP041, there is the potential for five modifications.",
        "The two bodies (the Panel and the Change Board) met.",
        "It is built by four components: Gateway, Key store, Message broker and Archive.",
        "The three areas are: Security and Privacy, Metering and Billing.",
        "Three parties met the Panel and the Change Board.",
    ],
)
def test_names_as_many_as_told_are_left_alone(text: str) -> None:
    assert asked("count-of-list", text) == []


@pytest.mark.parametrize(
    ("dates", "text", "findings"),
    [
        ("12/02/2020 26/02/2020", "The group met twice in February.", 0),
        ("12/02/2020 26/02/2020", "Two meetings took place.", 0),
        ("12/02/2020", "The group met once. The two main topics were these.", 0),
        ("12/02/2020", "The group continues to meet each month.", 0),
        ("N/A", "There were two meetings in January.", 0),
        ("12/02/2020 26/02/2020", "The group met four times.", 1),
        ("12/02/2020 26/02/2020", "Three meetings took place in February 2020.", 1),
        ("12/02/2020", "The group met twice.", 1),
    ],
)
def test_meetings_told_in_a_row_are_as_many_as_its_dates(dates: str, text: str, findings: int) -> None:
    grid = table(("Group", dates, text), head=("Meeting", "Date", "Summary"))
    assert len(asked("count-of-list", grid)) == findings


def test_meetings_told_but_not_all_linked_are_a_query() -> None:
    links = "The group met three times. OPSG_29_0402 - Minutes OPSG_30_0702 - Minutes"
    (finding,) = asked("count-of-list", table(("Group", "04/02/2020 07/02/2020 24/02/2020", links)))
    assert finding.severity == "query"
    assert "2 documents are linked" in finding.message


def test_meetings_told_with_their_dates_in_a_sentence_are_as_many() -> None:
    assert asked("count-of-list", "The group met three times, on 12 and 26 February 2020.")
    assert not asked("count-of-list", "The group met twice, on 12 and 26 February 2020.")
    assert not asked("count-of-list", "The group met twice before 12 February 2020 and reports on 26 March 2020.")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "We have 50 open proposals including 30 undergoing refinement and 17 undergoing development.",
            "3 are not told",
        ),
        ("There are 12 members, of whom 6 are suppliers and 5 are networks.", "1 is not told"),
        ("Of the eight measures, 5 met their target, 1 missed it and 1 fell below.", "1 is not told"),
        ("543 tests were run: 502 passed, 20 failed and 11 were blocked.", "10 are not told"),
    ],
)
def test_parts_that_leave_a_rest_are_a_query(text: str, rest: str) -> None:
    (finding,) = asked("remainder", text)
    assert finding.severity == "query"
    assert rest in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "We have 50 open proposals comprising 30 undergoing refinement and 17 undergoing development.",
        "We have 50 open proposals including 30 undergoing refinement and 27 undergoing development.",
    ],
)
def test_parts_that_cannot_be_of_the_whole_are_an_error(text: str) -> None:
    assert [finding.severity for finding in asked("remainder", text)] == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "We have 50 open proposals including 30 undergoing refinement and 20 undergoing development.",
        "We have 50 open proposals, of which 30 are undergoing refinement.",
        "We have 50 proposals including 30 in refinement, 17 in development and the rest on hold.",
        "There were six new Parties in June - three Small Suppliers and three Other SEC Parties.",
        "We held 50 meetings including 30 workshops for 17 parties.",
        "Of the eight measures, 5 met their target, 2 missed it and 1 fell below.",
        "543 tests were run: 502 passed, 30 failed and 11 were blocked.",
        "The 2 pages include 3 tables and 4 figures.",
        "Of 50 proposals 30 were approved and 17 rejected on 4 March.",
    ],
)
def test_parts_that_make_the_whole_or_count_other_things_are_left_alone(text: str) -> None:
    assert asked("remainder", text) == []


def labelled(*names: str) -> Figure:
    return Figure("Users", "1", tuple(DataLabel(name, "3") for name in names))


def grid(*names: str) -> Table:
    return table(*((name, 3) for name in names), head=("Category", "Number"), number="6")


SIBLING = grid("Large Supplier", "Small Supplier", "Network Operator", "Other SEC Party (OSP)", "Total")


def test_a_category_that_a_sibling_lacks_is_a_query() -> None:
    (finding,) = asked("missing-category", SIBLING, labelled("Large Suppliers", "Small Suppliers", "Other SEC Parties"))
    assert finding.severity == "query"
    assert "“Network Operator”" in finding.message
    assert "Table 6" in finding.message


def test_a_category_spelt_in_another_way_is_a_query() -> None:
    names = ("Large Suppliers", "Small Suppliers", "Network Opperator", "Other SEC Parties")
    (finding,) = asked("missing-category", SIBLING, labelled(*names))
    assert finding.text == "Network Opperator"


@pytest.mark.parametrize(
    "names",
    [
        ("Large Suppliers", "Small suppliers", "Network Operators", "Other SEC Parties"),
        ("Large Supplier", "Small Supplier", "Airport", "Airline"),
        ("Large Supplier", "Small Supplier", "Other SEC Party", "Ofgem", "DCC", "BEIS"),
        ("Feb 19", "Mar 19", "Apr 19"),
    ],
)
def test_siblings_alike_or_of_another_kind_are_left_alone(names: tuple[str, ...]) -> None:
    assert asked("missing-category", SIBLING, labelled(*names)) == []


@pytest.mark.parametrize(
    "text",
    ["1 " * 9000 + "March", "3 of 4 (" * 3000, "12 and " * 5000, "a. B 1 " * 3000, "five X: A, " * 3000, "1," * 9000],
)
def test_strings_of_numbers_are_read_in_time(text: str) -> None:
    began = monotonic()
    for rule in ("prose-table-number", "prose-number-differs", "count-of-list", "remainder", "percentage-total"):
        asked(rule, heading("Numbers"), text, SLOTS)
    assert monotonic() - began < 15


def test_papers_without_numbers_have_no_findings() -> None:
    rules = ("prose-table-number", "prose-number-differs", "count-of-list", "remainder", "missing-category")
    assert not [each for rule in rules for each in found(rule, Paper("paper.txt", paper("Nothing to add up.").reading))]
