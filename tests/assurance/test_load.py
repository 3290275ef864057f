"""Loading assessments and their milestones."""

from __future__ import annotations

from typing import Any

import pytest

from secretariat.assurance.load import ASSESSMENT_MILESTONES, ASSESSMENTS
from secretariat.assurance.models import Assessment, AssessmentMilestone
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.load import Loading, LoadKind, Prepared, load, preview
from secretariat.core.procedure import Refused
from tests.assurance.factories import LATER, party, security_person

pytestmark = pytest.mark.django_db

HEADS = {
    "assessments": "party,kind,initial,opened_on,closed_on,state,invented",
    "assessment-milestones": "party,kind,opened_on,milestone,day,detail",
}
FUSA = "alder-energy-limited,FUSA,yes,2019-11-04,2020-02-26,closed,yes"
VUSA = "Alder Energy Limited,VUSA,,2019-12-02,,Fieldwork completed,yes"
SSA = "alder-energy-limited,SSA,,2020-01-06,,decided,yes"
OF_FUSA = "alder-energy-limited,FUSA,2019-11-04,"
OF_VUSA = "alder-energy-limited,VUSA,2019-12-02,"
OF_SSA = "alder-energy-limited,SSA,2020-01-06,"
MILESTONES = (
    OF_FUSA + "assurance_status,2020-02-12,Approved",
    OF_FUSA + "validation_1,2019-12-02,",
    OF_FUSA + "fieldwork,2020-01-13,",
    OF_VUSA + "validation_1,2020-01-20,",
    OF_SSA + "reviewed,2020-02-12,",
)


@pytest.fixture(autouse=True)
def alder() -> None:
    party()


def file(kind: LoadKind, *rows: str) -> bytes:
    return "\n".join((HEADS[kind.name], *rows)).encode()


def asked(kind: LoadKind, *rows: str) -> Prepared:
    return preview(kind, "file.csv", file(kind, *rows), Loading(None, LATER, LATER))


def loaded(kind: LoadKind, *rows: str) -> Prepared:
    return load(kind, "file.csv", file(kind, *rows), Loading(security_person(), LATER, LATER))


def test_a_preview_writes_nothing() -> None:
    assert asked(ASSESSMENTS, FUSA, VUSA, SSA).sentence == "3 accepted, 0 already there, 0 refused."
    assert not Assessment.objects.exists()


def test_files_are_loaded_with_their_events_and_not_doubled() -> None:
    loaded(ASSESSMENTS, FUSA, VUSA, SSA)
    loaded(ASSESSMENT_MILESTONES, *MILESTONES)
    assert Event.objects.filter(name="assessment.load", imported=True).count() == 3
    assert Event.objects.filter(name="assessmentmilestone.load", imported=True).count() == 5
    for row in (*Assessment.objects.all(), *AssessmentMilestone.objects.all()):
        row.full_clean()
        assert (row.classification, row.audience) == (Class.AMBER, "SSC")
    assert not Event.objects.filter(classification__lt=Class.AMBER).exists()
    assert loaded(ASSESSMENTS, SSA, FUSA, VUSA).repeated == [2, 3, 4]
    assert sorted(loaded(ASSESSMENT_MILESTONES, *MILESTONES).repeated) == [2, 3, 4, 5, 6]
    assert (Assessment.objects.count(), AssessmentMilestone.objects.count()) == (3, 5)


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (FUSA.replace("alder-energy-limited", "nobody"), "party", "There is no party “nobody”"),
        (FUSA.replace("FUSA", "PUSA"), "kind", "is not one of"),
        (FUSA.replace("2019-11-04", "2020-02-30"), "opened_on", "There is no 30 February"),
        (VUSA.replace("2019-12-02", "2020-03-06"), "opened_on", "still to come"),
        (FUSA.replace("2020-02-26", "2020-03-06"), "closed_on", "still to come"),
        (FUSA.replace("2020-02-26", "2019-11-03"), "closed_on", "before it was opened"),
        (FUSA.replace("2020-02-26", ""), "state", "closed when it has a day of closing"),
        (VUSA.replace("VUSA,", "VUSA,yes"), "initial", "Only a Full User Security Assessment"),
    ],
)
def test_a_wrong_assessment_is_refused(row: str, column: str, sentence: str) -> None:
    refused = asked(ASSESSMENTS, row).refused
    assert [one.row for one in refused if one.column == column and sentence in one.reason] == [2]


