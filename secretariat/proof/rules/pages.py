"""What of a paper could not be read."""

from __future__ import annotations

from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import Paper, Place


@rule("unreadable-page", Kind.READING, Severity.QUERY)
def unreadable_page(paper: Paper) -> Judged:
    """Every page has text that can be read.

    A page that is only an image, such as a scan without text, is named, because nothing on it was checked. There is
    no character recognition.

    Example: the third page of a PDF is a photograph of a signed letter.
    """
    for page in paper.reading.unreadable:
        yield Remark(
            Place(page), "", "This page is an image without text, so nothing on it was checked.",
            "Give the file as text, or check the page by eye.",
        )  # fmt: skip
