"""Alerts as the central service's gateway delivers them: its XML, read without trusting it.

Device alerts carry the device's own message, which `gbcs` reads; alerts of the central service carry a code of theirs.
One message may stand for many where the service throttled: its weight. Receipt by the gateway and the device's own
clock are two times; volumes go by receipt.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final

from lxml import etree

from secretariat.oversight.alerts import gbcs
from secretariat.oversight.alerts.codes import number, written
from secretariat.plain import eui64

MOST_WEIGHT: Final = 10_000_000
_BODIES: Final = {
    "DeviceAlertMessage": "AlertCode",
    "DCCAlertMessage": "DCCAlertCode",
    "FutureDatedDeviceAlertMessage": "FutureDatedAlertCode",
}
"""The bodies that are alerts, and the element of each that holds its code."""
_SERVICE: Final = "DCCAlertMessage"
_READ: Final = (
    "ResponseID", "ResponseDateTime", *_BODIES, *_BODIES.values(), "ThrottledAlertSequenceId", "ThrottledAlertCount",
    "GBCSPayload",
)  # fmt: skip
_TAGS: Final = tuple(f"{{*}}{name}" for name in _READ)


class UnsafeFileError(ValueError):
    """The file is not well-formed, or declares a document type, which no such file needs."""


@dataclass(frozen=True, slots=True)
class Received:
    """One alert message as received.

    `code` is a number of `codes.number`, `weight` how many alerts the message stands for, `device` and `recipient`
    identifiers of 16 hex digits ("" where the message names none), `told` the decoded message of a device alert.
    """

    response_id: str
    received: datetime
    code: int
    weight: int
    device: str
    recipient: str
    sequence: str = ""
    told: gbcs.DeviceAlert | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A message that is not kept: its place in the file from 1, its identifier as far as it has one, and why."""

    place: int
    response_id: str
    reason: str

    def __str__(self) -> str:
        return f"message {self.place} ({self.response_id or 'without identifier'}): {self.reason}"


def read(file: BinaryIO | bytes) -> Iterator[Received | Fault]:
    """Each alert of a file, or the fault for which it is not kept; messages that are no alerts are passed over.

    The file holds one response, or many inside any element. Read as a stream, so its size does not matter. No entity
    is resolved and nothing is fetched. Raises UnsafeFileError.
    """
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    events = etree.iterparse(
        source, tag="{*}Response", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for place, (_, element) in enumerate(events, start=1):
            if place == 1:
                _refuse_document_type(element)
            found = _message(place, element)
            _forget(element)
            if found is not None:
                yield found
    except etree.XMLSyntaxError as error:
        raise UnsafeFileError(f"The file is not well-formed: {error.msg}.") from error


def _refuse_document_type(element: etree._Element) -> None:
    if element.getroottree().docinfo.doctype:
        raise UnsafeFileError("The file declares a document type. Messages of the gateway never do.")


def _forget(element: etree._Element) -> None:
    above = element.getparent()
    element.clear()
    if above is not None:
        del above[: above.index(element)]


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _message(place: int, response: etree._Element) -> Received | Fault | None:
    told: dict[str, etree._Element] = {}
    for element in response.iter(*_TAGS):
        told.setdefault(_name(element), element)
    body = next((name for name in _BODIES if name in told), "")
    if not body:
        return None
    name = _text(told, "ResponseID")
    try:
        return _received(name, told, body)
    except ValueError as error:
        return Fault(place, name, str(error))


def _text(told: dict[str, etree._Element], name: str) -> str:
    return (told[name].text or "").strip() if name in told else ""


def _received(name: str, told: dict[str, etree._Element], body: str) -> Received:
    origin, recipient = _parties(name)
    code = number(_text(told, _BODIES[body]))
    decoded = None if body == _SERVICE else _of_device(_text(told, "GBCSPayload"), code)
    return Received(
        response_id=name,
        received=instant(_text(told, "ResponseDateTime")),
        code=code,
        weight=_weight(_text(told, "ThrottledAlertCount")),
        device=decoded.device if decoded else _named_device(told[body]) or origin,
        recipient=decoded.recipient if decoded else recipient,
        sequence=_text(told, "ThrottledAlertSequenceId"),
        told=decoded,
    )


def _of_device(text: str, code: int) -> gbcs.DeviceAlert:
    """The device's own message, which says the code that its envelope says."""
    if not text:
        raise ValueError("The device alert carries no message of the device.")
    decoded = gbcs.decode(_octets(text))
    if decoded.code != code:
        raise ValueError(f"The envelope says {written(code)}, the device's message {written(decoded.code)}.")
    return decoded


def _octets(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)


def _named_device(body: etree._Element) -> str:
    """The device that an alert of the central service is about: the first that its content names."""
    named = (element.text or "" for element in body.iter() if _name(element).endswith("DeviceID"))
    found = next(named, "").strip()
    return eui64.parse(found) if found else ""


def _parties(name: str) -> tuple[str, str]:
    """Who sent a message and to whom, by its identifier: sender, recipient and counter with colons between."""
    parts = name.split(":")
    if len(parts) != 3:
        return "", ""
    return eui64.parse(parts[0]), eui64.parse(parts[1])


def _weight(text: str) -> int:
    if not text:
        return 1
    if not text.isascii() or not text.isdecimal() or int(text) > MOST_WEIGHT:
        raise ValueError(f"“{text}” is not a count of throttled alerts.")
    return max(1, int(text))


def instant(text: str) -> datetime:
    """When the gateway received it, in UTC. Raises ValueError without a time zone: an hour in October would be two."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not an instant such as 2020-02-17T10:15:00.00Z.") from None
    if told.tzinfo is None:
        raise ValueError(f"“{text}” does not say its time zone.")
    return told.astimezone(UTC)
