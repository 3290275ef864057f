"""The sample's proposals: those that the documents name, at the stage last told of them, and invented ones.

At the end of February 2020 there are 50 open: 30 in the Refinement Process, 17 in the Development Stage, 3 beyond. No
document gives the series of proposals raised and open by month, nor the days of most stages: these are invented. A
named proposal whose outcome is assumed is marked as invented too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.plain.months import Month
from secretariat.site.sample import parties
from secretariat.site.sample.calendar import panel_day, panel_day_after
from secretariat.site.sample.crew import Crew
from secretariat.site.sample.facts import facts

COLUMNS = (
    "reference", "title", "proposer", "raised_on", "stage", "from", "decided_by", "path", "release", "invented",
)  # fmt: skip
NOVEMBER_2018, NOVEMBER_2019, FEBRUARY_2020 = (
    "November 2018 SEC Release", "November 2019 SEC Release", "February 2020 SEC Release",
)  # fmt: skip
RELEASES = {
    NOVEMBER_2018: (date(2018, 11, 1), "document-only"),
    NOVEMBER_2019: (date(2019, 11, 29), "system"),
    FEBRUARY_2020: (date(2020, 2, 27), "document-only"),
}
"""Each release's day and kind; the kind of the last is assumed."""

PANEL, BOARD, AUTHORITY, SELF = "SECP", "SECCB", "Authority", "self-governance"
StageTold = tuple[str, date, str]
"""A stage, its first day, and who decided it."""

NOT_TOLD = "Not told by the documents of the sample"
SUBJECTS = (
    "wording of a definition", "order of service requests", "timing of a notice", "reporting to the Panel",
    "format of an identifier", "test evidence", "handling of a returned hub", "alert thresholds", "user role checks",
    "certificate renewal", "firmware records", "data retention",
)  # fmt: skip

RAISED = {
    "2018-11": (63, 64, 65), "2018-12": (66, 67), "2019-01": (68, 69, 70), "2019-02": (72, 73, 74, 75),
    "2019-03": (77, 79, 80), "2019-04": (81, 82, 83), "2019-05": (84, 86), "2019-06": (87, 88, 89),
    "2019-07": (90, 91, 92, 93), "2019-08": (94, 95), "2019-09": (96, 97, 98), "2019-10": (99, 100, 101, 102),
    "2019-11": (103, 105, 106), "2019-12": (107, 108, 109), "2020-01": (110, 111, 113, 114),
    "2020-02": (115, 116, 117, 118),
}  # fmt: skip
"""The numbers raised in each month of the process since November 2018; those that only later documents name are not
used.
"""

STILL_REFINED = (25, 37, 38, 39, 43, 44, 46, 55, 56, 58, 59, 60, 61)
"""Of the older process, still in the Refinement Process: the documents tell of the named ones no later stage."""

IN_DEVELOPMENT = (97, 98, 100, 101, 103, 106, 107, 108, 109, 110, 111, 113, 114, 115, 116, 117, 118)
IN_REPORT = {81: Month(2020, 1), 86: Month(2020, 2)}
CLOSED = {
    "2019-02": (21, 23), "2019-03": (26, 28), "2019-04": (29,), "2019-05": (30, 31, 65), "2019-06": (32, 33),
    "2019-07": (40,), "2019-08": (42, 45, 67), "2019-09": (48, 53), "2019-10": (54, 57),
    "2019-11": (63, 64, 66, 68, 69, 70), "2019-12": (74,), "2020-01": (72,), "2020-02": (62, 84, 88, 93),
}  # fmt: skip
"""Decided or withdrawn, by month; those of February 2020 are named, and that they were approved is assumed."""

WITHDRAWN, REJECTED = (29, 45, 65), (48, 67)
IN_FEBRUARY_RELEASE = (66, 69, 72)
OUTCOME_ASSUMED = (34, 36, 41, 62, 84, 88, 93)
BY_BALLOT = {35: SELF, 48: SELF, 67: "authority"}
"""Loaded until they await their decision, with their paths: the Change Board's ballot on them is among the cases."""

REFINED_ON = {37: date(2017, 6, 9), 38: date(2017, 6, 9)}
DECIDED_ON = {62: date(2020, 2, 7)}


@dataclass(frozen=True)
class Told:
    """One proposal of the file: its stages, each with its first day and who decided it."""

    number: int
    raised_on: date
    stages: tuple[StageTold, ...]
    path: str = ""
    release: str = ""

    @property
    def prefix(self) -> str:
        """What stands before its number."""
        if self.number < 63:
            return "SECMP0"
        converted = any(stage not in ("development", "withdrawn") for stage, _, _ in self.stages)
        return "MP" if converted else "DP"

    @property
    def reference(self) -> str:
        """Its label, such as SECMP0046 or DP098."""
        return f"{self.prefix}{self.number:03d}"


def enter(crew: Crew) -> None:
    """Loads the releases, then every proposal with its stages."""
    releases = ((name, day, kind, "no") for name, (day, kind) in RELEASES.items())
    crew.load("releases", "change.analyst", ("name", "go_live_on", "kind", "invented"), releases)
    crew.load("proposals", "change.analyst", COLUMNS, _rows())


