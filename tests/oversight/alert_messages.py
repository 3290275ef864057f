"""Messages made by hand for tests, from the published templates; none was ever sent. Invented."""

from __future__ import annotations

import base64

DEVICE = "00DB1234567890A0"
SUPPLIER = "90B3D51F30010000"

_DLMS = "0F200007E0000203128F66090C07E4021100091E0F008000FF090200AA"
_GBZ = "0109018F1D25D9A500"
_ASN1 = "300F0203008F12180F" + b"20200217091500Z".hex().upper()


def message(
    payload: str, *, use_case: str = "00CC", device: str = DEVICE, counter: int = 7, flag: int = 3, signed: bool = True
) -> str:
    """A message in hex: the grouping header, the payload, and a signature of noughts or none."""
    length = len(payload) // 2
    written = f"{length:02X}" if length < 0x80 else f"81{length:02X}"
    head = f"DF09{flag:02X}{counter:016X}08{device}08{SUPPLIER}0002{use_case}"
    return head + written + payload + ("40" + "00" * 64 if signed else "00")


def wrapped(inner: str) -> str:
    """A message in the wrapper that carries a MAC."""
    service = "1100000000" + inner + "00" * 12
    length = len(service) // 2
    written = f"{length:02X}" if length < 0x80 else f"81{length:02X}"
    return "DD" + "00" * 6 + written + service


DLMS = message(_DLMS)
"""Future-dated command done (8F66), 17 Feb 2020 09:30:15 by the device, from use case 00CC."""
GBZ = message(_GBZ, use_case="1000")
"""Loss of supply of a gas meter (8F1D), 635,020,544 seconds after 2000 began, from use case 1000."""
ASN1 = wrapped(message(_ASN1, use_case="0018", signed=False))
"""Device log changed (8F12), 17 Feb 2020 09:15:00 by the device, from use case 0018, wrapped."""


def dlms_at(octets: str, code: str = "8F66") -> str:
    """A DLMS alert with a time of twelve octets in hex."""
    return message(f"0F200007E000020212{code}090C{octets}")


NAMESPACE = 'xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="4.0"'


def envelope(body: str, name: str, at: str = "2020-02-17T09:31:02.00Z") -> str:
    """A response of the gateway around a body."""
    return (
        f"<sr:Response {NAMESPACE}><sr:Header><sr:ResponseID>{name}</sr:ResponseID>"
        f"<sr:ResponseCode>I0</sr:ResponseCode><sr:ResponseDateTime>{at}</sr:ResponseDateTime></sr:Header>"
        f"<sr:Body>{body}</sr:Body></sr:Response>"
    )


def identifier(sender: str = DEVICE, counter: int = 7) -> str:
    """The identifier of a message: from, to, counter."""
    sender, recipient = ("-".join(text[at : at + 2] for at in range(0, 16, 2)) for text in (sender, SUPPLIER))
    return f"{sender}:{recipient}:{counter}"


def device_alert(code: str = "8F66", hex_: str = DLMS, *, count: str = "", at: str = "2020-02-17T09:31:02.00Z") -> str:
    """The envelope of a device's alert; `count` is the throttled count, where there is one."""
    throttled = f"<sr:ThrottledAlertCount>{count}</sr:ThrottledAlertCount>" if count else ""
    payload = base64.b64encode(bytes.fromhex(hex_)).decode()
    body = (
        f"<sr:DeviceAlertMessage><sr:AlertCode>{code}</sr:AlertCode>{throttled}"
        f"<sr:GBCSPayload>{payload}</sr:GBCSPayload></sr:DeviceAlertMessage>"
    )
    return envelope(body, identifier(), at)


def service_alert(code: str = "AD1", device: str = "00-DB-12-34-56-78-90-A1") -> str:
    """The envelope of an alert of the central service about a device."""
    body = (
        f"<sr:DCCAlertMessage><sr:DCCAlertCode>{code}</sr:DCCAlertCode><sr:DCCAlert><sr:PowerOutageEvent>"
        f"<sr:DeviceID>{device}</sr:DeviceID></sr:PowerOutageEvent></sr:DCCAlert></sr:DCCAlertMessage>"
    )
    return envelope(body, identifier("90B3D51F30000002", 8))


def file_of(*messages: str) -> bytes:
    """A file of several messages."""
    return ("<?xml version='1.0' encoding='UTF-8'?><Messages>" + "".join(messages) + "</Messages>").encode()
