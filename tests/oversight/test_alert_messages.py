"""Alerts as delivered: the gateway's envelope, the device's message inside, codes, throttled weights, hostile files."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.oversight.alerts import codes, duis, gbcs
from tests.oversight import alert_messages as made


@pytest.mark.parametrize(
    ("hex_", "code", "use_case", "at", "content"),
    [
        (made.DLMS, 0x8F66, 0x00CC, datetime(2020, 2, 17, 9, 30, 15, tzinfo=UTC), "DLMS"),
        (made.GBZ, 0x8F1D, 0x1000, datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=0x25D9A500), "GBZ"),
        (made.ASN1, 0x8F12, 0x0018, datetime(2020, 2, 17, 9, 15, tzinfo=UTC), "ASN.1"),
        (made.wrapped(made.DLMS), 0x8F66, 0x00CC, datetime(2020, 2, 17, 9, 30, 15, tzinfo=UTC), "DLMS"),
    ],
)
def test_each_family_of_payload_tells_code_use_case_and_device_time(hex_, code, use_case, at, content):
    found = gbcs.decode(bytes.fromhex(hex_))
    assert (found.code, found.use_case, found.device_time, found.content) == (code, use_case, at, content)
    assert (found.device, found.recipient, found.counter) == (made.DEVICE, made.SUPPLIER, 7)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        ("07E4021100091E0F00003CFF", datetime(2020, 2, 17, 10, 30, 15, tzinfo=UTC)),
        ("FFFFFFFFFFFFFFFFFF8000FF", None),
        ("07E4021E00091E0F008000FF", None),
        ("07E4", None),
    ],
)
def test_a_device_clock_may_tell_a_deviation_nothing_or_nonsense(octets, expected):
    assert gbcs.cosem_time(bytes.fromhex(octets)) == expected


@pytest.mark.parametrize(
    ("hex_", "says"),
    [
        ("", "ends inside"),
        (made.DLMS[:60], "ends inside"),
        (made.message("0109", flag=2), "kind 2, not an alert"),
        ("DE" + made.DLMS[2:], "does not begin with a grouping header"),
        (made.DLMS[:80], "ends inside"),
        (made.message("FFFF00"), "begins with FFFF"),
        (made.message("3003020100"), "sixteen bits"),
        ("DD" + "00" * 6 + "05" + "11" * 5, "holds no message"),
    ],
)
def test_what_is_no_alert_is_refused_with_the_place(hex_, says):
    with pytest.raises(gbcs.UnreadablePayloadError, match=says):
        gbcs.decode(bytes.fromhex(hex_))


@given(st.binary(max_size=200))
def test_no_octets_break_the_decoder(octets):
    with suppress(gbcs.UnreadablePayloadError):
        assert 0 <= gbcs.decode(octets).code <= 0xFFFF


@given(st.data())
def test_no_damage_to_a_real_message_breaks_the_decoder(data):
    octets = bytearray.fromhex(data.draw(st.sampled_from([made.DLMS, made.GBZ, made.ASN1])))
    octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    with suppress(gbcs.UnreadablePayloadError):
        assert 0 <= gbcs.decode(bytes(octets)).code <= 0xFFFF


def test_device_alerts_and_service_alerts_are_read_from_one_file():
    first, second = duis.read(made.file_of(made.device_alert(), made.service_alert()))
    assert isinstance(first, duis.Received)
    assert isinstance(second, duis.Received)
    assert (codes.written(first.code), first.device, first.recipient, first.weight) == (
        "8F66", made.DEVICE, made.SUPPLIER, 1,
    )  # fmt: skip
    assert first.received == datetime(2020, 2, 17, 9, 31, 2, tzinfo=UTC)
    assert first.told.device_time < first.received
    assert (codes.written(second.code), second.device, second.told) == ("AD1", "00DB1234567890A1", None)


def test_a_throttled_alert_stands_for_as_many_as_it_says_and_never_for_none():
    weights = [one.weight for one in duis.read(made.file_of(*(made.device_alert(count=n) for n in ("40", "1", "0"))))]
    assert weights == [40, 1, 1]


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (made.device_alert(count="-4"), "not a count"),
        (made.device_alert("8F30"), "the device's message 8F66"),
        (made.device_alert("8F6"), "not an alert code"),
        (made.device_alert(hex_=made.DLMS[:40]), "ends inside"),
        (made.device_alert(at="2020-10-25T01:30:00"), "time zone"),
        (made.device_alert(at="yesterday"), "not an instant"),
        (made.service_alert(device="1234"), "not an EUI-64"),
        (made.device_alert().replace("GBCSPayload", "Other"), "carries no message"),
    ],
)
def test_a_faulty_message_is_told_with_its_place_and_the_others_are_kept(message, says):
    good, fault, other = duis.read(made.file_of(made.device_alert(), message, made.service_alert()))
    assert isinstance(good, duis.Received)
    assert isinstance(other, duis.Received)
    assert isinstance(fault, duis.Fault)
    assert fault.place == 2
    assert says in str(fault)


def test_the_hour_that_comes_twice_in_october_is_two_hours_in_utc():
    hours = [made.device_alert(at=f"2020-10-25T01:30:00+0{offset}:00") for offset in (1, 0)]
    assert [one.received.hour for one in duis.read(made.file_of(*hours))] == [0, 1]


def test_answers_that_are_no_alerts_are_passed_over():
    other = made.envelope("<sr:ResponseMessage/>", made.identifier())
    assert list(duis.read(made.file_of(other))) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]>" + made.device_alert().encode(), "document type"),
        (made.file_of(made.device_alert())[:-20], "not well-formed"),
        (b"", "not well-formed"),
    ],
)
def test_a_file_with_a_document_type_or_cut_off_is_refused(content, says):
    with pytest.raises(duis.UnsafeFileError, match=says):
        list(duis.read(content))


def test_nothing_outside_the_file_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("8F66")
    hostile = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + made.device_alert("&x;")
    with pytest.raises(duis.UnsafeFileError):
        list(duis.read(hostile.encode()))


@given(st.integers(0, 0xFFFF) | st.integers(0x10001, 0x10000 + 9_999) | st.integers(0x20001, 0x20000 + 9_999))
def test_every_code_comes_back_from_its_number(kept):
    assert codes.number(codes.written(kept)) == kept


@pytest.mark.parametrize("text", ["", "8F", "N0", "N", "AD0", "X1", "8F3G", "123456"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(codes.UnknownCodeError):
        codes.number(text)


def test_a_number_of_no_code_is_not_written():
    with pytest.raises(codes.UnknownCodeError):
        codes.written(0x30000)
