"""How many alerts there are: by region and month, by code, by day, by model, and in storms by hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.procedure import Who
from secretariat.oversight.alerts.asking import ask
from secretariat.oversight.alerts.meanings import called, meanings
from secretariat.oversight.alerts.names import known_names, region_name
from secretariat.oversight.alerts.pictures import Square, heat_map
from secretariat.oversight.alerts.question_page import (
    CodeField,
    MonthForm,
    MonthsForm,
    QuestionPage,
    RegionField,
    of_the_work,
)
from secretariat.oversight.alerts.shown import Column, Line, Shown, ratio
from secretariat.oversight.readings.questions import Desk
from secretariat.papers import charts
from secretariat.plain.months import Month

EPOCH = date(1970, 1, 1)
MESSAGES = Column("messages", "Messages")
ALERTS = Column("alerts", "Alerts they stand for")
BY_REGION = tuple(Column(name, label) for name, label in (
    ("north", "North"), ("central", "Central"), ("south", "South"), ("smets1", "SMETS1"),
))  # fmt: skip
CODE = Column("code", "Code", numeric=False)
MOST_BARS = 15
MOST_LINES = 4


class CodesForm(MonthsForm):
    """Months and a region."""

    region = RegionField()


class DaysForm(CodesForm):
    """Months, a region and a code."""

    code = CodeField(required=False, label="Code", help_text="Such as 8F3E; empty for all.")


class ModelForm(MonthsForm):
    """Months and a model."""

    model = forms.IntegerField(min_value=0, required=False, label="Model", help_text="Its number, from the list.")

    def clean_model(self) -> int:
        """The first model where none is asked for."""
        asked = self.cleaned_data["model"]
        return 1 if asked is None else int(asked)


class TopForm(MonthForm):
    """A month, and how many models."""

    top = forms.IntegerField(min_value=1, max_value=500, required=False, label="Models")

    def clean_top(self) -> int:
        """Twenty where none is asked for."""
        return self.cleaned_data["top"] or 20


def _month(text: str) -> str:
    return Month.parse(text).short


class AlertVolumes(QuestionPage):
    """Alerts by region and month."""

    name, slug = "alert volumes", "volumes"
    title = "Alerts by region and month"
    about = "How many alerts came from each region, and how many for every thousand devices installed there."
    definition = (
        "Messages received in the calendar month by Universal Time. A throttled message stands for the alerts that it "
        "says. Installed are the devices of the inventory when the month ended; the region is the device's own at the "
        "time of its alert. SMETS1 devices are a population of their own."
    )

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The rows by month and region, a line for each region."""
        found = desk.ask("q1", first=asked["first"], last=asked["last"])
        rows = found.rows.to_pylist()
        columns = (
            Column("month", "Month", numeric=False, printed=_month),
            Column("region", "Region", numeric=False), MESSAGES, ALERTS, Column("installed", "Devices installed"),
            Column("per_thousand", "Messages per 1,000 devices", printed=ratio(1)),
        )  # fmt: skip
        told = [
            Line((one["month"], region_name(one["region"]), one["n"], one["weight"], one["installed"],
                  one["per_thousand"])) for one in rows
        ]  # fmt: skip
        caption = "Messages of alerts a month, by region"
        return Shown(columns, told, (found,), caption, caption, _lines_by_region(rows), _unplaced(rows))


