"""Faults of words: structure, identifiers, agreement."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Final

from benchmarks.proof.content import Chart, Content, Grid, Head, Items, Text, printed
from benchmarks.proof.sites import (
    Fault,
    Site,
    charts,
    following,
    grids,
    pick,
    sites,
)

OTHER_WORDS: Final = {
    "User": "Usage",
    "Assurance": "Assessment",
    "Scheme": "Standard",
    "Trading": "Transfer",
    "Disputes": "Decisions",
    "Committee": "Council",
    "Regional": "Retail",
    "Service": "Supply",
    "Board": "Body",
    "Finance": "Financial",
    "Audit": "Accounts",
    "Harmonised": "Home",
    "Interface": "Interchange",
    "Profile": "Protocol",
    "Governance": "Government",
    "Technical": "Technology",
    "Standards": "Standard",
    "Certificate": "Certification",
    "Policy": "Policies",
    "Authority": "Agency",
    "Consumer": "Customer",
    "Protection": "Protected",
    "Forum": "Function",
    "Coordination": "Coordinated",
    "Performance": "Performing",
    "Market": "Marketing",
}


def caption_number(content: Content, draw: Random) -> Fault | None:
    """A table's or figure's number repeats the one before, or skips one."""
    tables, figures = [each for each in grids(content) if each.number], charts(content)
    options: list[tuple[Grid | Chart, list[Grid] | list[Chart]]] = [(each, tables) for each in tables[1:]]
    options += [(each, figures) for each in figures[1:]]
    if not options:
        return None
    block, like = draw.choice(options)
    last = block is like[-1]
    block.number = str(int(block.number) + (1 if last and draw.random() < 0.5 else -1))
    named = "Table" if isinstance(block, Grid) else "Figure"
    referring = [each.block for each in sites(content, "refto")]
    return Fault("caption-number", (f"{named} {block.number}",), (block, *like, *referring))


def section_number(content: Content, draw: Random) -> Fault | None:
    """A section's number repeats the one before, or skips one."""
    heads = [block for block in content.blocks if isinstance(block, Head) and block.number]
    if len(heads) < 3:
        return None
    at = draw.randrange(1, len(heads))
    head = heads[at]
    stem, _, last = head.number.rpartition(".")
    step = 1 if last == "1" else draw.choice([-1, 1])
    head.number = f"{stem}{'.' if stem else ''}{int(last) + step}"
    words = (f"{head.number} {head.text}", f"{head.number}. {head.text}")
    referring = [each.block for each in sites(content, "refto")]
    return Fault("section-number", words, (*heads[max(0, at - 1) : at + 2], *referring))


def footnote_number(content: Content, draw: Random) -> Fault | None:
    """A footnote's mark repeats or skips, above and below."""
    if len(content.notes) < 2:
        return None
    at = draw.randrange(1, len(content.notes))
    note = content.notes[at]
    now = str(int(note.mark) + (1 if at == len(content.notes) - 1 and draw.random() < 0.5 else -1))
    site = next(each for each in sites(content, "note") if each.words == note.mark)
    site.remark(now, "note")
    note.mark = now
    return Fault("footnote-number", (now,), (site.block, *content.notes))


def missing_target(content: Content, draw: Random) -> Fault | None:
    """A reference leads to an appendix, table, figure or section that the paper does not have."""
    site = pick(draw, sites(content, "refto"))
    if site is None:
        return None
    if site.key == "appendix":
        now = f"Appendix {draw.choice('CDE')}"
    else:
        at = re.search(r"[0-9.]+$", site.words)
        if at is None:
            return None
        most = max(
            (
                int(block.number.split(".")[0])
                for block in content.blocks
                if isinstance(block, Head | Grid | Chart) and block.number
            ),
            default=0,
        )
        now = site.words[: at.start()] + str(most + draw.randint(1, 4))
    site.write(now)
    return Fault("missing-target", (now,), (site.block,))


