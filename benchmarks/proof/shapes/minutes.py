"""A committee's minutes: attendance, the minutes before, items of business, a table of actions."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.proof.content import Content, Draft, counted, tag, word
from benchmarks.proof.names import TITLES, later, slashed, some_days, workday_after, written
from secretariat.plain.months import Month

SEATS = (
    "Chair",
    "Member for Generators",
    "Member for Suppliers",
    "Member for Networks",
    "Consumer Member",
    "Independent Member",
    "Alternate for Suppliers",
)
DOCUMENTS = (
    "budget forecast",
    "disputes log",
    "risk register",
    "terms of reference",
    "audit tender",
    "vote record",
    "work plan",
)
GUESTS = ("Authority observer", "Legal adviser", "Delivery company", "Auditor")


def paper(seed: int, back: int = 0) -> Content:
    """The minutes of the seed's meeting."""
    draw = Random(f"minutes facts {seed}")
    month = Month(draw.randint(2015, 2023), draw.randint(1, 12))
    met = some_days(draw, month, 1)[0]
    draft = Draft("minutes", seed, met, month)
    number = draw.randint(12, 99)
    following = later(met, 28)
    draft.title(
        f"Minutes of Meeting {number} of the Settlement Panel",
        Meeting_date=tag("weekday+date+meeting:this", f"{met:%A} {written(met)}"),
        Reference=tag("mref+ident", f"STP_{number}_{met:%d%m}_01"), Status="Final",
    )  # fmt: skip
    _attendance(draft)
    _before(draft, number, month)
    _business(draft, met)
    _actions(draft, met, number)
    draft.head("Next meeting", about=True)
    draft.say(
        "The next meeting will be held on "
        f"{tag('weekday+date+future+meeting:next', f'{following:%A} {written(following)}')}. "
        f"Papers for the next meeting are due by {tag('wd:before+date', f'{written(workday_after(following, -5))}')}, "
        "five Working Days before it."
    )
    return draft.paper


def _attendance(draft: Draft) -> None:
    draw = draft.draw
    seats = [seat for seat in SEATS if seat == "Chair" or draw.random() < 0.8]
    guests = [guest for guest in GUESTS if draw.random() < 0.7] or ["Auditor"]
    draft.head("Attendance and apologies")
    draft.say(f"{tag('count+agr', counted(len(seats), 'member').capitalize())} attended:")
    draft.items(*seats, announced=True)
    draft.say(f"{tag('count+agr', counted(len(guests), 'guest').capitalize())} joined for part of the meeting:")
    draft.items(*guests, announced=True)
    draft.say(
        f"The meeting was quorate throughout. Apologies came from the {tag('abbr:TDC', 'Trading Disputes Committee')} "
        "(TDC)."
    )


def _before(draft: Draft, number: int, month: Month) -> None:
    draft.head("Minutes of the last meeting")
    draft.say(
        f"The minutes of meeting {number - 1}, held in {month.plus(-1).label}, were approved. The minutes were amended "
        "at item 4, "
        "where a reference to the disputes deadline was removed."
    )


def _business(draft: Draft, met: date) -> None:
    draw = draft.draw
    first, second = draw.sample(range(100, 420), 2)
    titles = draw.sample(TITLES, 2)
    favour, against, none = draw.randint(4, 8), draw.randint(1, 3), draw.randint(1, 2)
    cast = favour + against + none
    draft.head("Business")
    draft.sub(f"Modification P{first}", about=False)
    draft.say(
        f"The Panel considered {tag('ident', f'P{first}')} ‘{tag('title:a', titles[0])}’. Of "
        f"{tag('same:votes', word(cast))} votes cast, "
        f"{tag('part:votes', word(favour))} were in favour, {tag('part:votes', word(against))} against and "
        f"{tag('part:votes', word(none))} abstained. A decision by the Authority is expected in {met.year + 1}."
    )
    draft.say(f"The Panel noted that all {tag('same:votes', word(cast))} votes had been recorded with reasons.")
    draft.sub("Disputes", about=True)
    opened, closed = draw.randint(4, 15), draw.randint(1, 3)
    draft.say(
        f"The Panel heard from the {tag('abbr:TDC', 'Trading Disputes Committee')} (TDC) that "
        f"{tag('agr', counted(opened, 'dispute'))} "
        f"had been opened and {tag('agr', counted(closed, 'dispute'))} closed in the quarter. The disputes are "
        "described in "
        f"section {tag('refto:section', '3.1')} of these minutes only so far as they bear on "
        f"{tag('ident', f'P{first}')}."
    )
    draft.sub("Budget", about=True)
    spent = draw.randint(61, 94)
    draft.say(
        f"The budget stood at {spent}% spent. The Panel asked for a forecast of the budget to the year end, and for "
        "the contingency "
        f"to be shown apart. It was reminded of {tag('ident', f'P{second}')} ‘{tag('title:b', titles[1])}’, and that "
        f"{tag('ident', f'P{first}')} ‘{tag('title:a', titles[0])}’ bears on the same clause."
    )
    draft.say("Three points were agreed on the budget:".replace("Three", tag("count", "Three")))
    draft.items(
        "the contingency is to be reported each quarter;", "travel is to be kept within last year's sum; and",
        "the auditor's fee is to be tendered.", announced=True, marks="letter",
    )  # fmt: skip


def _actions(draft: Draft, met: date, number: int) -> None:
    draw = draft.draw
    count = draw.randint(3, 6)
    draft.head("Actions", about=True)
    draft.say(
        f"The actions of this meeting are in {tag('refto:table', f'Table {draft.next_table}')}. "
        f"{tag('count:table', word(count).capitalize())} actions are open."
    )
    rows = [
        [
            tag("ident", f"A{number}/{at + 1:02d}"),
            draw.choice(["Circulate", "Revise", "Publish", "Bring back"]) + " the " + what,
            draw.choice(SEATS),
            tag("date", slashed(later(met, draw.randint(7, 26)))),
        ]
        for at, what in enumerate(draw.sample(DOCUMENTS, count))
    ]
    draft.table("Open actions", ["Action", "What", "Owner", "Due"], rows)
