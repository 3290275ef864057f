"""What the documents of a proposal are called: `MPnnn <kind> vX.Y` (NEW-11), and the ways in which that was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from django.db import models

from secretariat.plain.references import UnreadableReferenceError, parse_proposal

FINAL: Final = "Final"
VERSION: Final = re.compile(r"(?:0|[1-9][0-9]{0,2})\.[0-9]{1,3}|Final")
_REFERENCE: Final = re.compile(r"(SECMP|DP|MP)[ _-]?([0-9]{1,4})([A-Z]?)(?![A-Za-z0-9])", re.IGNORECASE)
_VERSION_WRITTEN: Final = re.compile(r"(?:(?<![a-z])v(?:ersion)?[ ]?([0-9]+)(?:\.([0-9]+))?)(?![0-9])", re.IGNORECASE)
_FINAL_WRITTEN: Final = re.compile(r"\(?(?<![a-z])final(?![a-z])\)?", re.IGNORECASE)
_DIGITS: Final = {"SECMP": 4, "DP": 3, "MP": 3}


class DocumentKind(models.TextChoices):
    """What is written in the course of a modification (NEW-11), in the order in which it comes to be written."""

    PROBLEM = "problem statement", "Problem Statement"
    FORM = "proposal form", "Modification Proposal Form"
    INITIAL = "initial modification report", "Initial Modification Report"
    SUMMARY = "working group summary", "Working Group Summary"
    PRELIMINARY = "preliminary assessment", "DCC Preliminary Assessment"
    REFINEMENT = "refinement consultation", "Refinement Consultation"
    REFINEMENT_RESPONSES = "refinement responses", "Refinement Consultation Responses"
    IMPACT = "impact assessment", "DCC Impact Assessment"
    REPORT = "modification report", "Modification Report"
    LEGAL_TEXT = "legal text", "Legal Text"
    CONSULTATION = "report consultation", "Modification Report Consultation"
    RESPONSES = "report responses", "Modification Report Consultation Responses"
    CONCLUSIONS = "conclusions report", "Conclusions Report"
    LETTER = "authority letter", "Authority Letter"
    OTHER = "other", "Document"


WRITTEN: Final = {
    "DP Problem Statement": DocumentKind.PROBLEM,
    "Draft Proposal": DocumentKind.PROBLEM,
    "Modification Proposal": DocumentKind.FORM,
    "IMR": DocumentKind.INITIAL,
    "Working Group Summaries": DocumentKind.SUMMARY,
    "Working Group Meeting Summary": DocumentKind.SUMMARY,
    "Preliminary Assessment": DocumentKind.PRELIMINARY,
    "Preliminary Impact Assessment": DocumentKind.PRELIMINARY,
    "PA": DocumentKind.PRELIMINARY,
    "Impact Assessment": DocumentKind.IMPACT,
    "IA": DocumentKind.IMPACT,
    "Working Group Consultation": DocumentKind.REFINEMENT,
    "Refinement Consultation Collated Responses": DocumentKind.REFINEMENT_RESPONSES,
    "Working Group Consultation Responses": DocumentKind.REFINEMENT_RESPONSES,
    "Draft Modification Report": DocumentKind.REPORT,
    "DMR": DocumentKind.REPORT,
    "MR": DocumentKind.REPORT,
    "Draft Legal Text": DocumentKind.LEGAL_TEXT,
    "MRC": DocumentKind.CONSULTATION,
    "MRC Responses": DocumentKind.RESPONSES,
    "Modification Report Consultation Collated Responses": DocumentKind.RESPONSES,
} | {kind.label: kind for kind in DocumentKind if kind != "other"}
"""How each kind was written, in whatever case; the longest that begins the rest of a name decides."""


@dataclass(frozen=True)
class Named:
    """What a file's name says: whose document, of which kind, in which version, and the words that are left."""

    reference: str
    kind: DocumentKind
    version: str
    detail: str = ""


def document_name(reference: str, kind: str, version: str, detail: str = "") -> str:
    """The name of a document: "MP099 Modification Report v1.0", "MP099 Modification Report Final"."""
    words = [reference] + ([] if kind == DocumentKind.OTHER and detail else [str(DocumentKind(kind).label)])
    return " ".join([*words, *([detail] if detail else []), version if version == FINAL else f"v{version}"])


def parse_name(name: str) -> Named | None:
    """What a name, today's or a historical one, says; None where it names no proposal or no known kind.

    Spaces, underscores and hyphens are one; a name without a version is taken for version 1.0.
    """
    stem = PurePath(name).stem if re.search(r"\.[A-Za-z]{3,4}$", name) else name
    text = re.sub(r"[_–-]+", " ", stem)
    found = _REFERENCE.search(text)
    if found is None:
        return None
    reference = _reference(found)
    rest = " ".join((text[: found.start()] + " " + text[found.end() :]).split())
    version, rest = _version(rest)
    matching = [words for words in WRITTEN if re.match(rf"{re.escape(words)}(?![A-Za-z])", rest, re.IGNORECASE)]
    if reference is None or not matching:
        return None
    longest = max(matching, key=len)
    return Named(reference, WRITTEN[longest], version, rest[len(longest) :].strip(" ()"))


def _reference(found: re.Match[str]) -> str | None:
    prefix, number, suffix = found[1].upper(), int(found[2]), found[3].upper()
    try:
        return str(parse_proposal(f"{prefix}{number:0{_DIGITS[prefix]}d}{suffix}"))
    except UnreadableReferenceError:
        return None


def _version(text: str) -> tuple[str, str]:
    """The version that a name tells, and the name without it; "final" is said beside a number or alone."""
    final, number = _FINAL_WRITTEN.search(text), _VERSION_WRITTEN.search(text)
    rest = " ".join(_FINAL_WRITTEN.sub(" ", _VERSION_WRITTEN.sub(" ", text)).split())
    if final is not None:
        return FINAL, rest
    return (f"{int(number[1])}.{int(number[2] or 0)}" if number else "1.0"), rest


def version_order(version: str) -> tuple[int, int]:
    """Where a version stands among the others of a document: 0.1, 0.10, 1.0, and Final last."""
    if version == FINAL:
        return 1000, 0
    major, _, minor = version.partition(".")
    return int(major), int(minor)
