"""The few lines of a calendar invitation that a person reads: what, when, where and from whom. Nothing is accepted."""

from __future__ import annotations

import re

from secretariat.post.headers import plain

SIZE_LIMIT = 200_000
WORDS = {
    "REQUEST": "Invitation",
    "CANCEL": "Invitation withdrawn",
    "REPLY": "Answer to an invitation",
    "COUNTER": "Another time proposed",
}
TIMES = (("DTSTART", "From"), ("DTEND", "To"))
WHEN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})[0-9]{2}(Z?))?")
LINE = re.compile(r"(?im)^(SUMMARY|DTSTART|DTEND|LOCATION|ORGANIZER|METHOD|STATUS)((?:;[^:\n]{0,200})?):(.{0,500})$")


def told(content: str) -> str:
    """What the first event of an iCalendar text says, in a line for each fact; nothing when it holds no event."""
    text = re.sub(r"\n[ \t]", "", content[:SIZE_LIMIT].replace("\r\n", "\n").replace("\r", "\n"))
    _, begins, event = text.partition("BEGIN:VEVENT")
    if not begins:
        return ""
    method = next((value.strip().upper() for name, _, value in LINE.findall(text) if name.upper() == "METHOD"), "")
    found: dict[str, tuple[str, str]] = {}
    for name, options, value in LINE.findall(event.partition("END:VEVENT")[0]):
        found.setdefault(name.upper(), (options, value.strip()))
    lines = [f"{WORDS.get(method, 'Calendar entry')}: {_unescaped(found.get('SUMMARY', ('', 'without a title'))[1])}"]
    lines += [f"{word}: {_when(*found[name])}" for name, word in TIMES if name in found]
    if "LOCATION" in found:
        lines.append(f"Where: {_unescaped(found['LOCATION'][1])}")
    if "ORGANIZER" in found:
        lines.append(f"Organiser: {re.sub('(?i)^mailto:', '', found['ORGANIZER'][1])}")
    return plain("\n".join(lines))


def _unescaped(value: str) -> str:
    return re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", " ", value))


def _when(options: str, value: str) -> str:
    zone = re.search(r"(?i)TZID=\"?([^;\":]+)", options)
    found = WHEN.fullmatch(value)
    if found is None:
        return value[:40]
    year, month, day, hour, minute, universal = found.groups()
    clock = f" {hour}:{minute}" if hour else ""
    return f"{year}-{month}-{day}{clock}{' UTC' if universal else ''}{f' ({zone.group(1)})' if zone else ''}"
