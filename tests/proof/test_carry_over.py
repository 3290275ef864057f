"""Language that a template or last month's paper left behind. The papers are invented."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.plain.months import Month
from secretariat.proof.findings import RULES, Finding
from secretariat.proof.paper import Block, Paper, Period
from tests.proof.build import found, heading, item, paper, paragraph, table

JANUARY, FEBRUARY = Month(2020, 1), Month(2020, 2)


@pytest.mark.parametrize(
    ("text", "words", "better"),
    [
        ("One validations were completed.", "One validations", "One validation"),
        ("One first stage validations of the site done;", "One first stage validations", "One first stage validation"),
        ("The two meeting were held in May.", "two meeting", "two meetings"),
        ("23 Assessment prepared for the committee; and", "23 Assessment", "23 Assessments"),
        ("Four Assurance Status set (initial);", "Four Assurance Status", "Four Assurance Statuses"),
        ("We received 1 responses to the consultation.", "1 responses", "1 response"),
        ("There was 12 responses.", "There was 12 responses", "There were 12 responses"),
        ("There were 1 response.", "There were 1 response", "There was 1 response"),
        ("There were one breach in May.", "There were one breach", "There was one breach"),
        ("Two meetings was held.", "Two meetings was", "Two meetings were"),
        ("One meeting were held.", "One meeting were", "One meeting was"),
        ("It is due within 10 Working Day of the decision.", "10 Working Day", "10 Working Days"),
        ("Members sent several comment papers and three response.", "three response", "three responses"),
        ("The airport had 14 runway closure notices and 3 incident.", "3 incident", "3 incidents"),
        ("Each of these assessment was read.", "these assessment", "these assessments"),
        ("The Panel noted the the paper.", "the the", "the"),
        ("Members will will be told.", "will will", "will"),
        ("The report report was sent.", "report report", "report"),
    ],
)
def test_a_number_that_does_not_agree_is_an_error(text: str, words: str, better: str) -> None:
    (finding,) = found("number-agreement", paper(text))
    assert (finding.text, finding.suggestion, finding.severity) == (words, better, "error")


@pytest.mark.parametrize("text", ["It is a Full User Security Assessments (FUSAs).", "Each parties of the code pays."])
def test_a_plural_after_a_or_each_is_a_query(text: str) -> None:
    assert [finding.severity for finding in found("number-agreement", paper(text))] == ["query"]


@pytest.mark.parametrize(
    "text",
    [
        "One of the parties withdrew, and one in ten meters failed.",
        "If a Party requests a review, a supplier submits to the Panel what one Member wants.",
        "One Party submitted proposals to the Panel; a User raised objections to one.",
        "Two SEC Party seats and two Large Supplier seats were filled.",
        "A three months notice period and a 12 month programme apply; two thirds of members agreed.",
        "Phase 2 assessment began; Stage two consultation and Option 2 were dropped.",
        "2 Recommendation",
        "1 Responses",
        "3 Assessment of the options",
        "Release 1 devices and Terminal 2 operation are not in scope of Section 4 implementation.",
        "The 4 March 2020 Smart Export Workshop and the 2020 assessment were held.",
        "The first two require implementation, and those three need attention.",
        "Two committee approved papers and five supplier led workshops were sent.",
        "There was £12 left, and there is 10 minutes of time.",
        "There was one meeting and there were two workshops.",
        "There were one or two objections.",
        "There were 1,571 emails, 1.5 times the usual.",
        "Five members is a quorum; twelve months is a long time.",
        "One committee have agreed, and the data were sent.",
        "The cost of two meetings was met.",
        "She had had enough of that that day, and very very late.",
        "A series of sales reports, a means of access and a business process exist.",
        "A few members of the group and a hundred members of the public came.",
        "A Members meeting, a Communications Hub and a Standards body are one thing each.",
        "Sections 5, 6 and 8 survive termination; items 2 and 3 apply.",
        "A 404 response is returned, as is a two party agreement.",
        "10 Fieldwork Assessments completed; 73 Parties currently being assessed.",
        "Two Compliance Statuses set; three staff and 16 people were told.",
        "In the 12 months to March, 30 email enquiries came in from 20 new SMETS2 Device Models.",
        "Twenty-one delegates from Baden Baden and Walla Walla came.",
        "No one requirements document, and only one Parties list, was kept.",
    ],
)
def test_numbers_that_agree_or_may_are_left_alone(text: str) -> None:
    assert not found("number-agreement", paper(text))


def month(period: Month, *blocks: Block | str, dated: date | None = None) -> Paper:
    return paper(
        heading("Helpdesk", "6"), *blocks, name=f"{period}.txt", period=Period(period, period, str(period)), dated=dated
    )


def carried(now: Paper, then: Paper) -> list[Finding]:
    return list(RULES["carried-paragraph"].on(now, then))


def both(*blocks: Block | str) -> list[Finding]:
    """What is found when the papers on January and February have the same words."""
    return carried(month(FEBRUARY, *blocks, dated=date(2020, 3, 6)), month(JANUARY, *blocks, dated=date(2020, 2, 7)))


@pytest.mark.parametrize(
    "text",
    [
        "There were 26 telephone enquiries in January 2020 in all.",
        "In January we ran the first of two workshops.",
        "Toy Energy Limited was expelled from the code last month.",
        "Since the last Panel meeting, MP079 has gone to the Authority.",
        "On 10 February 2020 we will hold our next event in London.",
        "This month we took 412 calls from members of the public.",
    ],
)
def test_a_carried_paragraph_with_the_earlier_papers_facts_is_a_query_that_quotes_it(text: str) -> None:
    (finding,) = both(text)
    assert finding.severity == "query"
    assert text in finding.message
    assert "earlier paper" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "The helpdesk receives enquiries by email and telephone from all parties.",
        "This section provides an update on the progression of Users over the last month.",
        "The Panel is requested to note the contents of this paper.",
        "Since the last Panel meeting, no parties have left the code.",
        "We are preparing for the January 2020 Release of the code’s systems.",
        "The code came into force on 23 September 2013 and has 24 sections.",
        "Members vote within 10 Working Days of each report.",
    ],
)
def test_carried_words_without_such_facts_are_left_alone(text: str) -> None:
    assert not both(text)


def test_the_earlier_papers_figures_under_this_months_name_are_a_query() -> None:
    words = "The register opened {} with 89,340 meter points and closed it with 89,885."
    now, then = month(FEBRUARY, words.format("February 2020")), month(JANUARY, words.format("January 2020"))
    assert [finding.severity for finding in carried(now, then)] == ["query"]


def test_a_month_that_was_changed_beside_small_figures_is_left_alone() -> None:
    now, then = "The group met twice in February 2020.", "The group met twice in January 2020."
    assert not carried(month(FEBRUARY, now), month(JANUARY, then))


def test_words_that_changed_are_left_alone() -> None:
    now, then = "We took 26 calls in February 2020 in all.", "We took 31 calls in January 2020 in all."
    assert not carried(month(FEBRUARY, now), month(JANUARY, then))


def test_words_of_another_section_are_left_alone() -> None:
    text = "There were 26 telephone enquiries in January 2020 in all."
    now = paper(heading("Budget", "5"), text, period=Period(FEBRUARY, FEBRUARY, ""))
    assert not carried(now, month(JANUARY, text))


def counted(period: Month, text: str, calls: int) -> Paper:
    return month(period, paragraph(text), table(("Calls", calls), ("Letters", 4), head=("Kind", f"{period}")))


def test_a_carried_number_that_the_table_beside_it_contradicts_is_an_error() -> None:
    text = "The helpdesk took 412 calls in all, by telephone."
    (finding,) = carried(counted(FEBRUARY, text, 398), counted(JANUARY, text, 412))
    assert finding.severity == "error"
    assert "398" in finding.message


def test_a_carried_number_that_the_table_still_has_is_left_alone() -> None:
    text = "The helpdesk took 412 calls in all, by telephone."
    assert not carried(counted(FEBRUARY, text, 412), counted(JANUARY, text, 412))


def test_a_carried_count_of_the_rows_of_a_table_is_an_error_when_the_rows_changed() -> None:
    def told(period: Month, *names: str) -> Paper:
        rows = [(name, "Small Supplier") for name in names]
        return month(
            period,
            "There were two Accessions completed.",
            table(*rows, caption="Accessions", head=("Organisation", "Category")),
        )

    (finding,) = carried(told(FEBRUARY, "Toy Energy", "Reef", "Leaf"), told(JANUARY, "Wind", "Sun"))
    assert (finding.severity, "3 rows" in finding.message) == ("error", True)
    assert not carried(told(FEBRUARY, "Toy Energy", "Reef"), told(JANUARY, "Wind", "Sun"))


def test_items_are_compared_as_paragraphs_are() -> None:
    assert both(item("We hosted the first workshop on 14 January 2020 in Leeds."))


def test_papers_on_the_same_month_have_the_same_facts() -> None:
    text = "There were 26 telephone enquiries in January 2020 in all."
    assert not carried(month(JANUARY, text), month(JANUARY, text))
