"""Words that an HTML text hides from its reader: told apart, so that nobody reads them as if they had been said."""

from __future__ import annotations

import re

TAGS_LIMIT = 5_000
HIDES = re.compile(
    r"(?i)display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all|"
    r"(?:font-size|opacity|max-height)\s{0,9}:\s{0,9}0(?:px|pt|em|%)?\s{0,9}(?:[;\"']|$)|(?:^|\s)hidden(?:[\s=/>]|$)"
)
TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40})(?=[\s/>])([^<>]{0,5000})>")
EMPTY = frozenset(("br", "hr", "img", "input", "meta", "link", "col", "area", "base", "source", "wbr"))


def told_apart(text: str) -> tuple[str, str]:
    """An HTML text without what it hides by its own styles, and the words that it hides.

    What is hidden by a tag that nothing closes is left in, as it might be all that was said.
    """
    if not HIDES.search(text) or text.count("<") > TAGS_LIMIT:
        return text, ""
    shown: list[str] = []
    hidden: list[str] = []
    name, depth, place = "", 0, 0
    for tag in TAG.finditer(text):
        (hidden if depth else shown).append(text[place : tag.start()])
        place = tag.end()
        closes, this, more = tag.group(1), tag.group(2).lower(), tag.group(3)
        opens = not closes and this not in EMPTY and not more.endswith("/")
        if depth:
            depth += (opens - bool(closes)) if this == name else 0
            hidden.append(" ")
        elif opens and HIDES.search(more):
            name, depth = this, 1
        else:
            shown.append(tag.group())
    if depth:
        return text, ""
    return "".join([*shown, text[place:]]), " ".join("".join(hidden).split())