def attachment_class(content: Content, draw: Random) -> Fault | None:
    """An attachment's class was changed in one of the places that tell it."""
    many = Counter(each.key for each in sites(content, "class"))
    site = pick(draw, [each for each in sites(content, "class") if many[each.key] > 1])
    if site is None:
        return None
    now = draw.choice([each for each in ("White", "Green", "Amber", "Red") if each != site.words])
    blocks = tuple(each.block for each in sites(content, "class") if each.key == site.key)
    site.write(now)
    return Fault("attachment-class", (f"({now})", f"Appendix {site.key}"), blocks)


def heading_content(content: Content, draw: Random) -> Fault | None:
    """Two sections' paragraphs were pasted under each other's heading."""
    heads = [block for block in content.blocks if isinstance(block, Head) and block.about]
    pairs = [(head, following(content, head)) for head in heads]
    texts = [(head, text) for head, text in pairs if isinstance(text, Text)]
    if len(texts) < 2:
        return None
    (head, one), (other, two) = draw.sample(texts, 2)
    one.text, two.text = two.text, one.text
    one.key, two.key = two.key, one.key
    return Fault("heading-content", (head.text, other.text), (head, one, other, two), mild=True)


def absent_list(content: Content, draw: Random) -> Fault | None:
    """A list was announced and not pasted."""
    announced = [block for block in content.blocks if isinstance(block, Items) and block.announced]
    if not announced:
        return None
    gone = draw.choice(announced)
    at = next(at for at, block in enumerate(content.blocks) if block is gone)
    told = content.blocks[at - 1]
    content.blocks.pop(at)
    return Fault("absent-list", (printed(told)[-40:],), (told,))


def malformed_reference(content: Content, draw: Random) -> Fault | None:
    """A reference has a letter O for a nought, a digit too many or too few, or a stray space."""
    site = pick(draw, sites(content, "ident"))
    if site is None:
        return None
    ways = [lambda words: words.replace("0", "O", 1)] * ("0" in site.words)
    ways += [lambda words: words[: words.rindex("_")] + " " + words[words.rindex("_") :]] * ("_" in site.words)
    digits = re.search(r"[0-9]+$", site.words)
    like = [re.sub("[0-9]", "9", words) for words in {each.words for each in sites(content, "ident")}]
    # The width of a reference is wrong only beside others of its kind.
    if digits and like.count(re.sub("[0-9]", "9", site.words)) > 2:
        ways.append(lambda words: words[: digits.start()] + "0" + words[digits.start() :])
        ways.append(lambda words: words[:-1])
    if not ways:
        return None
    now = draw.choice(ways)(site.words)
    site.write(now)
    return Fault("malformed-reference", (now,), (site.block,))


def reference_style(content: Content, draw: Random) -> Fault | None:
    """A reference is written in another style than its neighbours: with a hyphen or a space, or without."""
    found = [each for each in sites(content, "ident") if re.fullmatch(r"[A-Z]+ ?[0-9]+", each.words)]
    if len(found) < 3:
        return None
    site = draw.choice(found)
    letters, digits = re.findall("[A-Z]+|[0-9]+", site.words)
    now = f"{letters}{draw.choice(['-', '' if ' ' in site.words else ' '])}{digits}"
    site.write(now)
    return Fault("reference-style", (now,), (site.block,), mild=True)


def reference_date(content: Content, draw: Random) -> Fault | None:
    """The day inside a meeting's or a paper's reference is not the day of the meeting."""
    site = pick(draw, sites(content, "mref"))
    if site is None:
        return None
    found = re.search(r"_([0-9]{2})([0-9]{2})(?=_|$)", site.words)
    if found is None:
        return None
    day = int(found[1])
    other = day + draw.choice([-1, 1, 7]) if 2 < day < 21 else day - 1 if day > 2 else day + 1
    now = site.words[: found.start()] + f"_{other:02d}{found[2]}" + site.words[found.end() :]
    site.write(now)
    meetings = tuple(each.block for each in sites(content, "meeting"))
    return Fault("reference-date", (now,), (site.block, *meetings), also=("two-dates-one-meeting",))


