"""An administrator's monthly operations report, in the manner of those that Secretariat issues; two in a row agree."""

from __future__ import annotations

from random import Random

from benchmarks.proof.content import Content, Draft, counted, split, summed, tag
from benchmarks.proof.names import (
    CATEGORIES,
    COMPANIES,
    MATTERS,
    TITLES,
    later,
    slashed,
    some,
    some_days,
    workday_after,
    working_days,
    written,
)  # fmt: skip
from secretariat.plain.months import Month

DRIVERS = (
    "Committee Support", "Security and Privacy", "Change Management", "Party Support", "Technical Advice",
    "Data Quality", "Document Review", "Website", "Annual Audit",
)  # fmt: skip


def paper(seed: int, back: int = 0) -> Content:
    """The report of the seed's month, or of so many months before it."""
    facts = Random(f"operations facts {seed}")
    month = Month(facts.randint(2015, 2023), facts.randint(1, 12)).plus(-back)
    days = working_days(month.plus(1))
    dated, meeting = days[2], days[9]
    draft = Draft("operations", seed, dated, month)
    number = 40 + seed % 50 - back
    held = f"{meeting:%d%m}"
    draft.title(
        f"Operations Report: {month.label}",
        Paper_reference=tag("mref", f"NCP_{number}_{held}_{seed % 30 + 10}"), Action="For Information",
        Classification="White", Author="Sample Operations Lead", Date=tag("date", written(dated)),
    )  # fmt: skip
    draft.say("Attachments:")
    draft.items(
        f"Appendix A: Testing notifications ({tag('class:A', 'Amber')})",
        f"Appendix B: List of open defaults ({tag('class:B', 'Red')})",
    )
    draft.head("Purpose")
    draft.say(
        "This monthly paper tells the Panel what the administrator did in support of the code in "
        f"{tag('month', month.label)}, "
        f"with the days worked by driver. It is for the Panel meeting of {tag('date+meeting:panel', written(meeting))}."
    )
    draft.head("Market Entry and Exit")
    _entry(draft, facts, month, back)
    draft.head("Monthly highlights")
    _highlights(draft, month)
    _effort(draft, month)
    _helpdesk(draft, facts, month, back)
    _meetings(draft, month)
    return draft.paper


def _entry(draft: Draft, facts: Random, month: Month, back: int) -> None:
    flows = [[facts.randint(0, 6), facts.randint(0, 2), facts.randint(0, 1)] for _ in range(16)]
    at = len(flows) - 1 - back
    joined = flows[at][0]
    stock = 280 + facts.randint(0, 60) + sum(came - went - out for came, went, out in flows[: at + 1])
    draft.sub("Accessions", about=True)
    if joined:
        draft.say(
            f"{tag('agr+count', counted(joined, 'accession').capitalize())} {'was' if joined == 1 else 'were'} "
            "completed in "
            f"{tag('month', month.label)}, and the accession fee was paid in each case."
        )
        draft.table(
            "Parties that acceded",
            ["Organisation", "Category"],
            [[name, draft.draw.choice(CATEGORIES)[:-1]] for name in some(draft.draw, COMPANIES, joined)],
        )
    else:
        draft.say(f"No accession was completed in {tag('month', month.label)}.")
    draft.sub("Testing notifications", about=True)
    draft.say(
        "Since the last Panel meeting, testing notifications have come from "
        f"{tag('agr', counted(draft.draw.randint(2, 7), 'Party', 'Parties'))}. The Parties are named in "
        f"{tag('refto:appendix', 'Appendix A')} ({tag('class:A', 'Amber')})."
    )
    draft.sub("Membership", about=True)
    span = 13
    shown = flows[at - span + 1 : at + 1]
    draft.say(
        f"{tag('refto:table', f'Table {draft.next_table}')} shows the movements of membership over the last "
        f"{tag('span', span)} months."
    )
    draft.table(
        "Movements of membership, by month",
        ["", *(each.short for each in month.back(span))],
        [
            [label, *(str(flow[row]) for flow in shown)]
            for row, label in enumerate(["Accessions", "Withdrawals", "Expulsions"])
        ],
        months=True,
        series="movements",
    )
    groups = [
        facts.randint(8, 15),
        facts.randint(90, 120),
        facts.randint(12, 20),
        facts.randint(8, 14),
        facts.randint(70, 110),
    ]
    total = sum(groups)
    draft.say(
        f"At the end of {tag('month', month.label)} there were {tag('stock:parties', stock)} Parties to the code "
        "representing "
        f"{tag('figtotal', total)} Voting Groups.", key="membership",
    )  # fmt: skip
    draft.chart("Voting Groups by category", list(zip(CATEGORIES, map(str, groups), strict=True)))


