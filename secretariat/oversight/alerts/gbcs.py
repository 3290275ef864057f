"""The message inside a device alert, read from its octets: which alert, when by the device's clock, which use case.

Written from the published GB Companion Specification's message templates: a grouping header (general-signing,
perhaps wrapped in general-ciphering for its MAC), then one of three payloads: DLMS, ZigBee (GBZ) or ASN.1. Signatures
and MACs are not verified here: oversight counts alerts, and holds no device's keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Final

ALERT: Final = 3
"""The flag of the grouping header that says: an alert (1 is a command, 2 a response)."""
_CIPHERED, _SIGNED = 0xDD, 0xDF
_GBZ: Final = 0x0109
_DATA_NOTIFICATION, _STRUCTURE, _OCTETS, _LONG_UNSIGNED = 0x0F, 0x02, 0x09, 0x12
_SEQUENCE, _INTEGER, _GENERALISED_TIME = 0x30, 0x02, 0x18
_HEADER: Final = Struct(">BBBQB8sB8s")
"""Grouping header: its tag, the length of the transaction's identifier, kind and counter, then two identifiers."""
_ZIGBEE_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NEVER: Final = 0xFFFFFFFF
_NO_DEVIATION: Final = -0x8000
_MAC_OCTETS: Final = 12


class UnreadablePayloadError(ValueError):
    """The octets are not an alert of the specification; the sentence says where they leave it."""


@dataclass(frozen=True, slots=True)
class DeviceAlert:
    """One alert as the device made it.

    `code` is the 16-bit alert code, `use_case` the message code, `device_time` the device's own clock in UTC (None
    where the device told none or nonsense), `content` the family of its payload.
    """

    code: int
    use_case: int
    counter: int
    device: str
    recipient: str
    device_time: datetime | None
    content: str


class _Octets:
    """Octets read one after another; running out of them is told with the place."""

    def __init__(self, octets: bytes, at: int = 0) -> None:
        self.octets, self.at = octets, at

    def take(self, count: int, what: str) -> bytes:
        found = self.octets[self.at : self.at + count]
        if len(found) < count:
            raise UnreadablePayloadError(f"The message ends inside {what}, after {len(self.octets)} octets.")
        self.at += count
        return found

    def number(self, count: int, what: str) -> int:
        return int.from_bytes(self.take(count, what), "big")

    def length(self, what: str) -> int:
        """A length as DLMS and ASN.1 write it: one octet, or the count of octets that follow with its top bit set."""
        first = self.number(1, what)
        if first < 0x80:
            return first
        if first not in {0x81, 0x82}:
            raise UnreadablePayloadError(f"The length of {what} is written in a form that alerts do not use.")
        return self.number(first - 0x80, what)

    def expect(self, wanted: int, what: str, count: int = 1) -> None:
        found = self.number(count, what)
        if found != wanted:
            raise UnreadablePayloadError(f"{what} begins with {found:0{2 * count}X}, not {wanted:0{2 * count}X}.")

    def string(self, what: str) -> bytes:
        return self.take(self.length(what), what)


def decode(payload: bytes) -> DeviceAlert:
    """The alert that a GBCS payload holds. Raises UnreadablePayloadError for anything that is no alert."""
    message = _unwrapped(payload)
    if len(message) < _HEADER.size:
        raise UnreadablePayloadError(f"The message ends inside the grouping header, after {len(message)} octets.")
    signed, transaction, flag, counter, eight, device, eight_too, recipient = _HEADER.unpack_from(message)
    if (signed, transaction, eight, eight_too) != (_SIGNED, 9, 8, 8):
        raise UnreadablePayloadError("The message does not begin with a grouping header.")
    if flag != ALERT:
        raise UnreadablePayloadError(f"The message is of kind {flag}, not an alert ({ALERT}).")
    octets = _Octets(message, _HEADER.size)
    octets.string("the header's time")
    use_case = _Octets(octets.string("the message code")).number(2, "the message code")
    code, device_time, content = _payload(octets.string("the payload"))
    return DeviceAlert(code, use_case, counter, device.hex().upper(), recipient.hex().upper(), device_time, content)


def _unwrapped(payload: bytes) -> bytes:
    """The signed part of a message that a MAC wraps: five empty fields, no key, then a service of a told length."""
    if not payload or payload[0] != _CIPHERED:
        return payload
    octets = _Octets(payload)
    octets.expect(_CIPHERED, "the wrapper")
    for field in ("identifier", "originator", "recipient", "time", "other information", "key"):
        octets.string(f"the wrapper's {field}")
    service = octets.string("the wrapped service")
    if len(service) <= 5 + _MAC_OCTETS:
        raise UnreadablePayloadError("The wrapper holds no message.")
    return service[5:-_MAC_OCTETS]


def _payload(payload: bytes) -> tuple[int, datetime | None, str]:
    if payload[:1] == bytes([_DATA_NOTIFICATION]):
        return (*_dlms(_Octets(payload[1:])), "DLMS")
    if payload[:1] == bytes([_SEQUENCE]):
        return (*_asn1(_Octets(payload[1:])), "ASN.1")
    return (*_zigbee(_Octets(payload)), "GBZ")


def _dlms(octets: _Octets) -> tuple[int, datetime | None]:
    """A data notification: invoke id, no time, then a structure of the code, the time, and what the alert adds."""
    octets.take(4, "the invoke identifier")
    octets.string("the notification's time")
    octets.expect(_STRUCTURE, "the notification")
    octets.length("the structure")
    octets.expect(_LONG_UNSIGNED, "the alert code")
    code = octets.number(2, "the alert code")
    octets.expect(_OCTETS, "the time")
    return code, cosem_time(octets.string("the time"))


def _zigbee(octets: _Octets) -> tuple[int, datetime | None]:
    """The profile, the number of components, the code, and seconds since 2000."""
    octets.expect(_GBZ, "the payload", count=2)
    octets.take(1, "the number of components")
    code, seconds = octets.number(2, "the alert code"), octets.number(4, "the time")
    return code, None if seconds == _NEVER else _ZIGBEE_EPOCH + timedelta(seconds=seconds)


def _asn1(octets: _Octets) -> tuple[int, datetime | None]:
    """A sequence of the code as an integer and the time as text."""
    octets.length("the sequence")
    octets.expect(_INTEGER, "the alert code")
    code = int.from_bytes(octets.string("the alert code"), "big")
    if not 0 < code <= 0xFFFF:
        raise UnreadablePayloadError("The alert code has more than sixteen bits.")
    octets.expect(_GENERALISED_TIME, "the time")
    return code, _generalised(octets.string("the time"))


def _generalised(text: bytes) -> datetime | None:
    try:
        return datetime.strptime(text.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def cosem_time(octets: bytes) -> datetime | None:
    """A DLMS date-time of twelve octets in UTC; None where a needed part is not told, or is no time.

    A deviation that is told is in minutes from local time to UTC; devices of this specification keep UTC and tell none.
    """
    if len(octets) != 12:
        return None
    year, month, day, _, hour, minute, second = (int.from_bytes(octets[:2], "big"), *octets[2:8])
    deviation = int.from_bytes(octets[9:11], "big", signed=True)
    try:
        told = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return told if deviation == _NO_DEVIATION else told + timedelta(minutes=deviation)
    except (ValueError, OverflowError):
        return None
