"""The questions asked of measurement data, each as a roll-up where one answers it, and as a scan of the rows.

A roll-up is used only when it is proved to give what the scan would give: it was reckoned from exactly the
files in force, and what the question itself requires holds. Otherwise the rows are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from secretariat.oversight.readings.layout import HOT, HOUR, bounds
from secretariat.oversight.readings.rollups import OF_A_PART
from secretariat.oversight.readings.runner import Parameter, Runner, register_all, text_of
from secretariat.oversight.readings.store import Manifest, Store
from secretariat.plain.months import Month

ROLLUP, SCAN = "rollup", "scan"
Given = Mapping[str, Parameter]
SOURCES = {rolled: dataset for dataset, of in OF_A_PART.items() for rolled in of} | {
    "model_month": "alerts",
    "hot_device_month": "alerts",
}


def unlisted_fall_short(answer: pa.Table, given: Given, months: int) -> bool:
    """Whether the last device listed has more alerts than any device can have that was hot in no month."""
    if answer.num_rows < int(given["top"]):
        return False
    return bool(answer.column("n")[-1].as_py() > months * (HOT - 1))


@dataclass(frozen=True)
class Question:
    """What is asked, its parameters when not given, the roll-ups that can answer it, and what else must hold."""

    key: str
    title: str
    defaults: Given = field(default_factory=dict)
    rollups: tuple[str, ...] = ()
    lead: int = 0
    holds: Callable[[pa.Table, Given, int], bool] | None = None

    def text(self, form: str) -> str:
        """The SQL text of a form. Raises FileNotFoundError where there is none."""
        return text_of(f"{self.key}_{form}")


QUESTIONS: Mapping[str, Question] = {
    question.key: question
    for question in (
        Question("q1", "Alerts by region and month, and for each thousand devices installed", rollups=("cube_h",)),
        Question("q2", "Models with most alerts for each device installed", {"top": 20}, ("model_month",)),
        Question(
            "q3", "Spurious alerts, by model, firmware and code",
            {"least": 30, "least_installed": 200, "spreads": 12, "times": 5}, ("cube_d",),
        ),
        Question("q4", "Alerts before and after a change of firmware", {"days": 28, "code": -1}),
        Question("q4_control", "The same days at devices that kept their firmware", {"days": 28, "code": -1}),
        Question("q5", "Storms, by region, code and hour", {"least": 50, "deviations": 6}, ("cube_h",), lead=1),
        Question(
            "q6", "Devices with most alerts", {"top": 1000}, ("hot_device_month",), holds=unlisted_fall_short
        ),
        Question("q7", "Devices that alerted, by model and month", rollups=("model_month",)),
        Question("q8", "Messages repeated within so many seconds", {"seconds": 60}),
        Question("q9", "Attainment of measures and its trend", {"target": 99.0, "minimum": 96.0}, ("requests_month",)),
        Question("q10", "Exceptions by category and region, and their trend", rollups=("exceptions_month",)),
        Question("q11", "Outage clusters of five minutes", {"devices": 200}),
        Question("q12", "What remains when a set is removed", rollups=("cube_d",)),
        Question("q13", "Alerts expected and received in maintenance", rollups=("cube_h",), lead=1),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """Rows, the form that answered, the text and its parameters: what a figure opens to."""

    rows: pa.Table
    form: str
    text: str
    parameters: Given


class Desk:
    """Where questions are asked: a store as it was when opened, and an engine that was told of it."""

    def __init__(self, store: Store, runner: Runner) -> None:
        self.runner = runner
        self.manifest = store.manifest
        register_all(runner, store)

    def ask(self, key: str, *, form: str = "", **given: Parameter) -> Answer:
        """Answers a question for the months `first` to `last`, or one `month`, by its roll-up where that is proved.

        With a form, by that form and unproved. Raises KeyError for a question that there is not.
        """
        question = QUESTIONS[key]
        parameters = spread(dict(question.defaults) | given, question.lead)
        if form:
            return self._answer(question, form, parameters)
        months = self._months(question, parameters)
        if question.rollups and all(proved(self.manifest, rollup, months) for rollup in question.rollups):
            answer = self._answer(question, ROLLUP, parameters)
            if question.holds is None or question.holds(answer.rows, parameters, len(months)):
                return answer
        return self._answer(question, SCAN, parameters)

    def _answer(self, question: Question, form: str, parameters: Given) -> Answer:
        text = question.text(form)
        return Answer(self.runner.query(text, parameters), form, text, parameters)

    def _months(self, question: Question, given: Given) -> list[str]:
        held = {month for rollup in question.rollups for month in self.manifest.months(SOURCES[rollup])}
        first = str(given["before"] if question.lead else given["first"])
        return sorted(month for month in held if first <= month <= str(given["last"]))


def spread(given: dict[str, Parameter], lead: int) -> dict[str, Parameter]:
    """The parameters with those that follow from the months: hours, instants, and the month read before the first."""
    if "month" in given:
        given = {"first": given["month"], "last": given["month"]} | given
    first, last = Month.parse(str(given["first"])), Month.parse(str(given["last"]))
    from_at, to_at = bounds(first)[0], bounds(last)[1]
    before = first.back(lead + 1)[0]
    reckoned: dict[str, Parameter] = {
        "before": before.iso, "from_hour": from_at // HOUR, "to_hour": to_at // HOUR,
        "from_at": from_at, "to_at": to_at,
    }  # fmt: skip
    return reckoned | given | {"first": first.iso, "last": last.iso}


def proved(manifest: Manifest, rollup: str, months: list[str]) -> bool:
    """Whether a roll-up was reckoned, in each of the months, from exactly the files that are in force."""
    return all(_reckoned(manifest, rollup, month) for month in months)


def _reckoned(manifest: Manifest, rollup: str, month: str) -> bool:
    rows = {part.path for part in manifest.of(SOURCES[rollup], month).values()}
    parts = [set(part.built_from) for part in manifest.of(rollup, month).values()]
    return set().union(*parts) == rows and all(part <= rows for part in parts)
