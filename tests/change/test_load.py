"""Loading proposals and releases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.change.load import PROPOSALS, RELEASES
from secretariat.change.models import Body, Proposal, Release, StageSpell
from secretariat.core.journal import Event, verify
from secretariat.core.load import Loading, LoadKind, Prepared, load, preview
from secretariat.core.procedure import Refused
from secretariat.register.models import Party
from tests.change.factories import change_person, london, party, release, take

pytestmark = pytest.mark.django_db

HEAD = "reference,title,proposer,raised_on,stage,from,decided_by,path,release,on_hold,invented"
GOOD = (
    "SECMP0046,Charging of vehicles,Birch Networks,2018-01-08,refinement,2018-01-08,,,,yes,no",
    "MP079,Withdrawing,Alder Energy Limited,2019-06-03,development,2019-06-03,,authority,,,",
    "MP079,Withdrawing,Alder Energy Limited,2019-06-03,refinement,2019-07-12,SECP,authority,,,",
    "MP079,Withdrawing,Alder Energy Limited,2019-06-03,report,2019-11-08,,authority,,,",
    "MP079,Withdrawing,Alder Energy Limited,2019-06-03,Awaiting decision,2020-01-22,,authority,,,",
    "MP079,Withdrawing,Alder Energy Limited,2019-06-03,rejected,2020-03-02,Authority,authority,,,",
    "DP098,Issue resolution,alder-energy-limited,2020-01-06,development,2020-01-06,,,,,yes",
)


@pytest.fixture
def loading() -> Loading:
    party()
    return Loading(change_person(), london("2020-03-05"), london("2020-03-05"))


def file(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def asked(loading: Loading, *rows: str, kind: LoadKind = PROPOSALS, head: str = HEAD) -> Prepared:
    return preview(kind, "file.csv", file(*rows, head=head), loading)


def counted() -> tuple[int, int, int]:
    return Proposal.objects.count(), StageSpell.objects.count(), Event.objects.count()


def test_a_preview_says_what_it_would_do_and_writes_nothing(loading: Loading) -> None:
    prepared = asked(loading, *GOOD)
    assert prepared.sentence == "3 accepted, 0 already there, 0 refused."
    assert counted() == (0, 0, 0)


def test_a_file_is_loaded_with_stages_labels_and_events(loading: Loading) -> None:
    load(PROPOSALS, "file.csv", file(*GOOD), loading)
    made = Proposal.objects.get(reference="MP079")
    assert (made.state, made.converted_on, made.proposer) == ("rejected", date(2019, 7, 12), Party.objects.get())
    ends = list(made.spells.values_list("stage", "to_day", "decided_by"))
    assert [str(end) for _, end, _ in ends] == ["2019-07-11", "2019-11-07", "2020-01-21", "2020-03-01", "None"]
    assert ends[-1][2] == Body.AUTHORITY
    assert Proposal.objects.get(number=98).proposer_name == "Alder Energy Limited"
    assert Proposal.objects.get(number=46).proposer is None
    assert Proposal.objects.get(number=46).on_hold
    assert Event.objects.filter(name="proposal.load", imported=True).count() == 3
    assert Event.objects.filter(name="stagespell.load", imported=True).count() == 7
    assert not list(verify())
    for row in Proposal.objects.all():
        row.full_clean()
    for spell in StageSpell.objects.all():
        spell.full_clean()


def test_a_file_loaded_again_doubles_nothing(loading: Loading) -> None:
    load(PROPOSALS, "file.csv", file(*GOOD), loading)
    before = counted()
    again = load(PROPOSALS, "file.csv", file(*reversed(GOOD)), loading)
    assert again.sentence == "0 accepted, 7 already there, 0 refused."
    assert counted() == before


def test_a_proposal_already_there_with_other_content_is_refused(loading: Loading) -> None:
    load(PROPOSALS, "file.csv", file(GOOD[6]), loading)
    prepared = asked(loading, GOOD[6].replace("Issue resolution", "Another title"))
    assert "is already there with other content" in prepared.refused[0].reason
    take("convert", Proposal.objects.get(number=98), "2020-02-14", decided_by=Body.PANEL)
    assert "it moves by its steps" in asked(loading, GOOD[6]).refused[0].reason
    assert Proposal.objects.get().reference == "MP098"


def test_one_bad_row_loads_nothing(loading: Loading) -> None:
    with pytest.raises(Refused, match="row 3, raised_on"):
        load(PROPOSALS, "file.csv", file(GOOD[0], GOOD[6].replace("2020-01-06", "2020-13-06")), loading)
    assert counted() == (0, 0, 0)


@pytest.mark.parametrize(
    ("rows", "column", "sentence"),
    [
        (["MP79,T,P,2020-01-06,development,2020-01-06,,,,,"], "reference", "is not a proposal's reference"),
        (["DP098,T,P,06.01.2020,development,2020-01-06,,,,,"], "raised_on", "is not a date"),
        (["DP098,T,P,2020-03-06,development,2020-03-06,,,,,"], "raised_on", "The day is still to come"),
        (["DP098,T,P,2020-01-06,thinking,2020-01-06,,,,,"], "stage", "is not one of"),
        (["DP098,,P,2020-01-06,development,2020-01-06,,,,,"], "title", "is empty"),
        ([f"DP098,{'T' * 251},P,2020-01-06,development,2020-01-06,,,,,"], "title", "longer than 250"),
        (["DP098,T,P,2020-01-06,development,2020-01-07,,,,,"], "from", "begins on the day on which"),
        (["DP098,T,P,2018-01-06,development,2018-01-06,,,,,"], "reference", "this proposal is SECMP0098"),
        (["MP098,T,P,2020-01-06,development,2020-01-06,,,,,"], "reference", "this proposal is DP098"),
        (["SECMP0098,T,P,2020-01-06,development,2020-01-06,,,,,"], "reference", "this proposal is DP098"),
        (["SECMP0001,T,P,2012-01-06,development,2012-01-06,,,,,"], "raised_on", "no value for change.shape"),
        (["MP098,T,P,2020-01-06,refinement,2020-01-06,,,,,"], "stage", "begins in the Development Stage"),
        (["SECMP0001,T,P,2017-01-06,approved,2017-01-06,,,,,"], "stage", "does not begin with Pending implementation"),
        ([GOOD[6], GOOD[6]], "stage", "This stage is in row 2 too"),
        ([GOOD[1], GOOD[5]], "stage", "Rejected does not follow Development Stage (row 2)"),
        ([GOOD[1], GOOD[2].replace("Withdrawing", "Other")], "title", "This differs from row 2"),
        (["DP098,T,P,2020-01-06,development,2020-01-06,,,June,,"], "release", "There is no release “June”"),
        (["DP098,T,P,2020-01-06,development,2020-01-06,,,February 2020,,"], "release", "Only an implemented"),
        (["DP098,T,P,2020-01-06,development,2020-01-06,The King,,,,"], "decided_by", "is not one of"),
    ],
)
def test_what_is_wrong_is_refused_with_row_column_and_a_sentence(
    rows: list[str], column: str, sentence: str, loading: Loading
) -> None:
    release()
    refused = asked(loading, *rows).refused
    assert (len(rows) + 1, column) in [(one.row, one.column) for one in refused if sentence in one.reason]


def test_a_modification_is_not_implemented_before_its_release(loading: Loading) -> None:
    release(go_live="2020-02-27")
    told = "MP001,T,P,2019-01-07,{},{},,,February 2020,,"
    stages = (("development", "2019-01-07"), ("report", "2019-02-01"), ("decision", "2019-03-01"))
    rows = [told.format(*stage) for stage in (*stages, ("approved", "2019-04-01"), ("implemented", "2020-02-26"))]
    assert "went live later" in asked(loading, *rows).refused[0].reason
    assert not asked(loading, *rows[:-1], told.format("implemented", "2020-02-27")).refused


def test_a_large_file_is_loaded_with_a_handful_of_queries(loading: Loading, django_assert_max_num_queries: Any) -> None:
    rows = [f"DP{number:03d},T,P,2020-01-06,development,2020-01-06,,,,," for number in range(1, 401)]
    with django_assert_max_num_queries(6):
        assert len(asked(loading, *rows).accepted) == 400


def test_releases_are_loaded_once(loading: Loading) -> None:
    head, row = "name,go_live_on,kind,invented", "February 2020,2020-02-27,document-only,no"
    load(RELEASES, "file.csv", file(row, head=head), loading)
    assert Release.objects.get().kind == Release.Kind.DOCUMENT_ONLY
    assert asked(loading, row, kind=RELEASES, head=head).repeated == [2]
    other = asked(loading, row.replace("-27", "-28"), kind=RELEASES, head=head)
    assert "already there with other content" in other.refused[0].reason
    twice = asked(loading, row, row, kind=RELEASES, head=head)
    assert "in row 2 too" in twice.refused[0].reason
    assert asked(loading, f"{'N' * 81},2020-02-27,system,", kind=RELEASES, head=head).refused
