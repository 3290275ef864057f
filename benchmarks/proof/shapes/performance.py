"""A quarterly performance report: measures against target in per cent, incidents by category, shares of a whole."""

from __future__ import annotations

from random import Random

from benchmarks.proof.content import Chart, Content, Draft, counted, split, tag
from benchmarks.proof.names import later, some, some_days, working_days, written
from secretariat.plain.months import Month

MEASURES = (
    "Orders answered in time", "Messages delivered", "Calls answered", "Firmware delivered", "Incidents resolved",
    "Reports published", "Certificates issued", "Invoices correct",
)  # fmt: skip
CAUSES = ("Network", "Hardware", "Third party", "Human error", "Planned work", "Software", "Unknown")
ORDINALS = ("first", "second", "third", "fourth")


def paper(seed: int, back: int = 0) -> Content:
    """The report of the seed's quarter."""
    facts = Random(f"performance facts {seed}")
    quarter = facts.randint(1, 4)
    year = facts.randint(2015, 2023)
    months = Month(year, quarter * 3).back(3)
    dated = working_days(months[-1].plus(1))[12]
    draft = Draft("performance", seed, dated, months[-1])
    label = f"Quarter {quarter} {year}"
    span = f"{months[0].label.split()[0]} to {months[-1].label}"
    draft.title(
        f"Service Performance Report, {label}",
        Date=tag("date", written(dated)),
        Period=span,
        Reference=tag("ident", f"SPR-{year}-{quarter:02d}"),
        Classification="Green",
    )
    draft.head("Summary")
    met, breached = draft.draw.randint(4, 6), 1
    missed = len(MEASURES) - met - breached
    draft.say(
        f"This report covers the {ORDINALS[quarter - 1]} quarter of {tag('year:in', year)}, {tag('monthspan', span)}. "
        "Of the "
        f"{tag('count:table+same:measures', 'eight')} measures, {tag('part:measures', met)} met their target, "
        f"{tag('part:measures', missed)} missed it narrowly and {tag('part:measures', breached)} fell below the "
        "minimum level. "
        f"The {tag('same:measures', 'eight')} measures are those of {tag('refto:section', 'section 2')}."
    )  # fmt: skip
    _measures(draft, met, months)
    _incidents(draft, facts, months)
    draft.head("Remediation", about=True)
    begun = some_days(draft.draw, months[1], 1)[0]
    ends = later(dated, 30)
    draft.say(
        f"The provider's remediation plan began on {tag('date+year:past', written(begun))} and remediation will be "
        "complete by "
        f"{tag('date+future+year:future', written(ends))}. The {tag('abbr:RSB', 'Regional Service Board')} (RSB) "
        "reviews it each month."
    )
    draft.say(
        f"The {tag('abbr:RSB', 'Regional Service Board')} (RSB) asked for "
        f"{tag('agr', counted(draft.draw.randint(2, 5), 'further report'))} "
        f"and for the remediation plan of version 2.{seed % 9} to be kept."
    )  # fmt: skip
    draft.head("Recommendation")
    draft.say("The Board is asked to NOTE the report.")
    return draft.paper


def _measures(draft: Draft, met: int, months: tuple[Month, ...]) -> None:
    draw = draft.draw
    rows = []
    for at, name in enumerate(MEASURES):
        target = draw.choice([95, 97, 98, 99])
        achieved = (
            target + draw.randint(0, 99 - target + 1) * 0.5
            if at < met
            else target - 0.5
            if at < len(MEASURES) - 1
            else target - 6.5
        )
        rows.append(
            [
                name,
                f"{target}.0%",
                f"{achieved:.1f}%",
                "Met" if at < met else "Missed" if at < len(MEASURES) - 1 else "Below minimum",
            ]
        )
    draft.head("Measures against target")
    draft.say(
        f"{tag('refto:table', f'Table {draft.next_table}')} gives each measure against its target. The lowest was "
        f"{MEASURES[-1]}, at "
        f"{tag('n', rows[-1][2])} against a target of {tag('n', rows[-1][1])}."
    )
    draft.table("Measures against target", ["Measure", "Target", "Achieved", "Outcome"], rows)


def _incidents(draft: Draft, facts: Random, months: tuple[Month, ...]) -> None:
    draw = draft.draw
    causes = some(draw, CAUSES, 5)
    counts = [[draw.randint(3, 60) for _ in months] for _ in causes]
    totals = [sum(row) for row in counts]
    every = sum(totals)
    columns = [sum(column) for column in zip(*counts, strict=True)]
    rows = [
        [label, *map(str, row), f"{sum(row):,}"]
        for label, row in zip([*causes, "Total"], [*counts, columns], strict=True)
    ]
    sums = [(at, 4, "row") for at in range(len(rows))] + [(len(causes), at, "column") for at in range(1, 5)]
    largest = max(range(len(causes)), key=lambda at: totals[at])
    draft.head("Incidents", about=True)
    draft.say(
        f"There were {tag('n', every)} incidents in the quarter, {tag('n', columns[-1])} of them in "
        f"{tag('month:hard', months[-1].label)}. "
        f"{causes[largest]} was the largest cause, with {tag('n', totals[largest])} incidents. The quarter before had "
        "more incidents."
    )
    draft.table(
        "Incidents by cause",
        ["Cause", *(each.label.split()[0] for each in months), "Total"],
        rows,
        sums=sums,
        family="causes",
        months=False,
    )
    parts = split(draw, 60, len(causes))
    shares = [part + 8 for part in parts]
    draft.sub("Time lost")
    draft.say(
        f"The share of time lost by cause is in {tag('refto:table', f'Table {draft.next_table}')}; {causes[0]} "
        "accounts for "
        f"{tag('n', f'{shares[0]}%')} of it."
    )
    draft.table(
        "Share of time lost",
        ["Cause", "Share"],
        [*([label, f"{share}%"] for label, share in zip(causes, shares, strict=True)), ["Total", "100%"]],
        shares=[1],
        family="causes",
    )
    draft.chart(
        "Major incidents by region", [(region, str(draw.randint(2, 30))) for region in ("North", "Central", "South")]
    )
    draft.say(
        f"{tag('refto:figure', 'Figure 1')} shows the major incidents by region. {tag('figtotal', _sum(draft))} major "
        "incidents were recorded."
    )


def _sum(draft: Draft) -> int:
    return sum(int(value) for block in draft.paper.blocks if isinstance(block, Chart) for _, value in block.labels)