def test_an_assessment_twice_or_with_other_content_is_refused() -> None:
    assert "is in row 2 too" in asked(ASSESSMENTS, FUSA, FUSA).refused[0].reason
    loaded(ASSESSMENTS, FUSA)
    assert "with other content" in asked(ASSESSMENTS, FUSA.replace("FUSA,yes", "FUSA,no")).refused[0].reason


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (OF_FUSA.replace("alder-energy-limited", "nobody") + "fieldwork,2020-01-13,", "party", "There is no party"),
        (OF_FUSA.replace("2019-11-04", "2019-11-05") + "fieldwork,2020-01-13,", "opened_on", "There is no FUSA of"),
        (OF_FUSA + "coffee,2020-01-13,", "milestone", "is not one of"),
        (OF_FUSA + "fieldwork,2019-11-03,", "day", "before the assessment was opened"),
        (OF_FUSA + "fieldwork,2020-02-27,", "day", "after the assessment was closed"),
        (OF_VUSA + "fieldwork,2020-03-06,", "day", "still to come"),
        (OF_VUSA + "prepared,2020-02-03,", "milestone", "is only fieldwork completed"),
        (OF_SSA + "fieldwork,2020-02-03,", "milestone", "has no validation, fieldwork or report"),
        (OF_FUSA + "compliance_status,2020-02-03,Compliant", "milestone", "ends in “Assurance Status set”"),
        (OF_FUSA + "assurance_status,2020-02-03,Compliant", "detail", "The status is one of: Approved;"),
        (OF_FUSA + "fieldwork,2020-02-03,a finding", "detail", "findings are not kept here"),
    ],
)
def test_a_wrong_milestone_is_refused(row: str, column: str, sentence: str) -> None:
    loaded(ASSESSMENTS, FUSA, VUSA, SSA)
    refused = asked(ASSESSMENT_MILESTONES, row).refused
    assert [one.row for one in refused if one.column == column and sentence in one.reason] == [2]


def test_milestones_out_of_order_within_a_file_or_after_what_is_kept_are_refused() -> None:
    loaded(ASSESSMENTS, FUSA)
    late = OF_FUSA + "validation_1,2020-01-14,"
    early = OF_FUSA + "fieldwork,2020-01-13,"
    assert "before the one it follows" in asked(ASSESSMENT_MILESTONES, late, early).refused[0].reason
    loaded(ASSESSMENT_MILESTONES, early)
    assert "before the one it follows" in asked(ASSESSMENT_MILESTONES, late).refused[0].reason


def test_a_milestone_twice_or_on_another_day_is_refused_and_nothing_is_loaded() -> None:
    loaded(ASSESSMENTS, FUSA)
    row = OF_FUSA + "fieldwork,2020-01-13,"
    with pytest.raises(Refused, match="already reached this milestone, or it is here twice"):
        loaded(ASSESSMENT_MILESTONES, row, row)
    assert not AssessmentMilestone.objects.exists()
    loaded(ASSESSMENT_MILESTONES, row)
    assert asked(ASSESSMENT_MILESTONES, row.replace("01-13", "01-14")).refused[0].column == "milestone"


def test_large_files_are_read_with_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    rows = [f"alder-energy-limited,SSA,,{year}-{month:02d}-{day:02d},,decided,yes"
            for year in (2018, 2019) for month in range(1, 13) for day in range(1, 21)]  # fmt: skip
    loaded(ASSESSMENTS, *rows)
    milestones = [",".join((*row.split(",")[:2], row.split(",")[3], "prepared,2020-01-06,")) for row in rows]
    with django_assert_max_num_queries(2):
        asked(ASSESSMENTS, *rows)
    with django_assert_max_num_queries(3):
        assert len(asked(ASSESSMENT_MILESTONES, *milestones).accepted) == len(rows)
