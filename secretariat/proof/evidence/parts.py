"""A paper's own parts and what its prose says of them: tables, figures, sections and attachments, by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secretariat.proof.findings import Placed
from secretariat.proof.paper import Figure, Heading, Item, Paper, Paragraph, Table
from secretariat.proof.readers.captions import caption_of
from secretariat.proof.words.nouns import lexicon
from secretariat.proof.words.said import said

_ID: Final = (
    r"(?:[A-Z]{1,2}[.\-]?)?[0-9]{1,3}(?:[.-][0-9]{1,3}){0,4}[A-Za-z]?(?:\([a-z0-9]{1,4}\)){0,3}|[A-Z](?![A-Za-z’'])"
)
_KIND: Final = r"Appendi(?:x|ces)|Ann?ex(?:es?)?|Attachments?|Tables?|Figures?|Fig\.|Sections?"
_JOINT: Final = r"(?:\s?,\s?|\s?[–&-]\s?|\s(?:and|or|to)\s)"
_MENTION: Final = re.compile(
    rf"(?<![A-Za-z0-9_‑-])(?P<kind>(?i:{_KIND}))\s{{1,2}}"
    rf"(?P<ids>(?:{_ID})(?:{_JOINT}(?:{_ID})(?![A-Za-z0-9])){{0,6}})(?![A-Za-z0-9_])"
)
_FIRST_ID: Final = re.compile(rf"(?:{_ID})")
_PLURALS: Final = ("appendices", "annexes", "attachments", "tables", "figures", "sections")
_LABEL: Final = re.compile(
    rf"(?P<kind>Appendix|Ann?exe?|Attachment|Schedule|Enclosure)\s{{1,3}}(?P<id>{_ID})(?=\s*(?:[:.,;(\[–—-]|$|\n)|\s+[A-Z])",
    re.IGNORECASE,
)
_NUMBERED_TEXT: Final = re.compile(r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,3}){0,4})[.)]?\s+[A-Z‘“]")

_THIS: Final = re.compile(
    r"\s(?:of|to|in|from)\s(?:this|these|our|the\s(?:present|attached))\b|\s(?:below|above|overleaf)\b", re.IGNORECASE
)
_LAW: Final = (
    r"code|licen[cs]e|act|agreement|regulations?|order|guidance|guide|standard|policy|procedures?|contract|"
    r"specification|methodology|directive|treaty|constitution|charter|rules?|schedule|handbook|manual|framework|"
    r"scheme|statute|bill"
)
_DOCUMENT: Final = (
    rf"{_LAW}|document|report|paper|letter|appendix|annex|plan|terms|consultation|response|proposal|decision"
)
_OF_ANOTHER: Final = re.compile(
    rf"\s?(?:\([^()]{{1,60}}\)\s)?,?\s?(?:of|to|in|under|from|within)\s(?:(?:the|that|an?|its|their|his|her|each|any)\s(?:[\w’'-]+\s){{0,4}}?"
    rf"(?:[A-Z][A-Za-z]*|(?:{_DOCUMENT})\b)|[A-Z]|(?:its|their)\b)"
)
_OTHER_DOCUMENT: Final = re.compile(rf"\b(?:{_LAW}|document)s?\b", re.IGNORECASE)
_THIS_ONE: Final = re.compile(r"\b(?:this|our)\s\w+", re.IGNORECASE)
_CHAINED: Final = re.compile(r"\s?(?:,|;|and|or|to|&|,\sand)\s?")
_OWNERS: Final = re.compile(
    rf"(?:its|their|whose|his|her|that|legacy|statutory|(?:{_DOCUMENT})(?:[’']s)?)$", re.IGNORECASE
)
# Capitalised words before a label that do not name another document.
_LEADS: Final = lexicon(
    "see in the as at and or from per to of for on with by under please refer confidential public restricted internal "
    "white green amber red clear attached both note this these our new revised updated also further full details "
    "following is are present proposed following- both: i.e e.g"
)
_CHANGES: Final = re.compile(
    r"\b(?:amend|insert|delet|replac|revis|remov|redraft|clarif|add|chang|align|correct|modif|comply|complian|breach|"
    r"obligat|pursuant|accordance|requir)\w*",
    re.IGNORECASE,
)
_POINTS: Final = re.compile(
    r"(?:\b(?:see|in|at|and|or|as|by|per|from|to|of|under|with|also)\s+(?:the\s)?"
    r"(?:confidential|public|white|green|amber|red|attached|restricted)?\s?|\()$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caption:
    """A numbered table or figure: which it is, its number and words, and the appendix that it stands in, if any."""

    kind: str
    number: str
    words: str
    where: Placed
    scope: str = ""

    @property
    def told(self) -> str:
        """The caption as printed."""
        return f"{self.kind} {self.number}: {self.words}" if self.words else f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class PartMention:
    """A part named in prose: "Appendix" and "C"; the text it is named in and where; whether the words around it say
    that it is this paper's own, that it is another document's, or neither."""

    kind: str
    id: str
    start: int
    end: int
    text: str
    where: Placed
    own: bool
    foreign: bool

    @property
    def label(self) -> str:
        """The part as a caption has it: "Appendix C"."""
        return f"{self.kind} {self.id}"


def captions(paper: Paper) -> list[Caption]:
    """The numbered tables and figures in order, and captions that stand without their table."""
    found: list[Caption] = []
    scope = ""
    for block in paper.blocks:
        if isinstance(block, Heading) and (label := _LABEL.match(block.text)):
            scope = _key(label["kind"], label["id"])
        if isinstance(block, Table | Figure) and block.number:
            found.append(Caption(type(block).__name__, block.number.rstrip("."), block.caption, block, scope))
        elif isinstance(block, Paragraph | Heading) and (alone := caption_of(block.text)):
            one = Caption(alone.kind.__name__, alone.number.rstrip("."), alone.words, block, scope)
            if not any(
                (one.kind, one.number, one.words) == (each.kind, each.number, each.words) for each in found[-2:]
            ):
                found.append(one)
    return found


def own_labels(paper: Paper) -> dict[str, set[str]]:
    """The labels of the paper's own parts by kind: attachments as listed or headed, tables, figures, sections."""
    own: dict[str, set[str]] = {"Appendix": set(), "Annex": set(), "Attachment": set()}
    texts = [attachment.label for attachment in paper.attachments]
    texts += [each.text for each in said(paper)] + [link.text for link in paper.reading.links]
    for text in texts:
        if label := _LABEL.match(text.strip(" •*\t")):
            own.setdefault(_named(label["kind"]), set()).add(label["id"].upper())
    for kind in ("Table", "Figure"):
        own[kind] = {each.number.upper() for each in captions(paper) if each.kind == kind}
    own["Section"] = {heading.number.rstrip(".").upper() for heading in paper.each(Heading) if heading.number}
    return own