def _highlights(draft: Draft, month: Month) -> None:
    draw = draft.draw
    draft.sub("Change management", about=True)
    refined, developed, reported = draw.randint(20, 34), draw.randint(8, 19), draw.randint(2, 7)
    every = refined + developed + reported
    first, second = draw.sample(range(20, 190), 2)
    titles = draw.sample(TITLES, 2)
    after = later(working_days(month.plus(1))[9], 6)
    draft.items(
        f"There are {tag('same:open', every)} open proposals: {tag('part:open', refined)} in the Refinement Process, "
        f"{tag('part:open', developed)} in the Development Stage and {tag('part:open', reported)} in the Report Phase.",
        f"The Panel sent {tag('ident', f'MP{first:03d}')} ‘{tag('title:first', titles[0])}’ to the Report Phase. Its "
        f"consultation will close on {tag('date+future+deadline', written(after))}.",
        f"The Authority approved {tag('ident', f'MP{second:03d}')} ‘{tag('title:second', titles[1])}’ on "
        f"{tag('date+year:past', written(some_days(draw, month, 1)[0]))}; it takes effect in the "
        f"{month.plus(4).label} Release.",
    )
    draft.say(
        f"Of the proposals raised since {month.plus(-9).label}, {tag('ident', f'MP{first:03d}')} "
        f"‘{tag('title:first', titles[0])}’ "
        f"has drawn the most responses. {tag('ident', f'MP{second:03d}')} ‘{tag('title:second', titles[1])}’ needed no "
        "system change. "
        f"The {tag('same:open', every)} open proposals are ranked by urgency."
    )
    draft.sub("Security assessments", about=True)
    done = [draw.randint(1, 6) for _ in range(4)]
    day = some_days(draw, month, 1)[0]
    draft.say(
        f"The {tag('abbr:UAS', 'User Assurance Scheme')} (UAS) provider reported on "
        f"{tag('date+year:past', written(day))}. "
        f"The {tag('name:ssc', 'Security Assurance Group')} considered these security assessments:"
    )
    draft.items(
        f"{tag('agr', counted(done[0], 'full assessment').capitalize())} completed;",
        f"{tag('agr', counted(done[1], 'verification assessment').capitalize())} completed;",
        f"{tag('agr', counted(done[2], 'self-assessment').capitalize())} reviewed; and",
        f"{tag('agr', counted(done[3], 'letter').capitalize())} approved.",
        announced=True,
    )  # fmt: skip
    draft.say(
        f"The {tag('name:ssc', 'Security Assurance Group')} asked for the next report of the "
        f"{tag('abbr:UAS', 'User Assurance Scheme')} (UAS) to give reasons for each observation."
    )
    draft.sub("Party support", about=True)
    event = later(after, 9)
    draft.say(
        f"The next Party support day, the {tag('name:day', 'Introduction to the Code')}, will be held on "
        f"{tag('weekday+date+future+meeting:day', f'{event:%A} {written(event)}')}. Over 30 people are due to attend. "
        f"Party support guidance is available from the helpdesk."
    )
    draft.say(
        f"Places at the {tag('name:day', 'Introduction to the Code')} on "
        f"{tag('date+future+meeting:day', written(event))} may be "
        f"booked until {tag('date+deadline', written(workday_after(event, -5)))}."
    )


