"""An annual budget paper: pounds by cost line and quarter, totals across and down, and shares of the whole."""

from __future__ import annotations

from random import Random

from benchmarks.proof.content import Content, Draft, counted, tag
from benchmarks.proof.names import later, some, working_days, written
from secretariat.plain.months import Month

LINES = (
    "Staff", "Accommodation", "Audit", "Legal advice", "Information systems", "Travel", "Consultants", "Training",
    "Insurance", "Communications",
)  # fmt: skip
HEADS = ("Operations", "Projects", "Contingency", "Reserves")


def paper(seed: int, back: int = 0) -> Content:
    """The budget paper of the seed's year."""
    facts = Random(f"budget facts {seed}")
    year = facts.randint(2015, 2023)
    dated = working_days(Month(year, 1))[facts.randint(4, 15)]
    draft = Draft("budget", seed, dated, Month(year, 1))
    draw = draft.draw
    meeting = later(dated, 14)
    coming = f"{year}/{(year + 1) % 100:02d}"
    draft.title(
        f"Draft Budget {coming}",
        Date=tag("date", written(dated)),
        Paper_reference=tag("mref+ident", f"BRD_{draw.randint(20, 80)}_{meeting:%d%m}_03"),
        Classification="Amber",
    )
    lines = some(draw, LINES, 6)
    money = [[draw.randint(4, 900) * 500 for _ in range(4)] for _ in lines]
    totals = [sum(row) for row in money]
    quarters = [sum(column) for column in zip(*money, strict=True)]
    every = sum(totals)
    before = every - draw.randint(10, 90) * 1000
    largest = max(range(6), key=lambda at: totals[at])
    draft.head("Purpose")
    draft.say(
        f"The Board is asked to approve the draft budget for the year from 1 April {year} to 31 March {year + 1}, "
        "which comes to "
        f"{tag('n+same:sum', f'£{every:,}')}. The meeting is on {tag('date+meeting:board', written(meeting))}."
    )
    draft.head("Costs by quarter", about=True)
    draft.say(
        f"{tag('refto:table', f'Table {draft.next_table}')} gives the costs by quarter. The largest cost is "
        f"{lines[largest]}, at "
        f"{tag('n', f'£{totals[largest]:,}')}; the costs of the first quarter are {tag('n', f'£{quarters[0]:,}')}."
    )
    made = [
        [label, *(f"{value:,}" for value in row), f"{sum(row):,}"]
        for label, row in zip([*lines, "Total"], [*money, quarters], strict=True)
    ]
    sums = [(at, 5, "row") for at in range(7)] + [(6, at, "column") for at in range(1, 6)]
    draft.table(
        f"Costs by quarter, {coming} (£)", ["Cost", "Q1", "Q2", "Q3", "Q4", "Year"], made, sums=sums, family="lines"
    )
    _against(draft, lines, totals, before, coming, year)
    _shares(draft, every)
    draft.head("Timetable")
    draft.say(
        f"Parties may comment until {tag('date+deadline+future', written(later(meeting, 20)))}. The budget takes "
        f"effect on 1 April {year}. "
        f"The {tag('abbr:FAC', 'Finance and Audit Committee')} (FAC) will review it in {Month(year, 9).label}, and the "
        f"{tag('abbr:FAC', 'Finance and Audit Committee')} (FAC) will report "
        f"{tag('agr', counted(draw.randint(2, 4), 'time'))} in the year."
    )
    return draft.paper


def _against(draft: Draft, lines: list[str], totals: list[int], before: int, coming: str, year: int) -> None:
    draw = draft.draw
    thousands = [value / 1000 for value in totals]
    last = [round(value * draw.uniform(0.85, 1.1)) for value in thousands]
    now = [int(value + 0.5) for value in thousands]
    sums = [(len(lines), 1, "column"), (len(lines), 2, "column")]
    rows = [
        [label, f"{one:,}", f"{two:,}"]
        for label, one, two in zip([*lines, "Total"], [*last, sum(last)], [*now, sum(now)], strict=True)
    ]
    draft.head("Comparison with last year", about=True)
    draft.say(
        f"{tag('refto:table', f'Table {draft.next_table}')} sets the budget beside that of last year, for comparison, "
        "rounded to the nearest thousand. "
        f"Last year's budget was £{tag('n', f'{sum(last):,}')} thousand."
    )
    draft.table(
        f"Budget of {year - 1}/{year % 100:02d} and {coming} (£ thousand)",
        ["Cost", f"{year - 1}/{year % 100:02d}", coming],
        rows,
        sums=sums,
        rounded=True,
        declared=True,
        family="lines",
    )


def _shares(draft: Draft, every: int) -> None:
    draw = draft.draw
    cuts = sorted(draw.sample(range(8, 92, 4), 3))
    shares = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]]
    draft.head("Use of funds", about=True)
    draft.say(
        f"The budget of {tag('same:sum', f'£{every:,}')} is divided among {tag('count', 'four')} funds: Operations, "
        "Projects, Contingency and "
        f"Reserves. Of the funds, Operations takes {tag('n', f'{shares[0]}%')}."
    )
    draft.table(
        "Use of funds",
        ["Fund", "Share"],
        [*([name, f"{share}%"] for name, share in zip(HEADS, shares, strict=True)), ["Total", "100%"]],
        shares=[1],
    )
