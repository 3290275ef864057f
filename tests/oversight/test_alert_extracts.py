"""The register of alert extracts: what is in it was taken in, and what was refused is in neither."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.cli import parser
from secretariat.core.journal import Event
from secretariat.core.procedure import Refused
from secretariat.oversight.readings.actions import receive
from secretariat.oversight.readings.models import AlertExtract
from secretariat.oversight.readings.place import opened_desk, opened_store
from secretariat.site import commands

AT = datetime(2020, 4, 3, 9, tzinfo=UTC)
HEAD = "received_at,device,alert_code\n"
GOOD = HEAD + "2020-03-02T00:00:00Z,00-11-22-33-44-55-66-77,8F3E\n"


def taken(content: str, **facts: object) -> AlertExtract:
    record = AlertExtract(month=date(2020, 3, 1), **facts)
    return receive(record, "alerts.csv", content.encode(), by=None, at=AT, recorded=AT)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.READINGS_ROOT = tmp_path / "readings"


@pytest.mark.django_db
def test_an_extract_is_registered_with_what_was_told_of_it() -> None:
    record = taken(GOOD)
    assert (record.rows, record.file.name) == (1, "alerts.csv")
    assert record.findings == ["unknown device (1): Kept without a model: their devices are in no inventory."]
    assert [row["n"] for row in opened_desk().ask("q1", month="2020-03").rows.to_pylist()] == [1]
    assert Event.objects.filter(name="alertextract.receive", subject_id=record.pk).count() == 1


@pytest.mark.django_db
def test_what_is_refused_is_in_neither() -> None:
    with pytest.raises(Refused, match="unknown code"):
        taken(HEAD + "2020-03-02T00:00:00Z,00-11-22-33-44-55-66-77,nothing\n")
    assert not AlertExtract.objects.exists()
    assert not opened_store().manifest.taken


@pytest.mark.django_db
def test_a_day_of_another_month_is_refused() -> None:
    with pytest.raises(ValidationError, match="another month"):
        taken(GOOD, day=date(2020, 2, 2))
    assert not opened_store().manifest.taken


@pytest.mark.django_db
def test_the_command_takes_a_file_in_and_says_what_was_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "alerts.csv").write_text(GOOD)
    asked = parser().parse_args(["readings", str(tmp_path / "alerts.csv"), "2020-03", "--london"])
    assert commands.readings(asked) == 0
    assert "1 messages." in capsys.readouterr().out
    assert commands.readings(asked) == 1
    assert "taken in" in capsys.readouterr().err
    assert AlertExtract.objects.get().clock == "Europe/London"
