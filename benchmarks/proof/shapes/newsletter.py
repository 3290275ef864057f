"""A newsletter: what happened in the month, consultations that are open, and a calendar of what is to come."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.proof.content import Content, Draft, Head, counted, tag
from benchmarks.proof.names import TITLES, later, short, some_days, workday_after, working_days, written
from secretariat.plain.months import Month

BODIES = (
    ("Governance Board", "GVB"), ("Technical Standards Committee", "TSC"), ("Certificate Policy Authority", "CPA"),
    ("Consumer Protection Forum", "CPF"),
)  # fmt: skip


def paper(seed: int, back: int = 0) -> Content:
    """The newsletter of the seed's month."""
    facts = Random(f"newsletter facts {seed}")
    month = Month(facts.randint(2015, 2023), facts.randint(1, 12))
    sent = working_days(month)[-2]
    draft = Draft("newsletter", seed, sent, month)
    draw = draft.draw
    coming = month.plus(1)
    day, webinar, hour = some_days(draw, coming, 3)
    meetings = some_days(draw, coming, len(BODIES))
    ordinal = seed % 2 == 0
    draft.title(f"{month.label} Newsletter", Sent_on=tag("date", written(sent)))
    draft.say(f"Welcome to the {tag('month', month.label)} edition of the newsletter. In this edition:")
    draft.items(
        f"{tag('name:forum', 'Annual Stakeholder Forum')}: "
        f"{tag('date+future+meeting:forum', written(day, ordinal=ordinal))}",
        "Consultations that need your answer", "News from the committees", announced=True,
    )  # fmt: skip
    draft.head("Annual Stakeholder Forum", about=True, numbered=False)
    draft.say(
        f"The {tag('name:forum', 'Annual Stakeholder Forum')} will take place on "
        f"{tag('weekday+date+future+meeting:forum', f'{day:%A} {written(day, ordinal=ordinal)}')}, from 10am to 4pm. "
        "The forum is free to "
        "attend. To book a place at the forum write to the helpdesk by "
        f"{tag('date+deadline', written(workday_after(day, -3), ordinal=ordinal))}."
        if workday_after(day, -3) > sent
        else f"The {tag('name:forum', 'Annual Stakeholder Forum')} will take place on "
        f"{tag('weekday+date+future+meeting:forum', f'{day:%A} {written(day, ordinal=ordinal)}')}, from 10am to 4pm. "
        "The forum is free to attend."
    )
    _consultations(draft, sent, webinar)
    _committees(draft, month, meetings, ordinal=ordinal)
    draft.head("Members", about=True, numbered=False)
    current, joined, left = draw.randint(180, 320), draw.randint(2, 19), draw.randint(1, 3)
    draft.say("The table below shows the members of the scheme.")
    draft.table(
        "Members at the end of the month",
        ["Members", "Number"],
        [
            ["Current members", str(current)],
            ["New members since the last newsletter", str(joined)],
            ["Members that left", str(left)],
        ],
    )
    draft.say(
        f"We welcome {tag('n', counted(joined, 'new member') if joined < 10 else f'{joined} new members')}, and now "
        f"count {tag('n', current)} members."
    )
    draft.head("Calendar", about=True, numbered=False)
    draft.say(f"These meetings and events take place in {coming.label}:")
    rows = [
        (day, tag("name:forum", "Annual Stakeholder Forum"), "forum"),
        (webinar, tag("name:webinar", "Credit Cover Webinar"), "webinar"),
        (hour, "Change Clinic", "clinic"),
        *((at, f"{full} Meeting", code) for (full, code), at in zip(BODIES, meetings, strict=True)),
    ]
    draft.table(
        f"Calendar of {coming.label}",
        [f"Date ({coming.year})", "Meeting or event"],
        [[tag(f"date+meeting:{code}", short(at)), name] for at, name, code in sorted(rows, key=lambda row: row[0])],
    )
    return draft.paper


def _consultations(draft: Draft, sent: date, webinar: date) -> None:
    draw = draft.draw
    numbers, titles = sorted(draw.sample(range(30, 220), 3)), draw.sample(TITLES, 3)
    draft.head("Consultations", about=True, numbered=False)
    draft.say(f"{tag('count+agr', 'Three')} consultations are open:")
    draft.items(
        *(
            f"{tag('ident', f'CP{number:04d}')} ‘{tag(f'title:{number}', title)}’ closes on "
            f"{tag('date+deadline+future', written(later(sent, 12 + 3 * at)))};"
            for at, (number, title) in enumerate(zip(numbers, titles, strict=True))
        ),
        announced=True,
    )
    draft.say(
        f"The Authority has published its decision on the consultation about {tag('ident', f'CP{numbers[0]:04d}')} "
        f"‘{tag(f'title:{numbers[0]}', titles[0])}’ of an earlier year. A "
        f"{tag('name:webinar', 'Credit Cover Webinar')} on the "
        f"consultations will be held on {tag('date+future+meeting:webinar', written(webinar))}."
    )
    due = workday_after(sent, 10)
    draft.say(
        f"Members have 10 Working Days from {tag('date', written(sent))} to refer the decision to the Authority, that "
        "is until "
        f"{tag('wd+date', written(due))}. Nothing in {tag('ident', f'CP{numbers[1]:04d}')} "
        f"‘{tag(f'title:{numbers[1]}', titles[1])}’ changes this."
    )


def _committees(draft: Draft, month: Month, meetings: list[date], *, ordinal: bool) -> None:
    draw = draft.draw
    held = some_days(draw, month, len(BODIES))
    sent = draft.paper.dated
    draft.head("News from the committees", numbered=False)
    for (full, code), was, then in zip(BODIES, held, meetings, strict=True):
        draft.add(Head(full, level=2))
        draft.say(
            f"The {tag(f'name:{code}', full)} ({code}) met on "
            f"{tag('date+year:past', written(min(was, sent), ordinal=ordinal))}. It reviewed "
            f"{tag('agr', counted(draw.randint(2, 6), 'risk'))} and agreed "
            f"{draw.choice(['the work plan', 'a guide for new members', 'two test plans'])}. "
            f"The {tag(f'abbr:{code}', full)} ({code}) will publish its conclusions in {month.plus(2).label}."
        )
        draft.say(
            f"The next {code} meeting will be held on "
            f"{tag(f'date+future+year:future+meeting:{code}', written(then, ordinal=ordinal))}."
        )
