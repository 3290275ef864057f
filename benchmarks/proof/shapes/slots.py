"""An airport slot coordinator's season report: slots by carrier, returns, monitoring, sanctions."""

from __future__ import annotations

from random import Random

from benchmarks.proof.content import Content, Draft, counted, split, summed, tag
from benchmarks.proof.names import later, short, some_days, workday_after, working_days, written
from secretariat.plain.months import Month

CARRIERS = (
    "Aurelle Air",
    "Brightwing Cargo",
    "Corvane Airlines",
    "Delmora Airways",
    "Estrin Express",
    "Fennick Regional",
)
BANDS = ("Morning peak", "Daytime", "Evening peak", "Night")


def paper(seed: int, back: int = 0) -> Content:
    """The report on the seed's season."""
    facts = Random(f"slots facts {seed}")
    year = facts.randint(2015, 2023)
    dated = working_days(Month(year, 11))[facts.randint(3, 14)]
    draft = Draft("slots", seed, dated, Month(year, 11))
    draw = draft.draw
    draft.title(
        f"Summer {year} Season Report",
        Date=tag("date", written(dated)),
        Document=tag("ident", f"SCC-{year % 100:02d}-{draw.randint(1, 99):03d}"),
    )
    carriers = CARRIERS[: draw.randint(4, 6)]
    slots = [[draw.randint(40, 900) for _ in BANDS] for _ in carriers]
    columns = [sum(column) for column in zip(*slots, strict=True)]
    every = sum(columns)
    made = [
        [label, *(f"{value:,}" for value in row), f"{sum(row):,}"]
        for label, row in zip([*carriers, "All carriers"], [*slots, columns], strict=True)
    ]
    sums = [(at, 5, "row") for at in range(len(made))] + [(len(carriers), at, "column") for at in range(1, 6)]
    draft.head("Summary")
    draft.say(
        f"The summer {tag('year:in', year)} season ran from late March to late October {year}. "
        f"{tag('n', f'{every:,}')} slots were held by "
        f"{tag('count+agr', counted(len(carriers), 'carrier'))}: {', '.join(carriers[:-1])} and {carriers[-1]}."
    )
    draft.head("Slots by carrier", about=True)
    draft.say(
        f"Slots by carrier and time band are in {tag('refto:table', f'Table {draft.next_table}')}. {carriers[1]} held "
        f"{tag('n', f'{sum(slots[1]):,}')} slots, and "
        f"{tag('n', f'{columns[0]:,}')} slots lay in the morning peak."
    )
    draft.table("Slots by carrier and time band", ["Carrier", *BANDS, "Total"], made, sums=sums, family="carriers")
    _returns(draft, carriers, facts)
    _monitoring(draft, dated, year)
    draft.head("Calendar of activity", about=True)
    conference = later(dated, 12)
    draft.say(
        f"The {tag('name:conf', 'Winter Slot Conference')} will be held on "
        f"{tag('weekday+date+future+meeting:conf', f'{conference:%A} {written(conference)}')}. "
        f"The calendar of activity until then is:"
    )
    draft.items(
        f"{tag('date', short(workday_after(dated, 3)))}: Initial allocation published;",
        f"{tag('date', short(workday_after(dated, 5)))}: {tag('abbr:CPC', 'Coordination Performance Committee')} (CPC) "
        "meets; and",
        f"{tag('date+meeting:conf', short(conference))}: {tag('name:conf', 'Winter Slot Conference')} opens.",
        announced=True,
    )
    due = workday_after(dated, 20)
    draft.say(
        f"Carriers have 20 Working Days from {tag('date', written(dated))} to appeal, so appeals must arrive by "
        f"{tag('wd+date', written(due))}."
    )
    return draft.paper


def _returns(draft: Draft, carriers: tuple[str, ...], facts: Random) -> None:
    draw = draft.draw
    rows, sums = summed(
        [[draw.randint(3, 60), draw.randint(1, 30)] for _ in carriers], list(carriers), total="All carriers"
    )
    draft.head("Returned and cancelled slots", about=True)
    draft.say(
        f"Carriers returned {tag('n', rows[-1][1])} slots before the deadline and cancelled {tag('n', rows[-1][2])} "
        "after it. The returned slots of "
        f"{carriers[0]} ({tag('n', rows[0][1])}) were offered again."
    )
    draft.table(
        "Returned and cancelled slots", ["Carrier", "Returned", "Cancelled"], rows, sums=sums, family="carriers"
    )
    shares = [part + 5 for part in split(draw, 80, 4)]
    draft.sub("Punctuality")
    draft.say(
        f"Of late operations, {tag('n', f'{shares[0]}%')} fell in the morning peak. "
        f"{tag('refto:table', f'Table {draft.next_table}')} gives every band."
    )
    draft.table(
        "Late operations by time band",
        ["Time band", "Share"],
        [*([band, f"{share}%"] for band, share in zip(BANDS, shares, strict=True)), ["Total", "100%"]],
        shares=[1],
    )


def _monitoring(draft: Draft, dated: object, year: int) -> None:
    draw = draft.draw
    warned, fined, cleared = draw.randint(5, 20), draw.randint(2, 9), draw.randint(3, 9)
    every = warned + fined + cleared
    met = some_days(draw, Month(year, 10), 1)[0]
    draft.head("Monitoring", about=True)
    draft.say(
        f"Monitoring opened {tag('same:cases', every)} cases: {tag('part:cases', warned)} ended in a warning, "
        f"{tag('part:cases', fined)} in a sanction and "
        f"{tag('part:cases', cleared)} without action. The {tag('abbr:CPC', 'Coordination Performance Committee')} "
        "(CPC) considered all "
        f"{tag('same:cases', every)} cases on {tag('date+year:past', written(met))}."
    )
    draft.say(
        f"Monitoring will be reviewed after {tag('agr', counted(draw.randint(2, 5), 'season'))}; no appeal was lodged "
        f"in {year - 1}."
    )
    kinds = ("Late arrival", "No slot", "Wrong aircraft")
    draft.chart("Cases by kind", [(kind, str(many)) for kind, many in zip(kinds, split(draw, every, 3), strict=True)])