def numbered_texts(paper: Paper) -> set[str]:
    """Numbers that paragraphs and items begin with, as numbered paragraphs do; not those of lists that begin at 1."""
    starts = (_NUMBERED_TEXT.match(block.text) for block in paper.prose())
    found = {match["number"] for match in starts if match}
    last = 0
    for block in paper.blocks:
        if isinstance(block, Heading):
            last = 0
        elif isinstance(block, Item) and (mark := block.mark.rstrip(".)")):
            if not mark.isdigit() or int(mark) != last + 1:
                found.add(mark)
            last = int(mark) if mark.isdigit() and len(mark) < 4 else last
    return found


def part_mentions(paper: Paper) -> list[PartMention]:
    """Every part that the prose, the notes and the cells name, in order."""
    found: list[PartMention] = []
    for each in said(paper):
        if isinstance(each.where, Heading) or (isinstance(each.where, Table | Figure) and not each.cell):
            continue
        if isinstance(each.where, Paragraph | Item) and caption_of(each.text):
            continue
        found += _mentions_in(each.text, each.where)
    return found


def _mentions_in(text: str, where: Placed) -> Iterator[PartMention]:
    end, foreign = 0, False
    for match in _MENTION.finditer(text):
        chained = foreign and bool(_CHAINED.fullmatch(text[end : match.start()]))
        own = bool(_THIS.match(text, match.end()))
        foreign = not own and (chained or _is_foreign(text, match))
        end = match.end()
        ids = [
            (hit[0], match.start("ids") + hit.start(), match.start("ids") + hit.end())
            for hit in _FIRST_ID.finditer(match["ids"])
        ]
        for at, (name, _, stop) in enumerate(ids if match["kind"].lower() in _PLURALS else ids[:1]):
            yield PartMention(
                _named(match["kind"]),
                name,
                match.start() if at == 0 else stop - len(name),
                stop,
                text,
                where,
                own,
                foreign,
            )


def _is_foreign(text: str, match: re.Match[str]) -> bool:
    if _OF_ANOTHER.match(text, match.end()) or _is_quoted(text, match.start()):
        return True
    before = text[max(0, match.start() - 60) : match.start()].rstrip(" ‘'“\"([")
    word = before.split()[-1] if before.split() else ""
    if not word or before[-1] in ".:;?!•":
        return False
    bare = word.strip(",‘’'“”\"()[]–-")
    if before.endswith(",") and not re.search(r"[A-Z0-9]{2}", bare):
        return False
    if not bare or bare.lower() in _LEADS:
        return False
    starts_sentence = bool(re.search(r"(?:^|[.!?]\s)\W*$", before[: len(before) - len(word)])) and match.start() < 60
    named = any(letter.isupper() for letter in bare) or any(letter.isdigit() for letter in bare)
    return bool(_OWNERS.fullmatch(bare)) or (named and not (starts_sentence and not bare.isupper()))


def _is_quoted(text: str, at: int) -> bool:
    """Whether the place stands inside a quoted title."""
    opened = max(text.rfind("‘", 0, at), text.rfind("“", 0, at))
    if opened < 0:
        return False
    closer = "”" if text[opened] == "“" else "’"
    return not re.search(rf"{closer}(?![A-Za-z])", text[opened:at])


def changes_text(mention: PartMention) -> bool:
    """Whether the words before the part speak of changing or obeying it, as one does a rule and not a paper."""
    before = mention.text[max(0, mention.start - 60) : mention.start]
    return bool(_CHANGES.search(re.split(r"[.!?;]\s", before)[-1]))


def points(mention: PartMention) -> bool:
    """Whether the words before the part send the reader there: "see", "in", "set out in", a bracket."""
    return bool(_POINTS.search(mention.text[max(0, mention.start - 40) : mention.start]))


def speaks_of_documents(text: str) -> bool:
    """Whether a text names another kind of document, whose parts it may mean."""
    told = _MENTION.sub("", _THIS_ONE.sub("", text))
    return bool(_OTHER_DOCUMENT.search(told))


def _key(kind: str, name: str) -> str:
    return f"{_named(kind)} {name.upper()}"


def _named(kind: str) -> str:
    lower = kind.lower().rstrip(".")
    for name in ("Appendi", "Ann", "An", "Attachment", "Table", "Fig", "Section", "Schedule", "Enclosure"):
        if lower.startswith(name.lower()):
            return {"Appendi": "Appendix", "Ann": "Annex", "An": "Annex", "Fig": "Figure"}.get(name, name)
    return kind
