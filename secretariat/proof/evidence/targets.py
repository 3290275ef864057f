"""Parts that a paper's text names and the paper does not have."""

from __future__ import annotations

import re
from typing import Final

from secretariat.proof.evidence.parts import (
    PartMention,
    changes_text,
    numbered_texts,
    own_labels,
    part_mentions,
    points,
    speaks_of_documents,
)
from secretariat.proof.findings import Judged, Remark, Severity
from secretariat.proof.paper import Paper
from secretariat.proof.words.said import sentences

_SAYS_MORE: Final = re.compile(
    r"\b(?:described|shown|told|listed|explained|discussed|summari[sz]ed|given|detailed|see)\s(?:further\s)?(?:in\s)?$",
    re.IGNORECASE,
)
_ATTACHED_KINDS: Final = ("Appendix", "Annex", "Attachment")


def missing(paper: Paper) -> Judged:
    """What is to be said of each part that is named, is this paper's own, and is not there."""
    own = own_labels(paper)
    mentions = part_mentions(paper)
    others = {(each.kind, each.id) for each in mentions if each.foreign}
    texts = numbered_texts(paper)
    for mention in mentions:
        if mention.foreign or ((mention.kind, mention.id) in others and not mention.own) or changes_text(mention):
            continue
        if mention.kind in ("Table", "Figure"):
            yield from _no_such_caption(mention, own[mention.kind])
        elif mention.kind in _ATTACHED_KINDS:
            yield from _no_such_attachment(mention, own)
        elif mention.kind == "Section":
            yield from _no_such_section(mention, own["Section"] | texts)


def _no_such_caption(mention: PartMention, numbers: set[str]) -> Judged:
    name = mention.id.upper()
    lettered = name[0].isalpha() and not any(number[0].isalpha() for number in numbers)
    ranged = "-" in name and not any("-" in number for number in numbers)
    if _has(numbers, name) or lettered or ranged or not (numbers or mention.own):
        return
    doubtful = not numbers or (speaks_of_documents(_around(mention)) and not mention.own)
    yield _absent(mention, numbers, Severity.QUERY if doubtful else None)


def _no_such_attachment(mention: PartMention, own: dict[str, set[str]]) -> Judged:
    name = mention.id.upper()
    attached = {f"{kind} {each}" for kind in _ATTACHED_KINDS for each in own[kind]}
    if _has(own[mention.kind], name):
        return
    elsewhere = sorted(label for label in attached if label.endswith(f" {name}"))
    if elsewhere:
        message = f"The paper has {elsewhere[0]}, and no {mention.label}."
        yield Remark(mention.where, _around(mention), message, elsewhere[0], Severity.QUERY)
    elif attached:
        doubtful = speaks_of_documents(_around(mention)) and not mention.own
        yield _absent(mention, attached, Severity.QUERY if doubtful else None)
    elif (points(mention) or mention.own) and not speaks_of_documents(_around(mention)):
        yield _absent(mention, attached, Severity.QUERY)


def _no_such_section(mention: PartMention, numbers: set[str]) -> Judged:
    numeric = {number for number in numbers if number[:1].isdigit()}
    deepest = max((number.count(".") for number in numeric), default=0)
    name = mention.id.partition("(")[0]
    if not name[0].isdigit() or len(numeric) < 2 or _has(numeric, name) or name.count(".") > deepest:
        return
    if mention.own or (points(mention) and not speaks_of_documents(mention.text)):
        surely = mention.own or (_SAYS_MORE.search(mention.text[: mention.start]) and len(numeric) > 2)
        yield _absent(mention, set(), None if surely else Severity.QUERY)


def _has(numbers: set[str], name: str) -> bool:
    base = name.rstrip("ABCDEFGHIJ") if name[0].isdigit() else name
    first = re.match(r"[A-Z]", name)
    return bool(
        {name, base} & numbers
        or any(number.startswith(f"{name}.") for number in numbers)
        or (first and len(name) > 1 and first[0] in numbers)
    )


def _absent(mention: PartMention, there: set[str], severity: Severity | None) -> Remark:
    plain = {each if " " in each else f"{mention.kind} {each}" for each in there}
    listed = ", ".join(sorted(plain, key=lambda label: (len(label), label))[:4])
    message = f"The paper has no {mention.label}" + (f": it has {listed}." if 0 < len(plain) <= 4 else ".")
    return Remark(mention.where, _around(mention), message, severity=severity)


def _around(mention: PartMention) -> str:
    """The sentence that the part is named in, or as much of it as is near."""
    for sentence in sentences(mention.text):
        if mention.text[mention.start : mention.end] in sentence:
            return sentence if len(sentence) <= 200 else mention.text[max(0, mention.start - 80) : mention.end + 80]
    return mention.text[max(0, mention.start - 80) : mention.end + 80]
