"""Rules about language that a template or last month's paper left behind."""

from __future__ import annotations

from secretariat.proof.evidence.agreement import repeated, slips
from secretariat.proof.evidence.carried import carried
from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import Paper
from secretariat.proof.words.nouns import nouns_in
from secretariat.proof.words.said import sentences


@rule("number-agreement", Kind.CARRY_OVER)
def number_agreement(paper: Paper) -> Judged:
    """Numbers agree with their nouns, and no word is printed twice.

    Looked at, in prose and lists: "one" or a figure with a noun directly after it or after its adjectives, "There was"
    and "There were" with a number, the verb of a sentence that begins with a number, and words repeated by mistake. A
    plural after "a" or "each" is a query.

    Left alone: nouns that are also verbs or adjectives, nouns before another noun ("two SEC Party seats", "a Members
    meeting"), "one of the", names with a number ("Phase 2 assessment"), spans of time before a noun ("three months
    notice"), amounts of time or money with a verb in the singular, and every word that is not surely a count noun.

    Example: "One validations were completed", "two meeting were held", "There was 12 responses".
    """
    nouns = nouns_in(" ".join(block.text for block in paper.prose()))
    for block in paper.prose():
        for sentence in sentences(block.text):
            for slip in (*slips(sentence, nouns), *repeated(sentence)):
                severity = None if slip.sure else Severity.QUERY
                yield Remark(block, slip.text, slip.message, slip.suggestion, severity)


@rule("carried-paragraph", Kind.CARRY_OVER, Severity.QUERY, scope="previous")
def carried_paragraph(paper: Paper, previous: Paper) -> Judged:
    """A paragraph is not carried over from the earlier paper with facts that have changed since.

    Looked at: paragraphs and items identical to one in the same section of the earlier paper, which name a month of
    that paper's period, a day that was ahead then and is past now, or, as of "this month" or "since the last meeting",
    a reference, a date, a company or a count of more than two; and paragraphs with several large figures, none of which
    has changed, even if the month's name has. Where a table beside the paragraph has another number than it had then,
    and the paragraph still has the old one, it is an error.

    Left alone: paragraphs without such facts, such as definitions and purposes; months in the names of releases; and
    sections that the earlier paper has not.

    Example: "In January 2020 we hosted a workshop." in the papers on January and on February 2020.
    """
    then = f"on {previous.period}" if previous.period else f"“{previous.title or previous.name}”"
    for found in carried(paper, previous):
        where = f"“{found.section}” of " if found.section else ""
        words = found.block.text if len(found.block.text) <= 120 else f"{found.block.text[:117]}…"
        message = (
            f"{where}the earlier paper {then} has the same words, “{words}”: they say “{found.fact}”, {found.why}."
        )
        severity = Severity.ERROR if found.sure else None
        yield Remark(found.block, words, message[0].upper() + message[1:], "Bring it up to date.", severity)
