"""The rulebook: dated values with their source and how sure we are of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from secretariat.core.rulebook import MARKS, RULEBOOK, Rulebook, UnknownRule

GOOD = """
[referral.window_wd]
meaning = "Working Days in which a decision can be referred"
values = [
  { value = 15, effective_from = 2020-07-01, source = "B", mark = "inferred", note = "N" },
  { value = 10, effective_from = 2013-09-23, source = "A", mark = "sourced" },
]
[panel.name]
meaning = "What it is called"
values = [{ value = "SECP", effective_from = 2013-09-23, source = "A", mark = "general knowledge, low" }]
[panel.open]
meaning = "Whether it is open"
values = [{ value = true, effective_from = 2013-09-23, source = "A", mark = "setting" }]
"""


def book(tmp_path: Path, text: str = GOOD) -> Rulebook:
    path = tmp_path / "code.toml"
    path.write_text(text, encoding="utf-8")
    return Rulebook(path)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (date(2013, 9, 23), 10),
        (date(2020, 6, 30), 10),
        (date(2020, 7, 1), 15),
        (datetime(2020, 6, 30, 22, 59, tzinfo=UTC), 10),
        (datetime(2020, 6, 30, 23, 0, tzinfo=UTC), 15),
    ],
    ids=["first day", "day before", "day of change", "before London midnight", "at London midnight"],
)
def test_the_value_in_force_is_the_newest_whose_day_has_come(tmp_path: Path, at: date, value: int) -> None:
    assert book(tmp_path).number("referral.window_wd", at) == value


def test_no_value_is_in_force_before_the_first(tmp_path: Path) -> None:
    with pytest.raises(UnknownRule, match="no value for referral.window_wd on 2013-09-22"):
        book(tmp_path).number("referral.window_wd", date(2013, 9, 22))


def test_an_unknown_key_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownRule, match="no value for referral.other"):
        book(tmp_path).number("referral.other", date(2020, 1, 1))


def test_a_value_is_asked_for_as_what_it_is(tmp_path: Path) -> None:
    made, on = book(tmp_path), date(2020, 1, 1)
    assert made.text("panel.name", on) == "SECP"
    assert made.switch("panel.open", on) is True
    with pytest.raises(TypeError, match="panel.name is not a whole number"):
        made.number("panel.name", on)
    with pytest.raises(TypeError, match="panel.open is not a whole number"):
        made.number("panel.open", on)
    with pytest.raises(TypeError, match="referral.window_wd is not a switch"):
        made.switch("referral.window_wd", on)


def test_an_entry_tells_its_source_and_its_doubt(tmp_path: Path) -> None:
    made = book(tmp_path)
    newer = made.entry("referral.window_wd", date(2021, 1, 1))
    assert (newer.source, newer.note, newer.verified) == ("B", "N", False)
    assert newer.doubt == "Deduced from published documents; not stated in them."
    assert made.entry("referral.window_wd", date(2019, 1, 1)).verified
    assert made.entry("panel.open", date(2019, 1, 1)).verified
    assert not made.entry("panel.name", date(2019, 1, 1)).verified


VALUE = 'value = 1, effective_from = 2013-09-23, source = "A", mark = "sourced"'


def key(values: str) -> str:
    """A key with these values."""
    return f'[a.b]\nmeaning = "M"\nvalues = {values}'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a]\nb = 1", "a.b in the rulebook has no meaning"),
        ('[a.b]\nmeaning = "M"', "a.b in the rulebook has no values"),
        (key("[]"), "a.b in the rulebook has no values"),
        (key('[{ value = 1, source = "A" }]'), "a.b in the rulebook lacks effective_from, mark"),
        (key(f"[{{ {VALUE.replace('sourced', 'sure')} }}]"), "a.b in the rulebook is marked 'sure'; use one of"),
        (key(f'[{{ {VALUE}, colour = "red" }}]'), "a.b in the rulebook has the unknown colour"),
        (key(f"[{{ {VALUE.replace('2013-09-23', repr('2013'))} }}]"), "a.b in the rulebook begins on '2013'"),
        (key(f"[{{ {VALUE} }}, {{ {VALUE} }}]"), "a.b in the rulebook has two values from the same day"),
    ],
)
def test_a_malformed_key_is_named_with_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        book(tmp_path, text).entries  # noqa: B018 - reading it is the test


def test_the_shipped_rulebook_says_of_every_value_where_it_stands_and_how_sure_we_are() -> None:
    assert len(RULEBOOK.entries) > 10
    for key, values in RULEBOOK.entries.items():
        for entry in values:
            assert entry.mark in MARKS, key
            assert entry.source.strip(), key
            assert entry.meaning.strip(), key
            assert not entry.meaning.endswith("."), key


def test_every_role_has_a_clearance() -> None:
    assert {key.split(".")[-1] for key in RULEBOOK.entries if key.startswith("information.clearance.")} == {
        "secretariat", "party_contact", "committee_member", "dcc", "authority", "assessor",
    }  # fmt: skip
