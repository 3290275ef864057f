"""Hexadecimal and decimal octets as people and spreadsheets write them, brought into one form (PRD-11).

Plain functions of a text. What cannot be read is refused with a sentence that says what to do.
"""

from __future__ import annotations

import re

SEPARATORS = re.compile(r"[\s:.\-_]+")
LOOKALIKES = {"O": "a nought for the letter O", "I": "a one for the letter I", "L": "a one for the letter L"}
SHORT = 8
"""Digits up to which a spreadsheet may have taken a value for a number, and dropped its leading noughts."""
NUMBER_LIKE = re.compile(r"[0-9]+([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)


def octets(text: str, least: int, most: int | None = None) -> str:
    """The text as so many octets of capital hexadecimal digits, without prefix or separators: "0A1B".

    Raises ValueError saying what is wrong and what to do.
    """
    return _sized(text, _digits(text, "0123456789ABCDEF", "hexadecimal", "0 to 9 and A to F"), least, most or least)


def bcd(text: str, least: int, most: int | None = None) -> str:
    """The text as so many octets of binary coded decimal: two decimal digits each. Raises ValueError as `octets`."""
    return _sized(text, _digits(text, "0123456789", "decimal", "0 to 9"), least, most or least)


def _digits(text: str, known: str, what: str, which: str) -> str:
    typed = text.strip()
    if NUMBER_LIKE.fullmatch(typed):
        raise ValueError(
            f"“{typed}” is what a spreadsheet makes of digits. Format the column as text and type them again."
        )
    plain = typed.upper().removeprefix("0X")
    parts = [part for part in SEPARATORS.split(plain) if part]
    if len(parts) > 1 and any(len(part) % 2 for part in parts):
        raise ValueError(f"“{typed}” has a part with an odd number of digits. Write two digits for each octet.")
    joined = "".join(parts)
    wrong = sorted({letter for letter in joined if letter not in known})
    if wrong:
        advice = "; write ".join(LOOKALIKES[letter] for letter in wrong if letter in LOOKALIKES)
        more = f" Write {advice}." if advice else f" Use {which} only."
        raise ValueError(f"“{typed}” holds {', '.join(wrong)}, which is no {what} digit.{more}")
    return joined


def _sized(typed: str, digits: str, least: int, most: int) -> str:
    wanted = f"{2 * least}" if least == most else f"{2 * least} to {2 * most}, two for each octet"
    if len(digits) % 2 == 0 and 2 * least <= len(digits) <= 2 * most:
        return digits
    have = "1 digit" if len(digits) == 1 else f"{len(digits)} digits"
    advice = "Look the value up again."
    if 0 < len(digits) < 2 * most <= SHORT:
        padded = digits.zfill(max(2 * least, len(digits) + len(digits) % 2))
        advice = f"If leading noughts were lost, write {padded}."
    raise ValueError(f"“{typed.strip()}” has {have}; {wanted} are needed. {advice}")
