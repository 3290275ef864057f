"""A page that is only an image is named, and can be accepted like any other finding."""

from __future__ import annotations

from secretariat.proof import RULES, Accepted, Settings, Severity, judged
from secretariat.proof.paper import Form, Paper, Reading


def scanned(*pages: int) -> Paper:
    return Paper("scan.pdf", Reading(Form.PDF, (), pages=4, unreadable=pages))


def test_every_page_without_text_is_a_query() -> None:
    found = list(RULES["unreadable-page"].on(scanned(2, 3)))
    assert [(finding.place.page, finding.severity) for finding in found] == [(2, Severity.QUERY), (3, Severity.QUERY)]


def test_a_paper_whose_pages_can_be_read_is_left_alone() -> None:
    assert list(RULES["unreadable-page"].on(scanned())) == []


def test_a_page_without_text_can_be_accepted_with_a_reason() -> None:
    settings = Settings(accepted=(Accepted("unreadable-page", "", "The signed letter."),))
    checked = judged([scanned(2)], None, settings)
    assert checked.findings == ()
    assert [line.reason for _, line in checked.accepted] == ["The signed letter."]
