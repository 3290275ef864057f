"""A market auditor's annual report: observations by area and rating, tests made, replies due, an opinion."""

from __future__ import annotations

from random import Random

from benchmarks.proof.content import Content, Draft, counted, split, summed, tag, word
from benchmarks.proof.names import later, some, some_days, workday_after, working_days, written
from secretariat.plain.months import Month

AREAS = ("Registration", "Metering", "Settlement runs", "Credit cover", "Invoicing", "Disputes", "Reporting")
RATINGS = ("High", "Medium", "Low")


def paper(seed: int, back: int = 0) -> Content:
    """The report on the seed's year."""
    facts = Random(f"audit facts {seed}")
    year = facts.randint(2015, 2023)
    month = Month(year + 1, 5)
    dated = facts.choice(working_days(month))
    draft = Draft("audit", seed, dated, month)
    draw = draft.draw
    areas = some(draw, AREAS, draw.randint(4, 6))
    issued, visited = tag("date", written(dated)), some_days(draw, Month(year + 1, 3), 2)
    draft.title(
        f"Market Audit: Annual Report {year}",
        Issued=issued,
        Document=tag("ident", f"MAR-{year % 100:02d}-{seed % 90 + 10:03d}"),
        Status="Public",
    )
    draft.head("Opinion", about=True)
    draft.say(
        f"In our opinion the market's calculations for {year} were fair in all material respects. The opinion rests on "
        "work "
        f"done between {tag('date+year:past', written(visited[0]))} and {tag('date+year:past', written(visited[1]))}, "
        "and covers "
        f"{tag('count+agr', counted(len(areas), 'area'))}: {', '.join(areas[:-1])} and {areas[-1]}."
    )
    _observations(draft, areas)
    _tests(draft, areas)
    draft.head("Replies", about=True)
    due = workday_after(dated, 15)
    draft.say(
        f"Each participant has 15 Working Days from {issued} to send its reply. Replies are therefore due no later "
        "than "
        f"{tag('wd+date+future', written(due))}. The {tag('abbr:MAC', 'Market Audit Committee')} (MAC) will discuss "
        "them on "
        f"{tag('weekday+date+future+meeting:mac', _day(later(due, 8)))}."
    )
    draft.say(
        "Replies that come late are shown apart in the paper for the meeting of the "
        f"{tag('abbr:MAC', 'Market Audit Committee')} "
        f"(MAC) on {tag('date+future+meeting:mac', written(later(due, 8)))}."
    )
    draft.head("Next year", about=True)
    plans = ["a walk-through of each new system;", "a sample of manual corrections; and", "interviews with new staff."]
    draft.say(f"Next year's programme will add {tag('count', word(len(plans)))} things to this year's:")
    draft.items(*plans, announced=True)
    draft.say(f"The programme was put to the {tag('name:sg', 'Settlement Steering Group')}, whose advice is welcome.")
    draft.say(
        f"The {tag('name:sg', 'Settlement Steering Group')} asked for "
        f"{tag('agr', counted(draw.randint(2, 4), 'site visit'))} in place of one."
    )
    return draft.paper


def _day(day: object) -> str:
    return f"{day:%A} {written(day)}"  # type: ignore[arg-type]


def _observations(draft: Draft, areas: list[str]) -> None:
    draw = draft.draw
    found = [[draw.randint(0, 6), draw.randint(1, 15), draw.randint(2, 40)] for _ in areas]
    rows, sums = summed([[*row, sum(row)] for row in found], areas, total="All areas")
    sums += [(at, 4, "row") for at in range(len(rows))]
    columns = [sum(column) for column in zip(*found, strict=True)]
    every = sum(columns)
    draft.head("Observations", about=True)
    draft.say(
        f"We made {tag('n+same:seen', every)} observations, of which {tag('n', columns[0])} are rated High. "
        f"{areas[0]} alone accounts for {tag('n', sum(found[0]))} observations. "
        f"{tag('refto:table', f'Table {draft.next_table}')} sets them out."
    )
    draft.table("Observations by area and rating", ["Area", *RATINGS, "All"], rows, sums=sums, family="areas")
    closed = draw.randint(1, every - 2)
    opened = draw.randint(1, every - closed - 1) if every - closed > 1 else 1
    draft.say(
        f"Of the {tag('same:seen', every)} observations, {tag('part:seen', closed)} have been closed, "
        f"{tag('part:seen', opened)} are being mended and {tag('part:seen', every - closed - opened)} are disputed."
    )


def _tests(draft: Draft, areas: list[str]) -> None:
    draw = draft.draw
    rows, sums = summed([[draw.randint(20, 400), draw.randint(1, 20)] for _ in areas], areas, total="All areas")
    shares = split(draw, 100 - 6 * len(areas), len(areas))
    draft.head("Tests", about=True)
    draft.say(
        f"{tag('n', rows[-1][1])} transactions were tested and {tag('n', rows[-1][2])} exceptions found, against fewer "
        "in the year "
        f"before. Exceptions are described in {tag('refto:section', 'section 2')} where they led to an observation."
    )
    draft.table("Transactions tested and exceptions", ["Area", "Tested", "Exceptions"], rows, sums=sums, family="areas")
    draft.say(
        f"{areas[1]} took {tag('n', f'{shares[1] + 6}%')} of our hours, as "
        f"{tag('refto:table', f'Table {draft.next_table}')} shows."
    )
    draft.table(
        "Share of hours by area",
        ["Area", "Hours"],
        [*([area, f"{share + 6}%"] for area, share in zip(areas, shares, strict=True)), ["All areas", "100%"]],
        shares=[1],
        family="areas",
    )
