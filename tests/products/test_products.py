"""Product lists: their versions, the models of the Central list, and what is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.figures import Records, Span, Unknown
from secretariat.core.journal import Event
from secretariat.core.load import Loading, LoadKind, Prepared, load, preview
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from secretariat.products import kinds
from secretariat.products.entries.load import MODELS
from secretariat.products.figures import product_lists
from secretariat.products.models import DeviceModel, ListVersion, ProductList
from secretariat.products.publishing.load import VERSIONS
from tests.products.factories import LATER, device, person, version
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))
VERSION_HEAD = "list,number,published_on,invented"
MODEL_HEAD = "entry_id,device_type,technical_specification,manufacturer,model,firmware,cpl_version,invented"
MODEL = "4711,ESME,SMETS2 v4.2,Larch Meters,0A1B,00010203,12,no"


def loading() -> Loading:
    return Loading(person(), LATER, LATER)


def asked(kind: LoadKind, head: str, *rows: str) -> Prepared:
    return preview(kind, "file.csv", "\n".join((head, *rows)).encode(), Loading(None, LATER, LATER))


def test_the_four_lists_are_there_in_the_order_of_the_paper() -> None:
    assert list(ProductList.objects.values_list("code", flat=True)) == ["CPL", "PPCL", "EPCL", "DPL"]
    assert ProductList.objects.get(code="EPCL").obligation_reference == "F2.10A(a)"


def test_versions_of_the_span_are_counted_by_list() -> None:
    for number, day in ((10, "2020-01-31"), (11, "2020-02-01"), (12, "2020-02-29"), (13, "2020-03-01")):
        version("CPL", number, day)
    version("DPL", 5, "2020-02-14")
    grid = product_lists.grid(FEBRUARY)
    assert [row.key for row in grid.rows] == ["cpl", "ppcl", "epcl", "dpl"]
    assert {row.key: grid.cell(row.key, "versions").value for row in grid.rows} == {
        "cpl": 2, "ppcl": 0, "epcl": 0, "dpl": 1,
    }  # fmt: skip
    counted = grid.cell("cpl", "versions").counted
    assert isinstance(counted, Records)
    assert sorted(counted.queryset.values_list("number", flat=True)) == [11, 12]


def test_no_new_version_is_itself_reported() -> None:
    cell = product_lists.grid(FEBRUARY).cell("ppcl", "versions")
    assert cell.value == 0
    assert isinstance(cell.counted, Records)


def test_smets2_models_count_by_the_version_that_added_them() -> None:
    january, february = version("CPL", 10, "2020-01-31"), version("CPL", 11, "2020-02-01")
    device("1", january)
    device("2", february)
    device("3", february, technical_specification="SMETS2 v3.1")
    device("4", february, technical_specification="SMETS1")
    cell = product_lists.grid(FEBRUARY).cell("cpl", "models_added")
    assert isinstance(cell.counted, Records)
    assert cell.value == 2
    assert sorted(cell.counted.queryset.values_list("entry_id", flat=True)) == ["2", "3"]


@pytest.mark.parametrize("code", ["ppcl", "epcl", "dpl"])
def test_only_the_central_list_counts_models(code: str) -> None:
    cell = product_lists.grid(FEBRUARY).cell(code, "models_added")
    assert cell.value is None
    assert isinstance(cell.counted, Unknown)


def test_the_figure_asks_two_queries(django_assert_max_num_queries: Any) -> None:
    device("1", version("CPL", 10, "2020-02-03"))
    with django_assert_max_num_queries(2):
        product_lists(FEBRUARY)


def test_a_list_has_a_number_once() -> None:
    version("CPL", 10, "2020-02-03")
    version("DPL", 10, "2020-02-03")
    again = ListVersion(list=ProductList.objects.get(code="CPL"), number=10, published_on=date(2020, 2, 4))
    with pytest.raises(ValidationError, match="already has a version with this number"):
        again.full_clean()


def test_only_a_version_of_the_central_list_adds_device_models() -> None:
    made = device("1", version("CPL", 10, "2020-02-03"))
    made.added_in = version("DPL", 10, "2020-02-03")
    with pytest.raises(ValidationError, match="Only a version of the Central Products List"):
        made.full_clean()


def test_lists_versions_and_models_are_found_by_their_names() -> None:
    made = version("CPL", 10, "2020-02-03")
    assert kinds.product_list("cpl") == made.list
    assert kinds.list_version("CPL version 10") == kinds.list_version("cpl v10") == made
    assert kinds.list_version("CPL") is None
    assert kinds.device_model("4711") is None
    assert kinds.device_model(device("4711", made).entry_id) is not None


def test_versions_are_previewed_loaded_and_not_doubled() -> None:
    rows = ("cpl,10,2020-02-03,no", "DPL,10,03/02/2020,")
    assert asked(VERSIONS, VERSION_HEAD, *rows).sentence == "2 accepted, 0 already there, 0 refused."
    assert not ListVersion.objects.exists()
    content = "\n".join((VERSION_HEAD, *rows)).encode()
    load(VERSIONS, "file.csv", content, loading())
    assert Event.objects.filter(name="listversion.load", imported=True).count() == 2
    assert asked(VERSIONS, VERSION_HEAD, *rows).repeated == [2, 3]
    assert ListVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("XPL,1,2020-02-03,", "list", "XPL is not a product list"),
        ("CPL,0,2020-02-03,", "number", "numbered from 1"),
        ("CPL,-1,2020-02-03,", "number", "below nought"),
        ("CPL,one,2020-02-03,", "number", "not a whole number"),
        ("CPL,1,2020-02-30,", "published_on", "There is no 30 February 2020"),
        ("CPL,1,2020-03-06,", "published_on", "still to come"),
        ("CPL,10,2020-02-04,", "published_on", "already there, published on 2020-02-03"),
        ("CPL,1,2020-02-03,maybe", "invented", "is not one of"),
    ],
)
def test_a_wrong_version_is_refused(row: str, column: str, sentence: str) -> None:
    version("CPL", 10, "2020-02-03")
    (refusal,) = asked(VERSIONS, VERSION_HEAD, row).refused
    assert (refusal.row, refusal.column) == (2, column)
    assert sentence in refusal.reason


def test_a_version_twice_in_a_file_is_refused() -> None:
    (refusal,) = asked(VERSIONS, VERSION_HEAD, "CPL,1,2020-02-03,", "CPL,1,2020-02-03,").refused
    assert "is in row 2 too" in refusal.reason


def test_device_models_are_loaded_once() -> None:
    version("CPL", 12, "2020-02-03")
    content = f"{MODEL_HEAD}\n{MODEL}".encode()
    load(MODELS, "file.csv", content, loading())
    assert DeviceModel.objects.get().added_in.number == 12
    DeviceModel.objects.get().full_clean()
    assert asked(MODELS, MODEL_HEAD, MODEL).repeated == [2]


@pytest.mark.parametrize(
    ("old", "new", "column", "sentence"),
    [
        (",12,", ",13,", "cpl_version", "There is no CPL version 13"),
        ("ESME", "TOASTER", "device_type", "is not one of"),
        ("Larch Meters", "", "manufacturer", "is empty"),
        ("0A1B", "A" * 61, "model", "longer than 60"),
        ("Larch", "Other", "entry_id", "already there with other content"),
    ],
)
def test_a_wrong_device_model_is_refused(old: str, new: str, column: str, sentence: str) -> None:
    made = version("CPL", 12, "2020-02-03")
    device("4711", made)
    refused = asked(MODELS, MODEL_HEAD, MODEL.replace(old, new)).refused
    assert [one.row for one in refused if one.column == column and sentence in one.reason] == [2]


def test_one_bad_row_loads_nothing_and_a_model_twice_is_refused() -> None:
    version("CPL", 12, "2020-02-03")
    content = f"{MODEL_HEAD}\n{MODEL}\n{MODEL}".encode()
    with pytest.raises(Refused, match="row 3, entry_id: The entry 4711 is in row 2 too"):
        load(MODELS, "file.csv", content, loading())
    assert not DeviceModel.objects.exists()


def test_large_files_are_read_with_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    version("CPL", 12, "2020-02-03")
    with django_assert_max_num_queries(3):
        found = asked(MODELS, MODEL_HEAD, *(MODEL.replace("4711", str(entry)) for entry in range(500)))
    with django_assert_max_num_queries(2):
        asked(VERSIONS, VERSION_HEAD, *(f"DPL,{number},2020-02-03," for number in range(1, 500)))
    assert len(found.accepted) == 500


def test_lists_versions_and_models_are_white() -> None:
    made = version("CPL", 12, "2020-02-03")
    device("4711", made)
    for path in ("/product-lists/", "/product-lists/CPL/", "/list-versions/", made.get_absolute_url(),
                 "/device-models/", "/device-models/4711/", "/list-versions/?list=CPL"):  # fmt: skip
        assert Client().get(path).status_code == 200, path
    assert Client().get("/device-models/4712/").status_code == 404


@pytest.mark.parametrize("path", ["/product-lists/new/", "/list-versions/new/"])
def test_only_the_technical_team_enters(path: str) -> None:
    assert Client().get(path).status_code == 302
    assert signed_in(person(Role.PARTY_CONTACT, "")).get(path).status_code == 403
    assert signed_in(person()).get(path).status_code == 200


def test_a_version_is_entered_once_it_is_published() -> None:
    client, central = signed_in(person()), ProductList.objects.get(code="CPL")
    told = {"list": central.pk, "number": 12, "published_on": "2090-02-03"}
    answer = client.post("/list-versions/new/", told)
    assert answer.status_code == 422
    assert "recorded once it is published" in answer.content.decode()
    assert client.post("/list-versions/new/", told | {"published_on": "2020-02-03"}).status_code == 302
    assert Event.objects.get().name == "listversion.enter"
