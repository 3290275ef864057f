"""How long it takes to become a party: each step's day reckoned from a day of applying, with its working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.register.accession.procedure import advised_by

FRIDAY = 4
USUAL_DAYS = 5
"""Working Days that an applicant is taken to need for paying and signing, where nobody says otherwise."""


@dataclass(frozen=True)
class Milestone:
    """One thing that happens on the way: what, whose it is to do, by when, and how the day is reckoned."""

    what: str
    whose: str
    day: date
    why: str


@dataclass(frozen=True)
class Timeline:
    """The way to one Board: its milestones, whether the Board is in reach, and the last day to apply for it."""

    milestones: tuple[Milestone, ...]
    board_day: date
    in_reach: bool
    latest_start: date


def timeline(start: date, board_day: date | None = None, own_days: int = USUAL_DAYS) -> Timeline:
    """The way of who applies on a day and takes so many Working Days to pay and sign (rules PTY-23, PTY-24).

    Without a day of the Board it is the first usual one that can be reached. Raises OutsideCalendarError for years
    whose bank holidays are not known.
    """
    days = calendar()
    counts = days.effective_day(datetime.combine(start, time(12), tzinfo=LONDON))
    answered = days.working(counts, RULEBOOK.number("party.reply_wd", start))
    returned = days.working(answered.result, own_days)
    board = board_day or first_board_after(returned.result)
    last = advised_by(board)
    milestones = (
        Milestone("You send the application", "You", start,
                  "" if counts == start else "No Working Day, so it counts on the next one."),
        Milestone("You have a reply, and the invoice when all is in order", "The administrator", answered.result,
                  f"Usually. {answered.sentence()}"),
        Milestone("You have paid, and handed in the signed, undated agreement", "You", returned.result,
                  returned.sentence()),
        Milestone("The Board is advised of the agreement, at the latest", "The administrator", last,
                  f"{(board - last).days} days before the Board."),
        Milestone("The Board executes the agreement: you are a party", "SECCo's Board", board,
                  "The accession date is the day of the execution."),
    )  # fmt: skip
    return Timeline(milestones, board, returned.result <= last, latest_start(board, own_days))


def usual_board_day(month: Month) -> date:
    """The day on which the Board usually meets in a month: a Friday that the rulebook names.

    Where that is no Working Day the Friday after is taken.
    """
    number = RULEBOOK.number("party.board_friday", month.first)
    day = month.first + timedelta(days=(FRIDAY - month.first.weekday()) % 7 + 7 * (number - 1))
    return day if calendar().is_working_day(day) else day + timedelta(days=7)


def first_board_after(returned: date) -> date:
    """The first usual Board that can still be advised in time of an agreement returned on a day."""
    month = Month.of(returned)
    while advised_by(usual_board_day(month)) < returned:
        month = month.plus(1)
    return usual_board_day(month)


def latest_start(board_day: date, own_days: int = USUAL_DAYS) -> date:
    """The last day on which to apply for a Board, reckoned back from it."""
    days = calendar()
    last = advised_by(board_day)
    by = last if days.is_working_day(last) else days.add(last, -1)
    return days.add(by, -own_days - RULEBOOK.number("party.reply_wd", board_day))
