"""A technical report: footnotes, appendices, cross references, requirements and test results."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.proof.content import Content, Draft, counted, summed, tag
from benchmarks.proof.names import later, some_days, workday_after, working_days, written
from secretariat.plain.months import Month

PARTS = ("Gateway", "Key store", "Message broker", "Archive", "Portal", "Scheduler", "Monitor")


def paper(seed: int, back: int = 0) -> Content:
    """The technical report of the seed."""
    facts = Random(f"technical facts {seed}")
    month = Month(facts.randint(2015, 2023), facts.randint(1, 12))
    dated = working_days(month.plus(1))[3]
    draft = Draft("technical", seed, dated, month)
    draw = draft.draw
    begun, ended = some_days(draw, month, 2)
    draft.title(
        "Interoperability Test Report",
        Version=f"1.{seed % 20}",
        Date=tag("date", written(dated)),
        Classification="Green",
        Document=tag("ident", f"ITR-{draw.randint(1, 999):03d}"),
    )
    parts = PARTS[: draw.randint(4, 6)]
    one = draft.note("The profile is that of the published specification, version 3.2.")
    two = draft.note(
        f"Tests ran from {tag('date', written(begun))} to {tag('date', written(ended))} in one environment."
    )
    draft.head("Scope", about=True)
    draft.say(
        f"The scope of this report is the {tag('abbr:HIP', 'Harmonised Interface Profile')} (HIP){one} as built by "
        f"{tag('count+agr', counted(len(parts), 'component'))}: {', '.join(parts[:-1])} and {parts[-1]}."
    )
    draft.say(
        f"Testing in {tag('month', month.label)} followed the plan{two} in {tag('refto:appendix', 'Appendix A')}; "
        "results are in "
        f"{tag('refto:section', 'section 3')} and {tag('refto:table', 'Table 1')}."
    )
    draft.head("Method", about=True)
    draft.say("The method has these steps:")
    draft.items(
        "prepare the environment;", "run each test twice; and", "record what differs.", announced=True, marks="number"
    )
    three = draft.note("Runs that an outage broke off were repeated and are counted once.")
    draft.say(
        f"Each test was run twice{three}. Where the two runs differ, the method counts the test as failed. Clause H4.2 "
        "of the "
        f"{tag('abbr:HIP', 'Harmonised Interface Profile')} (HIP) was out of scope for release 2.1."
    )
    _results(draft, parts)
    draft.head("Recommendations", about=True)
    count = draw.randint(3, 4)
    draft.say(f"We make {tag('count+agr', counted(count, 'recommendation'))}:")
    draft.items(
        *[
            "repeat the failed tests;",
            "publish the profile's next version;",
            "retire the old portal; and",
            "keep the archive as it is.",
        ][4 - count :],
        announced=True,
        marks="letter",
    )
    draft.say(
        f"A retest will begin on {tag('date+future+year:future', written(later(dated, 20)))}, and a final report "
        f"follows {tag('wd+date', _after(dated))}."
    )
    draft.head("Appendix A: Test plan", numbered=False)
    draft.say(
        f"The plan was agreed in {month.plus(-2).label}, before testing began. {tag('refto:appendix', 'Appendix B')} "
        "lists the environments."
    )
    draft.head("Appendix B: Environments", numbered=False)
    draft.say("One environment was used, with simulated devices of three kinds.")
    return draft.paper


def _after(dated: date) -> str:
    return f"within 15 Working Days of {written(dated)}, by {written(workday_after(dated, 15))}"


def _results(draft: Draft, parts: tuple[str, ...]) -> None:
    draw = draft.draw
    results = [[draw.randint(30, 200), draw.randint(0, 9), draw.randint(0, 4)] for _ in parts]
    rows, sums = summed([[*row, sum(row)] for row in results], list(parts))
    sums += [(at, 4, "row") for at in range(len(rows))]
    columns = [sum(column) for column in zip(*results, strict=True)]
    every = sum(columns)
    draft.head("Results", about=True)
    note = draft.note("A test is blocked when a fault elsewhere kept it from running.")
    draft.say(
        f"{tag('n+same:tests', every)} tests were run: {tag('n', columns[0])} passed, {tag('n', columns[1])} failed "
        "and "
        f"{tag('n', columns[2])} were blocked{note}. {parts[0]} had {tag('n', results[0][0])} passes."
    )
    draft.table(
        "Test results by component",
        ["Component", "Passed", "Failed", "Blocked", "Tests"],
        rows,
        sums=sums,
        family="parts",
    )
    severe = [[draw.randint(1, 9), draw.randint(1, 20)] for _ in parts]
    made, ends = summed(severe, list(parts))
    draft.sub("Defects", about=True)
    draft.say(
        f"The defects found are in {tag('refto:table', f'Table {draft.next_table}')}: "
        f"{tag('n', sum(row[0] for row in severe))} major defects and "
        f"{tag('n', sum(row[1] for row in severe))} minor ones. They come from the {tag('same:tests', every)} tests."
    )
    draft.table("Defects by component", ["Component", "Major", "Minor"], made, sums=ends, family="parts")