def _rows() -> Iterator[tuple[object, ...]]:
    titles = named()
    proposers = [party.key for party in parties.invented()]
    for told in proposals():
        known = told.number in titles
        title = titles.get(told.number) or f"Title: {NOT_TOLD.lower()}"
        if not known:
            title = f"Sample proposal {told.number:03d}: {SUBJECTS[told.number % len(SUBJECTS)]}"
        proposer = NOT_TOLD if known else proposers[7 * told.number % len(proposers)]
        invented = "no" if known and told.number not in OUTCOME_ASSUMED else "yes"
        for stage, begins, decided_by in told.stages:
            yield (
                told.reference, title, proposer, told.raised_on, stage, begins, decided_by, told.path, told.release,
                invented,
            )  # fmt: skip


def named() -> dict[int, str]:
    """The number and title of each proposal that a document of the time names; no title where none gives it."""
    return {
        int(row["reference"].lstrip("SECMDP")): row["title"]
        for row in facts("modifications")
        if row["source"] != "newsletter-2022-01"
    }


def proposals() -> list[Told]:
    """Every proposal of the sample."""
    return [*_before_2019(), *(_told(number) for number in STILL_REFINED), *_closed(), *_of_the_new()]


def raised_on(number: int) -> date:
    """The day on which a proposal was raised; of the older ones, spread from 2016 to October 2018."""
    for month, numbers in RAISED.items():
        if number in numbers:
            return Month.parse(month).first + timedelta(days=3 + 6 * numbers.index(number))
    return Month(2016, 1).plus((number - 21) * 33 // 41).first + timedelta(days=8)


def change_board_day(month: Month) -> date:
    """The fourth Wednesday of a month, as the meeting of February 2020 was."""
    return month.first + timedelta(days=(2 - month.first.weekday()) % 7 + 21)


def _begun(number: int) -> list[StageTold]:
    """Raised, and sent or converted to the Refinement Process by the Panel."""
    raised = raised_on(number)
    refined = REFINED_ON.get(number) or panel_day_after(raised + timedelta(days=14))
    return [("development", raised, ""), ("refinement", refined, PANEL)]


def _told(number: int, *later: StageTold, path: str = "", release: str = "") -> Told:
    return Told(number, raised_on(number), (*_begun(number), *later), path, release)


def _approved(day: date, outcome: str = "approved") -> list[StageTold]:
    """Reported two months before, then put to the Change Board and decided on a day."""
    report = panel_day(Month.of(day).plus(-2))
    return [("report", report, ""), ("decision", day, ""), (outcome, day, BOARD)]


def _decided(number: int, day: date, outcome: str = "approved", release: str = "") -> Told:
    """Decided by the Change Board on a day, and implemented where a release is told."""
    stages = _approved(day, outcome)
    if number in BY_BALLOT:
        return _told(number, *stages[:2], path=BY_BALLOT[number])
    if release:
        stages.append(("implemented", RELEASES[release][0], ""))
    return _told(number, *stages, path=SELF, release=release)


def _before_2019() -> Iterator[Told]:
    """Those decided before the sample's own series begins."""
    earlier, later = date(2016, 10, 19), date(2017, 8, 23)
    yield Told(22, raised_on(22), (*_begun(22), *_approved(earlier), ("implemented", date(2017, 2, 23), "")), SELF)
    yield _decided(35, date(2017, 6, 21))
    yield _told(36, ("report", date(2017, 6, 28), ""), *_approved(later)[1:], path=SELF)
    yield from (_decided(number, date(2018, 6, 20)) for number in (27, 47, 52))
    for number in (34, 41, 49, 50, 51):
        yield _decided(number, date(2018, 9, 26), release=NOVEMBER_2018)


def _closed() -> Iterator[Told]:
    """Those decided or withdrawn since February 2019."""
    for month, numbers in CLOSED.items():
        for number in numbers:
            day = DECIDED_ON.get(number, change_board_day(Month.parse(month)))
            if number in WITHDRAWN:
                yield _told(number, ("withdrawn", day, ""))
            elif number in REJECTED:
                yield _decided(number, day, "rejected")
            elif number in IN_FEBRUARY_RELEASE:
                yield _decided(number, day, release=FEBRUARY_2020)
            else:
                yield _decided(number, day, release=NOVEMBER_2019 if month < "2019-10" else "")


def _of_the_new() -> Iterator[Told]:
    """Those of the process since November 2018 that were open at the end of February 2020."""
    closed = {number for numbers in CLOSED.values() for number in numbers}
    for number in (number for numbers in RAISED.values() for number in numbers if number not in closed):
        if number == 79:
            yield _told(
                79, ("report", panel_day(Month(2019, 11)), ""), ("decision", change_board_day(Month(2020, 1)), ""),
                ("rejected", date(2020, 3, 2), AUTHORITY), path="authority",
            )  # fmt: skip
        elif number in IN_DEVELOPMENT:
            yield Told(number, raised_on(number), (("development", raised_on(number), ""),))
        elif number in IN_REPORT:
            yield _told(number, ("report", panel_day(IN_REPORT[number]), ""), path=SELF)
        else:
            yield _told(number)
