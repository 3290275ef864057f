"""The form of values, and the checks of a row: rules of values, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.products.entries.checks import Checked, check, gbcs_label, shows_firmware, specification_label
from secretariat.products.entries.hex import bcd, octets
from secretariat.products.entries.known import Held, Known

DAY = date(2020, 3, 2)
HASH = "ab" * 32
ROW = {
    "device_type": "esme", "technical_specification": "SMETS2 v4.2", "gbcs_version": "2.0",
    "manufacturer": "Larch Meters", "manufacturer_identifier": "10 af", "model": "L1", "model_identifier": "0x0a1b",
    "hardware_version": "01", "firmware": "01:02:03:0f", "image_hash": HASH, "cpa_certificate": "C1",
    "zigbee_certificate": "Z1", "dlms_certificate": "D1", "predecessors": "N/A",
}  # fmt: skip


def known(**more: Any) -> Known:
    told: dict[str, Any] = {
        "specifications": {"SMETS2 v4.2": True, "SMETS2 v3.1": False, "SMETS1": True, "GBCS v2.0": True},
        "certificates": {
            ("CPA", "c1"): Held(1, date(2022, 8, 30), None, "", date(2022, 8, 30)),
            ("CPA", "c2"): Held(2, date(2020, 2, 28), None, ""),
            ("CPA", "c3"): Held(3, None, date(2019, 6, 1), ""),
            ("ZigBee", "z1"): Held(4, None, None, "0102030F, 01020310"),
            ("ZigBee", "z2"): Held(5, None, None, "09.09.09.09"),
            ("DLMS", "d1"): Held(6, None, None, ""),
        },
        "needed": {"ESME": ("CPA", "ZigBee", "DLMS"), "PPMID": ("ZigBee",)},
        "entries": {"900": (9, "ESME", "Larch Meters"), "901": (10, "GSME", "Larch Meters"), "902": (11, "ESME", "O")},
    }
    return Known(DAY, **{**told, **more})


def checked(found: Known | None = None, /, **changes: str) -> Checked:
    return check(ROW | changes, found or known())


def stopping(found: Checked) -> list[str]:
    return [one.column for one in found.findings if one.stops]


def looked_at(found: Checked) -> list[str]:
    return [one.column for one in found.findings if not one.stops]


@pytest.mark.parametrize("text", ["10AF", "10af", " 10 af ", "0x10AF", "10:af", "10-AF", "10.AF"])
def test_octets_have_one_form_however_they_are_written(text: str) -> None:
    assert octets(text, 2) == "10AF"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has 0 digits; 4 are needed"),
        ("1", "has 1 digit; 4 are needed. If leading noughts were lost, write 0001"),
        ("A1B", "write 0A1B"),
        ("10AF0", "Look the value up again"),
        ("10AG", "holds G, which is no hexadecimal digit. Use 0 to 9 and A to F only"),
        ("1OAF", "Write a nought for the letter O"),
        ("1E+10", "Format the column as text"),
        ("1.2", "Write two digits for each octet"),
    ],
)
def test_what_is_no_octets_is_refused_with_what_to_do(text: str, words: str) -> None:
    with pytest.raises(ValueError, match="“") as refusal:
        octets(text, 2)
    assert words in str(refusal.value)


def test_binary_coded_decimal_has_decimal_digits_only() -> None:
    assert bcd("01.02.03.04", 4) == "01020304"
    with pytest.raises(ValueError, match="holds F, which is no decimal digit"):
        bcd("0102030F", 4)


def test_a_hardware_version_has_any_whole_number_of_octets_up_to_the_most() -> None:
    assert [octets(text, 1, 4) for text in ("01", "0102", "01020304")] == ["01", "0102", "01020304"]
    with pytest.raises(
        ValueError, match="2 to 8, two for each octet are needed. If leading noughts were lost, write 0102"
    ):
        octets("102", 1, 4)


def test_labels_of_specifications_have_one_form() -> None:
    assert {specification_label(text) for text in ("smets2 4.2", "SMETS2 V4.2", "SMETS2 version 4.2")} == {
        "SMETS2 v4.2"
    }
    assert specification_label("SMETS1") == "SMETS1"
    assert gbcs_label("2.0") == gbcs_label("gbcs v2.0") == "GBCS v2.0"


def test_a_good_row_has_no_finding_and_its_values_in_one_form() -> None:
    found = checked()
    assert found.findings == []
    assert found.identity == ("ESME", "10AF", "0A1B", "01", "0102030F")
    assert found.values["image_hash"] == HASH.upper()
    assert found.values["firmware_form"] == "hex"
    assert (found.certificates, found.predecessors) == ([1, 4, 6], [])


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"model": " "}, "model", "This is empty"),
        ({"manufacturer": "x" * 121}, "manufacturer", "longer than 120"),
        ({"device_type": "TOASTER"}, "device_type", "is not one of these"),
        ({"technical_specification": "SMETS2 v9.9"}, "technical_specification", "Known: SMETS2 v3.1, SMETS2 v4.2"),
        ({"technical_specification": "SMETS2 v3.1"}, "technical_specification", "not in force on Mon 2 Mar 2020"),
        ({"origin": "SMETS1"}, "technical_specification", "does not follow"),
        ({"gbcs_version": ""}, "gbcs_version", "Give the version of GBCS"),
        ({"gbcs_version": "7"}, "gbcs_version", "not a version that is known"),
        ({"image_hash": "ab" * 31}, "image_hash", "has 62 digits; 64 are needed"),
        ({"cpa_certificate": ""}, "cpa_certificate", "needs a CPA certificate"),
        ({"dlms_certificate": ""}, "dlms_certificate", "needs a DLMS certificate"),
        ({"cpa_certificate": "C2"}, "cpa_certificate", "ended on Fri 28 Feb 2020"),
        ({"cpa_certificate": "C3"}, "cpa_certificate", "was withdrawn on Sat 1 Jun 2019"),
        ({"cpa_expires_on": "30 Smarch 2022"}, "cpa_expires_on", "not the name of a month"),
        ({"signer": "Larch", "signer_valid_until": "2020-03-01"}, "signer_valid_until", "Sign the image anew"),
        ({"signer": "Larch"}, "signer_valid_until", "give the last day"),
        ({"signer_valid_until": "2021-01-01"}, "signer", "Name it"),
        (
            {"signer": "L", "signer_valid_from": "2021-01-01", "signer_valid_until": "2020-12-31"},
            "signer_valid_until", "before the first day",
        ),
        ({"predecessors": "899"}, "predecessors", "There is no entry 899"),
        ({"predecessors": "900, 901"}, "predecessors", "of another device type"),
        ({"firmware_form": "octal"}, "firmware_form", "Write hex or BCD"),
        ({"firmware_form": "BCD"}, "firmware", "no decimal digit"),
    ],
)  # fmt: skip
def test_what_is_wrong_stops_the_row_at_its_column_with_what_to_do(
    changes: dict[str, str], column: str, words: str
) -> None:
    found = checked(**changes)
    assert [one.sentence for one in found.findings if one.column == column and one.stops and words in one.sentence]
    assert set(stopping(found)) == {column}
    assert found.stopped


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"cpa_certificate": "C77"}, "cpa_certificate", "the technical team looks it up"),
        ({"zigbee_certificate": "Z2"}, "zigbee_certificate", "extract of the release notes"),
        ({"zigbee_firmware": "7"}, "zigbee_firmware", "Look it up again"),
        ({"cpa_expires_on": "2023-08-30"}, "cpa_expires_on", "says Tue 30 Aug 2022"),
        ({"cpa_renewal_on": "2023-08-30"}, "cpa_renewal_on", "has no such day"),
        ({"predecessors": "902"}, "predecessors", "staff ask whether it is meant"),
    ],
)
def test_what_is_in_doubt_is_for_staff_to_look_at_and_stops_nothing(
    changes: dict[str, str], column: str, words: str
) -> None:
    found = checked(**changes)
    assert not found.stopped
    assert [one.column for one in found.findings if words in one.sentence] == [column]


def test_every_finding_of_a_row_comes_at_once() -> None:
    found = checked(device_type="", model="", manufacturer_identifier="1", image_hash="zz")
    assert set(stopping(found)) == {"device_type", "model", "manufacturer_identifier", "image_hash"}


def test_a_smets1_device_needs_neither_gbcs_nor_certificates() -> None:
    row = {"origin": "SMETS1", "technical_specification": "SMETS1", "gbcs_version": "", "cpa_certificate": "",
           "zigbee_certificate": "", "dlms_certificate": ""}  # fmt: skip
    assert checked(**row).findings == []


def test_an_interface_device_needs_a_zigbee_certificate_only() -> None:
    assert checked(device_type="PPMID", cpa_certificate="", dlms_certificate="").findings == []
    assert stopping(checked(device_type="PPMID", zigbee_certificate="")) == ["zigbee_certificate"]


def test_an_exact_duplicate_of_a_listed_or_pending_model_is_refused() -> None:
    for listed, words in ((True, "on the list already as entry 900"), (False, "being checked already as entry 900")):
        record = known()
        record.add("900", checked().values, listed)
        found = checked(record, image_hash="cd" * 32)
        assert [one.sentence for one in found.findings if words in one.sentence and one.stops]
        assert not checked(record, image_hash="cd" * 32, firmware="01020310").stopped


def test_the_same_image_under_another_identity_is_looked_at() -> None:
    record = known()
    record.add("900", checked().values, listed=True)
    assert looked_at(checked(record, firmware="01020310")) == ["image_hash"]


def test_a_manufacturer_keeps_to_one_form_of_firmware_version() -> None:
    record = known()
    record.add("900", checked(firmware="01020304", firmware_form="BCD").values, listed=True)
    assert "firmware_form" in stopping(checked(record, firmware_form="hex", image_hash="cd" * 32))
    assert stopping(checked(record, image_hash="cd" * 32)) == ["firmware"]
    excepted = known(exceptions=frozenset({"10AF"}))
    excepted.add("900", checked(firmware="01020304", firmware_form="BCD").values, listed=True)
    assert not checked(excepted, firmware_form="hex", image_hash="cd" * 32).stopped


def test_a_name_that_is_nearly_another_is_looked_at() -> None:
    record = known()
    record.add("900", checked().values, listed=True)
    other = {"manufacturer_identifier": "10B0", "image_hash": "cd" * 32, "firmware": "01020310"}
    assert looked_at(checked(record, manufacturer="Larch Meter", **other)) == ["manufacturer"]
    assert looked_at(checked(record, manufacturer="Quite Another", **other)) == []
    assert looked_at(
        checked(record, manufacturer="Quite Another", **(other | {"manufacturer_identifier": "10AF"}))
    ) == ["manufacturer"]


def test_a_certificate_that_shows_no_firmware_covers_all() -> None:
    assert shows_firmware("", "0102030F")
    assert shows_firmware("01.02.03.0f, 01020310", "0102030F")
    assert not shows_firmware("01020310", "0102030F")
