"""Words printed on a page of a PDF, with their coordinates from the top left of the page as it is read."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pypdfium2.raw as pdfium

MOST_LETTERS: Final = 200_000
_JOINS: Final = 0.18
_BOLD: Final = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_PLAIN: Final = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\x02": "-", "\ufffe": "-"})
_RAISED: Final = str.maketrans("0123456789abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_ORDINAL: Final = re.compile(r"st|nd|rd|th", re.IGNORECASE)
_SKEWED: Final = -1


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, from the top left of the upright page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them: where they stand, their baseline, size, weight, and the tag they carry.

    `raised` is a footnote's mark, whose baseline is told as that of the words it hangs on; `glued` follows the word
    before without a space; `turned` stands sideways on its page.
    """

    text: str
    box: Box
    base: float
    size: float
    bold: bool = False
    tag: int = -1
    raised: bool = False
    glued: bool = False
    turned: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the word."""
        return (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: where it lies across its direction, and from where to where along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Shape:
    """Something drawn that is no rule: where it stands, and whether it has curves or many corners."""

    box: Box
    curved: bool


@dataclass(slots=True)
class Print:
    """A page as printed: words in the order of the file, rules, pictures, shapes; and how many things are drawn, and
    how many letters have no meaning."""

    frame: Frame
    words: list[Word] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    drawn: int = 0
    unknown: int = 0

    @property
    def width(self) -> float:
        """How wide the upright page is, in points."""
        return self.frame.width

    @property
    def height(self) -> float:
        """How high the upright page is, in points."""
        return self.frame.height


def printed(page: Any, text: Any) -> Print:
    """The words printed on a loaded page with its loaded text, both of pdfium. Letters set askew are left out."""
    letters = _Letters(text)
    letters.read()
    turn = letters.turn
    frame = Frame(page, turn)
    made = Print(frame, unknown=letters.unknown)
    for direction, words in letters.words.items():
        if direction != _SKEWED:
            made.words += (frame.placed(word, direction) for word in words)
    made.words = [word for word in made.words if frame.shows(word.box)]
    return made


def joined(words: Iterable[Word]) -> str:
    """The words as one text; raised digits and letters as raised signs, so that they are not read with their word."""
    told: list[str] = []
    for word in words:
        text = word.text
        if word.raised and not _ORDINAL.fullmatch(text):
            text = text.translate(_RAISED)
        told.append(text if word.glued or not told else f" {text}")
    return "".join(told)


def in_lines(words: Iterable[Word]) -> list[list[Word]]:
    """The words in printed lines from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.box.left)):
        if lines and word.base - lines[-1][0].base <= 0.3 * min(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word.box.left)
    return lines


@dataclass(slots=True)
class _Style:
    """What the letters of one text object share: pdfium sets each on one baseline."""

    size: float
    bold: bool
    tag: int
    direction: int
    base: float
    top: float
    bottom: float


@dataclass(slots=True)
class _Run:
    """Letters on their way to a word; `last` is where the last of them begins, `base` the line they are told on."""

    letters: list[str]
    left: float
    right: float
    last: float
    base: float
    style: _Style
    raised: bool = False
    glued: bool = False


