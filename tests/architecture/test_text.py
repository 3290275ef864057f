"""What is kept here speaks of the product, and runs anywhere."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT, text_files

# Each is written in two parts, so that this file does not hold what it forbids.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.{}])/(?:wo" + r"rk|ho" + r"me/\w+|ro" + r"ot|Us" + r"ers)/",
    "a temporary path": r"[\"']/t" + r"mp\b",
    "a package registry": r"(?:py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.(?:com|org)|arti" + r"factory)",
    "work left undone": r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b",
    "the file of notes": r"\bdoss" + r"iers?\b",
    "a numbered task": r"\biss" + r"ues? #?[0-9]+\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    sought = re.compile(FORBIDDEN[what], re.IGNORECASE if what == "the file of notes" else 0)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if sought.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of one machine", "open('/wo" + "rk/x')"),
        ("a temporary path", "Path('/t" + "mp')"),
        ("a package registry", "https://py" + "pi.org/simple"),
        ("work left undone", "# TO" + "DO later"),
        ("the file of notes", "see the Doss" + "ier"),
        ("a numbered task", "as iss" + "ue 12 says"),
    ],
)
def test_what_is_forbidden_is_found(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line, re.IGNORECASE)