def _lines_by_region(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    months = sorted({one["month"] for one in rows})
    regions = sorted({one["region"] for one in rows if one["region"]})[:MOST_LINES]
    counted = {(one["month"], one["region"]): one["n"] for one in rows}
    series = {region_name(region): [counted.get((month, region)) for month in months] for region in regions}
    return charts.lines([_month(month) for month in months], series) if series else None


def _unplaced(rows: list[dict[str, Any]]) -> Sequence[str]:
    unplaced = sum(one["n"] for one in rows if not one["region"])
    return (f"{unplaced:,} messages came from devices that are in no inventory.",) if unplaced else ()


class AlertCodesCounted(QuestionPage):
    """Alerts by code."""

    name, slug = "alerts by code", "codes"
    title = "Alerts by code"
    about = "Which alerts are sent most, and where."
    definition = "Messages received in the months, by alert code and region; what a code means is from the dictionary."
    form_class = CodesForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The rows by code, a bar for each of the most frequent."""
        found = ask(desk, "by_code", rollup="cube_h", first=asked["first"], last=asked["last"], region=asked["region"])
        known = meanings(Month.parse(asked["last"]).last)
        rows = found.rows.to_pylist()
        told = [
            Line(
                (called(one["alert_code"], known), one["n"], one["weight"],
                 one["north"], one["central"], one["south"], one["smets1"]),
                known[one["alert_code"]].get_absolute_url() if one["alert_code"] in known else "",
            ) for one in rows
        ]  # fmt: skip
        top = told[:MOST_BARS]
        spec = charts.breakdown([one.values[0] for one in top], [one.values[1] for one in top]) if top else None
        caption = f"Messages by code, the {len(top)} most frequent"
        remarks = () if len(known) else ("No code is in the dictionary; load the file of alert codes.",)
        return Shown((CODE, MESSAGES, ALERTS, *BY_REGION), told, (found,), caption, caption, spec, remarks)


class AlertDays(QuestionPage):
    """Alerts by day."""

    name, slug = "alerts by day", "days"
    title = "Alerts by day"
    about = "The course of alerts day by day, of all codes or of one."
    definition = "Messages received on the day by Universal Time, and the alerts that they stand for."
    form_class = DaysForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The rows by day."""
        given = {"first": asked["first"], "last": asked["last"], "region": asked["region"], "code": asked["code"]}
        found = ask(desk, "by_day", rollup="cube_d", **given)
        told = [
            Line((EPOCH + timedelta(days=one["day"]), one["n"], one["weight"],
                  one["north"], one["central"], one["south"], one["smets1"]))
            for one in found.rows.to_pylist()
        ]  # fmt: skip
        return Shown((Column("day", "Day", numeric=False), MESSAGES, ALERTS, *BY_REGION), told, (found,))


class AlertModels(QuestionPage):
    """The models with most alerts for each device."""

    who: ClassVar[Who] = staticmethod(of_the_work)
    name, slug = "alerts by model", "models"
    title = "Models with most alerts for each device"
    about = "Which device models send most, for each of them that is installed."
    definition = (
        "Messages in the month over devices of the model installed when it ended; models of which none is installed "
        "are left out."
    )
    form_class = TopForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The rows by model, a bar for each."""
        found, names = desk.ask("q2", month=asked["month"], top=asked["top"]), known_names()
        told = [
            Line(
                (names.model(one["model_id"]), one["n"], one["installed"], one["per_device"]),
                f"{reverse(AlertsOfAModel.name)}?model={one['model_id']}",
            )
            for one in found.rows.to_pylist()
        ]
        columns = (
            Column("model", "Model", numeric=False), MESSAGES, Column("installed", "Devices installed"),
            Column("per_device", "Messages per device", printed=ratio()),
        )  # fmt: skip
        top = told[:MOST_BARS]
        spec = charts.breakdown([one.values[0] for one in top], [round(one.values[3], 2) for one in top])
        caption = "Messages per installed device, by model"
        return Shown(columns, told, (found,), caption, caption, spec if top else None)


class AlertsOfAModel(QuestionPage):
    """What one model sends."""

    who: ClassVar[Who] = staticmethod(of_the_work)
    name, slug = "alerts of a model", "model"
    title = "Alerts of one model"
    about = "Which codes a model sends, firmware by firmware."
    definition = (
        "Messages of the model's devices in the months, by alert code and by the firmware that the device had when its "
        "alert was received."
    )
    form_class = ModelForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The rows by firmware and code, a bar for each of the most frequent."""
        given = {"first": asked["first"], "last": asked["last"], "model_id": asked["model"]}
        found = ask(desk, "of_a_model", rollup="cube_d", **given)
        known, names = meanings(Month.parse(asked["last"]).last), known_names()
        told = [
            Line((names.firmware(one["fw_id"]), called(one["alert_code"], known), one["n"], one["weight"]))
            for one in found.rows.to_pylist()
        ]
        top = told[:MOST_BARS]
        labels = [f"{one.values[1]}, {one.values[0]}" for one in top]
        spec = charts.breakdown(labels, [one.values[2] for one in top]) if top else None
        caption = f"Messages of {names.model(asked['model'])}"
        columns = (Column("firmware", "Firmware", numeric=False), CODE, MESSAGES, ALERTS)
        return Shown(columns, told, (found,), caption, caption, spec, empty="The model sent nothing in these months.")


class AlertStorms(QuestionPage):
    """Hours in which a region sent a code far more often than usual."""

    name, slug = "alert storms", "storms"
    title = "Storms of alerts by hour"
    about = "Hours in which a region sent one code far more often than in the week before."
    definition = (
        "An hour is a storm where its messages of a code from a region are more than the mean of the 168 hours before "
        "and six standard deviations more, and at least fifty. Hours without a message count with nought."
    )
    form_class = MonthForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The storms, and a heat map of all hours of the month."""
        found = desk.ask("q5", month=asked["month"])
        hours = ask(desk, "by_hour", rollup="cube_h", month=asked["month"], region=-1, code=-1)
        known = meanings(Month.parse(asked["month"]).last)
        told = [
            Line((hour_of(one["hour"]), region_name(one["region"]), called(one["alert_code"], known), one["n"],
                  one["mean"], one["deviation"])) for one in found.rows.to_pylist()
        ]  # fmt: skip
        columns = (
            Column("hour", "Hour", numeric=False), Column("region", "Region", numeric=False), CODE, MESSAGES,
            Column("mean", "Mean of the week before", printed=ratio(1)),
            Column("deviation", "Deviation", printed=ratio(1)),
        )  # fmt: skip
        squares = [_square(one["hour"], one["n"]) for one in hours.rows.to_pylist()]
        caption = "Messages by day and hour, all codes and regions"
        spec = heat_map(squares, "Messages") if squares else None
        return Shown(columns, told, (found, hours), caption, caption, spec, empty="No hour of the month was a storm.")


def hour_of(hours: int) -> datetime:
    """The instant at which an hour, counted from 1970, begins."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hours)


def _square(hours: int, value: int) -> Square:
    begins = hour_of(hours)
    return Square(f"{begins:%a} {begins.day} {begins:%b}", f"{begins.hour:02d}", value)