class _Letters:
    """The letters of a page in the order of the file, put together to words, each in its own upright direction."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self.words: dict[int, list[Word]] = {}
        self.unknown = 0
        self._count: Counter[int] = Counter()
        self._styles: dict[int, _Style] = {}
        self._run: _Run | None = None

    @property
    def turn(self) -> int:
        """The direction in which most letters of the page are set."""
        return self._count.most_common(1)[0][0] if self._count else 0

    def read(self) -> None:
        """Reads every letter, up to a bound that no page of words reaches."""
        text, box = self.text, pdfium.FS_RECTF()
        box_at = ctypes.byref(box)
        code_of, owner_of, box_of = (
            pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetLooseCharBox,
        )  # fmt: skip
        for at in range(min(pdfium.FPDFText_CountChars(text), MOST_LETTERS)):
            code = code_of(text, at)
            letter = chr(code) if code else ""
            owner = None if letter.isspace() else owner_of(text, at)
            if not owner:
                self._end()
                continue
            if not code or 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
                self.unknown += 1
            box_of(text, at, box_at)
            key = ctypes.addressof(owner.contents)
            style = self._styles.get(key) or self._style(key, owner, at, box)
            if style.direction == 0:
                self._take(at, letter, style, box.left, box.right)
            else:
                ends = (
                    _upright(box.left, box.top, style.direction)[0],
                    _upright(box.right, box.bottom, style.direction)[0],
                )
                self._take(at, letter, style, min(ends), max(ends))
        self._end()

    def _style(self, key: int, owner: Any, at: int, box: Any) -> _Style:
        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetMatrix(self.text, at, ctypes.byref(matrix))
        pdfium.FPDFText_GetCharOrigin(self.text, at, ctypes.byref(x), ctypes.byref(y))
        direction = _direction(matrix.a, matrix.b)
        stretch = max((matrix.c**2 + matrix.d**2) ** 0.5, 1e-6)
        edges = (_upright(box.left, box.top, direction)[1], _upright(box.right, box.bottom, direction)[1])
        made = self._styles[key] = _Style(
            max(pdfium.FPDFText_GetFontSize(self.text, at) * stretch, 0.1),
            self._is_bold(at),
            pdfium.FPDFPageObj_GetMarkedContentID(owner),
            direction,
            _upright(x.value, y.value, direction)[1],
            min(edges),
            max(edges),
        )
        return made

    def _is_bold(self, at: int) -> bool:
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self.text, at, name, 128, None)
        return bool(_BOLD.search(name.value.decode("latin-1"))) or pdfium.FPDFText_GetFontWeight(self.text, at) >= 600

    def _take(self, at: int, letter: str, style: _Style, left: float, right: float) -> None:
        """Adds a letter to the run of letters that it belongs to."""
        self._count[style.direction] += 1
        run, size, base = self._run, style.size, style.base
        follows = run is not None and (run.raised or run.letters[-1].isdigit())
        raised = (letter.isdigit() or (follows and letter.isalpha())) and self._is_raised(at, style)
        if run is None:
            self._run = _Run([letter], left, right, left, base, style, raised)
            return
        own = run.style
        # The letters of a ligature share one place.
        near = left >= run.last - 0.1 * size and left - run.right <= _JOINS * size and own.direction == style.direction
        level = own is style or (abs(base - own.base) <= 0.08 * size and 0.85 <= size / own.size <= 1.18)
        if near and level and (raised == run.raised or own.base != run.base):
            run.letters.append(letter)
            run.right, run.last = max(run.right, right), left
            return
        self._end()
        near = near and abs(base - run.base) <= 0.6 * max(size, own.size)
        small = size <= 0.85 * own.size and 0.1 * own.size <= run.base - base
        big = own.size <= 0.85 * size and 0.1 * size <= base - run.base
        if near and (small or raised):
            # The mark stands on the line of the words that it hangs on.
            self._run = _Run([letter], left, right, left, run.base, style, raised=True, glued=True)
            return
        if near and (big or run.raised):
            self._lower(base)
        self._run = _Run([letter], left, right, left, base, style, raised, glued=near)

    def _is_raised(self, at: int, style: _Style) -> bool:
        """Whether a letter of full size is drawn high up, as some typefaces draw the marks of footnotes."""
        sides = [ctypes.c_double() for _ in range(4)]
        if style.direction or not pdfium.FPDFText_GetCharBox(self.text, at, *map(ctypes.byref, sides)):
            return False
        return -sides[2].value < style.base - 0.2 * style.size

    def _lower(self, base: float) -> None:
        """The last word turns out to be a mark before the word that begins here."""
        words = self.words[self._last]
        words[-1] = replace(words[-1], base=base, raised=True)

    def _end(self) -> None:
        run, self._run = self._run, None
        if run is None:
            return
        self._last = run.style.direction
        self.words.setdefault(self._last, []).append(
            Word(
                "".join(run.letters).translate(_PLAIN),
                Box(run.left, run.style.top, run.right, run.style.bottom),
                run.base,
                run.style.size,
                run.style.bold,
                run.style.tag,
                run.raised,
                run.glued,
            )
        )


def _direction(a: float, b: float) -> int:
    """The direction in which letters run: 0, 90, 180 or 270 degrees, or askew."""
    if abs(b) <= 0.05 * abs(a):
        return 0 if a >= 0 else 180
    if abs(a) <= 0.05 * abs(b):
        return 90 if b > 0 else 270
    return _SKEWED


def _upright(x: float, y: float, direction: int) -> tuple[float, float]:
    """A point of the page, whose y runs upwards, as letters of that direction see it, whose y runs down; or back."""
    if direction == 90:
        return y, x
    if direction == 180:
        return -x, y
    if direction == 270:
        return -y, -x
    return x, -y


class Frame:
    """The upright page: where its top left lies and how large it is."""

    def __init__(self, page: Any, turn: int) -> None:
        self.turn = max(turn, 0)
        sides = [ctypes.c_float() for _ in range(4)]
        at = [ctypes.byref(side) for side in sides]
        if not (pdfium.FPDFPage_GetCropBox(page, *at) or pdfium.FPDFPage_GetMediaBox(page, *at)):
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            sides = [ctypes.c_float(value) for value in (0, 0, width, height)]
        left, bottom, right, top = (side.value for side in sides)
        (x0, y0), (x1, y1) = _upright(left, bottom, self.turn), _upright(right, top, self.turn)
        self.x, self.y = min(x0, x1), min(y0, y1)
        self.width, self.height = abs(x1 - x0), abs(y1 - y0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page in this frame."""
        across, down = _upright(x, y, self.turn)
        return across - self.x, down - self.y

    def box(self, points: Iterable[tuple[float, float]]) -> Box:
        """The box around points of the page."""
        xs, ys = zip(*(self.point(*point) for point in points), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def placed(self, word: Word, direction: int) -> Word:
        """A word of an upright direction of its own, in this frame."""
        box = word.box
        if direction == self.turn:
            moved = Box(box.left - self.x, box.top - self.y, box.right - self.x, box.bottom - self.y)
            return Word(
                word.text, moved, word.base - self.y, word.size, word.bold, word.tag, word.raised, word.glued
            )  # fmt: skip
        moved = self.box(_upright(*corner, direction) for corner in ((box.left, box.top), (box.right, box.bottom)))
        return replace(word, box=moved, base=moved.bottom, turned=True)

    def shows(self, box: Box) -> bool:
        """Whether a box lies on the page."""
        return box.right > 0 and box.bottom > 0 and box.left < self.width and box.top < self.height
