"""A change report: proposals with their stages, votes, and a timetable counted in Working Days."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.proof.content import Content, Draft, counted, tag, word
from benchmarks.proof.names import TITLES, later, short, slashed, workday_after, working_days, written
from secretariat.plain.months import Month

STAGES = ("Raised", "Assessment", "Report", "Decision")


def paper(seed: int, back: int = 0) -> Content:
    """The change report of the seed's month."""
    facts = Random(f"change facts {seed}")
    month = Month(facts.randint(2015, 2023), facts.randint(1, 12))
    dated = working_days(month)[-1]
    draft = Draft("change", seed, dated, month)
    draw = draft.draw
    meeting = later(dated, 9)
    number = draw.randint(30, 120)
    draft.title(
        "Change Report to the Distribution Panel", Paper_reference=tag("mref+ident", f"DCP_{number}_{meeting:%d%m}_05"),
        Date=tag("date", written(dated)), Action="For Decision", Classification="White",
    )  # fmt: skip
    numbers = sorted(draw.sample(range(101, 470), 6))
    titles = draw.sample(TITLES, 6)
    draft.head("Introduction")
    draft.say(
        f"This report tells the Panel, for its meeting on {tag('date+meeting:panel', written(meeting))}, how "
        f"{tag('count:table+agr', 'six')} "
        f"change proposals stood on {tag('date', written(dated))}. {tag('refto:appendix', 'Appendix A')} "
        f"({tag('class:A', 'Amber')}) holds the "
        "confidential responses."
    )
    draft.say("Attachments:")
    draft.items(
        f"Appendix A: Confidential responses ({tag('class:A', 'Amber')})",
        f"Appendix B: Draft legal text ({tag('class:B', 'White')})",
    )
    _proposals(draft, numbers, titles)
    _vote(draft, numbers[0], titles[0])
    _timetable(draft, dated, numbers[1], titles[1])
    draft.head("Consultations", about=True)
    draft.say(
        f"The consultation on {tag('ident', f'DCP {numbers[2]}')} closes on "
        f"{tag('date+future+deadline', written(workday_after(meeting, 12)))}. "
        f"No other consultation is open. {tag('refto:section', 'Section 4')} has the timetable of "
        f"{tag('ident', f'DCP {numbers[1]}')}."
    )
    draft.head("Next steps")
    draft.say("Subject to the Panel's decision:")
    draft.items(
        f"the report on {tag('ident', f'DCP {numbers[0]}')} is sent to the Authority;",
        f"the {tag('name:wg', 'Charging Methodology Working Group')} meets on "
        f"{tag('date+future', written(later(meeting, 15)))}; and",
        f"{tag('ident', f'DCP {numbers[3]}')} ‘{tag('title:3', titles[3])}’ goes to the "
        f"{tag('name:wg', 'Charging Methodology Working Group')}.",
        announced=True, marks="letter",
    )  # fmt: skip
    return draft.paper


def _proposals(draft: Draft, numbers: list[int], titles: list[str]) -> None:
    draw = draft.draw
    stages = ["Assessment", "Assessment", "Report", "Decision", *(draw.choice(STAGES) for _ in range(2))]
    draw.shuffle(stages)
    held = {stage: stages.count(stage) for stage in STAGES if stage in stages}
    told = [f"{tag('part:stage', word(many))} in {stage}" for stage, many in held.items()]
    draft.head("Proposals", about=True)
    draft.say(
        f"There are {tag('same:live', 'six')} live proposals: {', '.join(told[:-1])} and {told[-1]}. The proposals are "
        "listed in "
        f"{tag('refto:table', f'Table {draft.next_table}')}."
    )  # fmt: skip
    draft.table(
        "Proposals and their stages",
        ["Proposal", "Title", "Stage"],
        [
            [tag("ident", f"DCP {number}"), tag(f"title:{at}", title), stage]
            for at, (number, title, stage) in enumerate(zip(numbers, titles, stages, strict=True))
        ],
    )


def _vote(draft: Draft, number: int, title: str) -> None:
    draw = draft.draw
    groups = ("Suppliers", "Networks", "Generators")
    rows = []
    for group in groups:
        yes, no = draw.randint(4, 30), draw.randint(1, 9)
        rows.append([group, yes, no, yes + no])
    columns = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    made = [[str(cell) for cell in row] for row in [*rows, ["Total", *columns]]]
    sums = [(at, 3, "row") for at in range(4)] + [(3, at, "column") for at in (1, 2, 3)]
    draft.head("Votes", about=True)
    draft.say(
        f"Parties voted on {tag('ident', f'DCP {number}')} ‘{tag('title:0', title)}’. Of {tag('n', columns[2])} votes, "
        f"{tag('n', columns[0])} were to accept and {tag('n', columns[1])} to reject. All {tag('count', 'three')} "
        "groups voted: Suppliers, Networks and Generators."
    )
    draft.table(f"Votes on DCP {number}", ["Group", "Accept", "Reject", "Votes"], made, sums=sums)


def _timetable(draft: Draft, dated: date, number: int, title: str) -> None:
    draw = draft.draw
    start = later(dated, 12)
    rows, at = [], start
    for name, count in zip(
        ("Working Group", "Consultation", "Panel", "Vote", "Authority decision"),
        draw.sample([5, 10, 15, 20, 25], 5),
        strict=True,
    ):
        begun, at = at, workday_after(at, count)
        rows.append([name, tag("date", slashed(begun)), str(count), tag("wd+date", slashed(at))])
    draft.head("Timetable", about=True)
    draft.say(
        f"The timetable of {tag('ident', f'DCP {number}')} ‘{tag('title:1', title)}’ starts on "
        f"{tag('date+future', written(start))}. "
        f"The Working Group reports within {rows[0][2]} Working Days of {short(start)} {start.year}, that is by "
        f"{tag('wd+date', written(workday_after(start, int(rows[0][2]))))}."
    )
    draft.table("Timetable in Working Days", ["Step", "Starts", "Working Days", "Ends"], rows)
    draft.say(f"The timetable leaves {tag('agr', counted(draw.randint(2, 6), 'week'))} for implementation.")
