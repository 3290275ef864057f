"""What the sample's Panel resolved in two of the invented defaults, and a note of one case's file: all invented.

One default runs, the other was cured. What was resolved in it had to be resolved while it lasted, so the steps are
taken when the sample's defaults are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secretariat.core.people import Person
from secretariat.plain.months import Month
from secretariat.register.defaults import DefaultCase
from secretariat.register.panel_action.actions import write_note
from secretariat.register.panel_action.models import CaseNote, PanelAction, Power, Right
from secretariat.register.panel_action.procedure import PANEL_ACTIONS
from secretariat.site.sample.calendar import panel_day
from secretariat.site.sample.crew import Crew, noon, told

RUNS, WAS_CURED = date(2019, 10, 29), date(2019, 9, 17)
"""The days on which the two defaults began; no other default of the sample began on them."""

MEETINGS = {Month(2019, 10): 73, Month(2019, 11): 74, Month(2020, 1): 76, Month(2020, 2): 77}
"""The number of the Panel's meeting in a month."""

NOTED = date(2020, 2, 17)


@dataclass(frozen=True)
class Resolved:
    """One resolution: in which month, what, the day of a plan, and the steps that followed, each with its day."""

    month: Month
    power: Power
    due: date | None = None
    then: tuple[tuple[str, date], ...] = ()


RESOLVED = {
    WAS_CURED: (
        Resolved(Month(2019, 10), Power.TELL_AUTHORITY, then=(("carry_out", date(2019, 10, 14)),)),
        Resolved(Month(2019, 10), Power.PLAN, date(2019, 11, 29), (("carry_out", date(2019, 11, 27)),)),
        Resolved(Month(2019, 11), Power.SUSPEND, then=(("suspend", date(2019, 11, 11)), ("lift", date(2020, 1, 20)))),
    ),
    RUNS: (
        Resolved(Month(2019, 11), Power.TELL_AUTHORITY, then=(("carry_out", date(2019, 11, 11)),)),
        Resolved(Month(2020, 1), Power.SUSPEND, then=(("suspend", date(2020, 1, 13)),)),
        Resolved(Month(2020, 2), Power.PLAN, date(2020, 3, 27)),
    ),
}
"""By the day on which the default began."""


def while_it_lasts(case: DefaultCase, adviser: Person) -> None:
    """Takes the steps of what was resolved in a default that runs; in most, nothing was."""
    for resolved in RESOLVED.get(case.entered_on, ()) if case.entered_on else ():
        _resolve(case, resolved, adviser)


def _resolve(case: DefaultCase, resolved: Resolved, adviser: Person) -> None:
    day = panel_day(resolved.month)
    right = Right.VOTE if resolved.power == Power.SUSPEND else ""
    action = PanelAction(case=case, power=resolved.power, right=right, invented=True)
    action.meeting = f"SECP_{MEETINGS[resolved.month]}_{day:%d%m}"
    PANEL_ACTIONS.take("resolve", action, day=day, due_on=resolved.due, **told(adviser, noon(day)))
    for step, when in resolved.then:
        PANEL_ACTIONS.take(step, action, day=when, **told(adviser, noon(when)))


def enter(crew: Crew) -> None:
    """Writes a note into the file of the default that runs, for its writer and the operations lead."""
    case = DefaultCase.objects.get(entered_on=RUNS)
    note = CaseNote(case=case, title="Call about the remedial plan", written_on=NOTED, invented=True)
    note.text = "Invented: the party says that it will pay in two parts, and asks to speak to the Panel in March."
    write_note(note, [crew["operations.lead"]], **told(crew["party.support"], noon(NOTED)))
