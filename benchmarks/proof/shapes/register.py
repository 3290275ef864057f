"""A register keeper's monthly report: meter points as stock and flow, cases by type; two in a row overlap."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.proof.content import Content, Draft, counted, summed, tag
from benchmarks.proof.names import later, some_days, working_days, written
from secretariat.plain.months import Month

KINDS = ("Change of supplier", "Erroneous transfer", "Address update", "Meter exchange", "Disconnection")


def paper(seed: int, back: int = 0) -> Content:
    """The report of the seed's month, or of so many months before it."""
    facts = Random(f"register facts {seed}")
    month = Month(facts.randint(2015, 2023), facts.randint(1, 12)).plus(-back)
    flows = [(facts.randint(200, 900), facts.randint(50, 190)) for _ in range(14)]
    end = 14 - back
    opening = facts.randint(20_000, 90_000) + sum(came - went for came, went in flows[: end - 1])
    came, went = flows[end - 1]
    closing = opening + came - went
    dated = working_days(month.plus(1))[4]
    draft = Draft("register", seed, dated, month)
    draft.title(
        f"Retail Register: Report for {month.label}",
        Date=tag("date", written(dated)),
        Reference=tag("ident", f"RRR/{month.year}/{month.month:02d}"),
    )
    draft.head("Introduction")
    draft.say(
        f"This report covers {tag('month', month.label)}. It is the record of the register; comments may be sent until "
        f"{tag('date+deadline+future', written(later(dated, 15)))}."
    )
    draft.head("Meter points", about=True)
    draft.say(
        f"The register opened the month with {tag('n', f'{opening:,}')} meter points and closed it with "
        f"{tag('n+stock:points', f'{closing:,}')}. "
        f"{tag('n', came)} meter points were added and {tag('n', went)} removed in {tag('month:hard', month.label)}.",
        key="points",
    )
    draft.table(
        "Meter points",
        ["", month.label],
        [["Opening", f"{opening:,}"], ["Added", str(came)], ["Removed", str(went)], ["Closing", f"{closing:,}"]],
        series="stock",
    )
    _cases(draft, facts, month, end)
    draft.head("Quality", about=True)
    audited = some_days(draft.draw, month, 1)[0]
    late = draft.draw.randint(2, 9)
    draft.say(
        f"The quality audit of {tag('date+year:past', written(audited))} found "
        f"{tag('agr', counted(late, 'late update'))} and no missing record. "
        f"The {tag('name:rdg', 'Register Data Group')} discussed the quality audit; the next one follows in "
        f"{month.plus(3).label}."
    )
    draft.say(
        f"The {tag('name:rdg', 'Register Data Group')} will hold its next meeting on "
        f"{tag('weekday+date+future+year:future', _day(later(dated, 11)))}."
    )
    return draft.paper


def _day(day: date) -> str:
    return f"{day:%A} {written(day)}"


def _cases(draft: Draft, facts: Random, month: Month, end: int) -> None:
    every = [[facts.randint(3, 400) for _ in range(14)] for _ in KINDS]
    rows, sums = summed([row[end - 12 : end] for row in every], list(KINDS))
    total = sum(row[end - 1] for row in every)
    top = max(range(len(KINDS)), key=lambda at: every[at][end - 1])
    draft.head("Cases", about=True)
    draft.say(
        f"{tag('n', total)} cases were closed in {tag('month:hard', month.label)}. {KINDS[top]} was the commonest, "
        "with "
        f"{tag('n', every[top][end - 1])} cases. The cases over the last {tag('span', 'twelve')} months are in "
        f"{tag('refto:table', f'Table {draft.next_table}')}.",
        key="cases",
    )
    draft.table(
        "Cases closed, by month",
        ["Type", *(each.short for each in month.back(12))],
        rows,
        sums=sums,
        months=True,
        series="cases",
    )