def _misspelt(draw: Random, name: str) -> str | None:
    words = name.split()
    at = draw.randrange(len(words))
    ways = []
    if len(words[at]) > 4:
        ways.append(words[at][:-1] if words[at].endswith("s") else words[at] + "s")
        middle = draw.randrange(1, len(words[at]) - 2)
        ways.append(words[at][:middle] + words[at][middle + 1 :])
    longer = [word for word in words if len(word) > 4]
    if not ways or not longer:
        return None
    return " ".join([*words[:at], draw.choice(ways), *words[at + 1 :]])


def two_names(content: Content, draw: Random) -> Fault | None:
    """One thing under two names: a word in the plural, a letter dropped, a word left out."""
    many = Counter(each.key for each in sites(content, "name"))
    site = pick(draw, [each for each in sites(content, "name") if many[each.key] > 1])
    if site is None:
        return None
    words = site.words.split()
    now = _misspelt(draw, site.words)
    if len(words) > 3 and draw.random() < 0.3:
        now = " ".join(words[:1] + words[2:])
    if now is None or now == site.words:
        return None
    blocks = tuple(each.block for each in sites(content, "name") if each.key == site.key)
    site.write(now)
    return Fault("two-names", (now,), blocks, mild=True)


def abbreviation_differs(content: Content, draw: Random) -> Fault | None:
    """An abbreviation is expanded in another way than elsewhere."""
    site = pick(draw, sites(content, "abbr"))
    if site is None:
        return None
    words = site.words.split()
    at = draw.randrange(len(words))
    other = OTHER_WORDS.get(words[at])
    if other is None:
        return None
    now = " ".join([*words[:at], other, *words[at + 1 :]])
    blocks = tuple(each.block for each in sites(content, "abbr") if each.key == site.key)
    site.write(now)
    return Fault("abbreviation-differs", (now,), blocks)


def title_differs(content: Content, draw: Random) -> Fault | None:
    """A proposal's title differs between two mentions."""
    many = Counter(each.key for each in sites(content, "title"))
    site = pick(draw, [each for each in sites(content, "title") if many[each.key] > 1])
    if site is None:
        return None
    words = site.words.split()
    now = _misspelt(draw, site.words) if draw.random() < 0.6 else " ".join(words[:2] + words[3:])
    if now is None:
        return None
    blocks = tuple(each.block for each in sites(content, "title") if each.key == site.key)
    site.write(now)
    return Fault("title-differs", (now,), blocks)


# Carry-over


def number_agreement(content: Content, draw: Random) -> Fault | None:
    """The number was changed in a template, and its noun was not; or the other way about."""
    site = pick(draw, sites(content, "agr"))
    if site is None:
        return None
    number, _, noun = site.words.partition(" ")
    if not noun:
        return _agreement_beyond(site, draw)
    if number.lower() in {"one", "1"}:
        now = f"{number} {noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"
    elif noun.endswith("ies"):
        now = f"{number} {noun[:-3]}y"
    elif number.lower() == "no":
        return None
    elif draw.random() < 0.5:
        now = f"{'One' if number[0].isupper() else 'one'} {noun}"
    else:
        now = f"{number} {noun[:-1]}"
    site.write(now)
    return Fault("number-agreement", (now,), (site.block,))


def _agreement_beyond(site: Site, draw: Random) -> Fault | None:
    follows = re.match(r" (?P<noun>(?:[a-z]+ )?[a-z]+s)\b", site.text[site.end :])
    if follows is None or draw.random() < 0.2:
        return None
    site.write("One" if site.words[0].isupper() else "one")
    return Fault("number-agreement", (f"one{follows[0]}",), (site.block,))
