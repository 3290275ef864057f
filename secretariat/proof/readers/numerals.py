"""Numbers of lists and headings as a word processor prints them."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN: Final = 3999
_MOST_LETTERS: Final = 780


def numeral(number: int, form: str) -> str:
    """A number in a form named as Word names it ("decimal", "lowerRoman", "upperLetter"); digits in any other."""
    if form in {"lowerRoman", "upperRoman"} and 0 < number <= _MOST_ROMAN:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= _MOST_LETTERS:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written