def _effort(draft: Draft, month: Month) -> None:
    draw = draft.draw
    drivers = some(draw, DRIVERS, 7)
    days = split(draw, draw.randint(380, 640), len(drivers))
    rows, sums = summed([[each] for each in days], drivers, total="Grand Total")
    draft.head("Time devoted by service area")
    draft.say(
        f"The total number of resource days in {tag('month', month.label)} was {tag('n', sum(days))}. "
        f"{drivers[2]} took {tag('n', days[2])} of them. The days by driver are in "
        f"{tag('refto:table', f'Table {draft.next_table}')}.",
        key="effort",
    )
    draft.table("Division of effort by driver (days worked)", ["Driver", "Days"], rows, sums=sums, rounded=True)


def _helpdesk(draft: Draft, facts: Random, month: Month, back: int) -> None:
    matters = some(facts, MATTERS, 8)
    every = [[facts.randint(5, 480) for _ in range(16)] for _ in matters]
    end = 16 - back
    rows, sums = summed([row[end - 13 : end] for row in every], matters)
    total = sum(row[end - 1] for row in every)
    before = sum(row[end - 2] for row in every)
    calls = facts.randint(20, 60) + back
    most = max(range(len(matters)), key=lambda at: every[at][end - 1])
    draft.head("Helpdesk activities")
    draft.say(
        f"There were {tag('agr', f'{calls} telephone enquiries')} and {tag('n', f'{total:,}')} email enquiries to the "
        "helpdesk in "
        f"{tag('month:hard', month.label)}, against {tag('n', f'{before:,}')} emails in {month.plus(-1).label}. "
        f"The largest category was {matters[most]}, with {tag('n', f'{every[most][end - 1]:,}')} emails.",
        key="helpdesk",
    )
    draft.say(f"The emails are grouped by category, with the total over the last {tag('span', 13)} months:")
    draft.table(
        "Helpdesk emails by category",
        ["Category", *(each.short for each in month.back(13))],
        rows,
        sums=sums,
        months=True,
        series="helpdesk",
        family="matters",
    )
    resolved = [max(0, row[end - 1] - facts.randint(0, min(9, row[end - 1]))) for row in every]
    made, ends = summed([[row[end - 1], done] for row, done in zip(every, resolved, strict=True)], matters)
    draft.say(f"In {tag('month', month.label)}, {tag('n', f'{sum(resolved):,}')} emails were resolved.")
    draft.table(
        "Emails received and resolved in the month",
        ["Category", "Received", "Resolved"],
        made,
        sums=ends,
        family="matters",
    )


def _meetings(draft: Draft, month: Month) -> None:
    draw = draft.draw
    draft.head("Meeting details")
    draft.say(
        f"The table below lists the meetings held in {tag('month', month.label)}. The "
        f"{tag('name:ssc', 'Security Assurance Group')} met {tag('count', 'twice')}."
    )
    panel, change, *secure = some_days(draw, month, 4)
    numbers = [draw.randint(20, 90) for _ in range(3)]
    secure = secure[:2]
    rows = [
        [
            "Panel",
            tag("date+year:in", slashed(panel)),
            f"The regular monthly meeting. {tag('mref+ident', f'NCP_{numbers[0]}_{panel:%d%m}')}: Minutes.",
        ],
        [
            "Change Board",
            tag("date+year:in", slashed(change)),
            f"{tag('mref+ident', f'NCB_{numbers[1]}_{change:%d%m}')}: Documentation.",
        ],
        *(
            [
                "Security Assurance Group",
                tag("date+year:in", slashed(day)),
                f"{tag('mref+ident', f'SAG_{numbers[2] + at}_{day:%d%m}')}: Headlines.",
            ]
            for at, day in enumerate(secure)
        ),
    ]
    draft.table("Meetings hosted by the administrator", ["Meeting", "Date", "Summary"], rows)
