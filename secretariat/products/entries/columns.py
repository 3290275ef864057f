"""What an entry of the Central Products List says: its columns in their order, and their form (PRD-11)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.products.models import DeviceModel, Scheme


@dataclass(frozen=True)
class EntryColumn:
    """One column: its name in files, its printed head, and what it holds."""

    name: str
    label: str
    help: str

    @property
    def required(self) -> bool:
        """Whether every new entry must have it."""
        return self.name in REQUIRED


ENTRY_ID = EntryColumn("entry_id", "CPL Entry ID", "given by the list, never used again")
TYPED = (
    EntryColumn("origin", "Origin", "SMETS1 (the DCC only) or SMETS2+; empty means SMETS2+"),
    EntryColumn("device_type", "Device type", "ESME, GSME, Communications Hub, HCALCS, PPMID, IHD or SAPC"),
    EntryColumn("technical_specification", "Technical specification", "such as SMETS2 v4.2; in force"),
    EntryColumn("gbcs_version", "GBCS version", "such as GBCS v2.0; in force; not of SMETS1 devices"),
    EntryColumn("manufacturer", "Manufacturer", "its name"),
    EntryColumn("manufacturer_identifier", "Manufacturer identifier", "2 octets in hexadecimal, such as 10AF"),
    EntryColumn("model", "Model", "what the manufacturer calls it"),
    EntryColumn("model_identifier", "Model identifier", "2 octets in hexadecimal, such as 0A1B"),
    EntryColumn("hardware_version", "Hardware version", "in hexadecimal, two digits for each octet"),
    EntryColumn("firmware", "Firmware version", "4 octets in hexadecimal or in binary coded decimal"),
    EntryColumn("firmware_form", "Firmware version written in", "hex or BCD; a manufacturer keeps to one"),
    EntryColumn("image_hash", "Manufacturer image hash", "64 hexadecimal digits (SHA-256)"),
    EntryColumn("signer", "Image signed by", "only if the image is signed"),
    EntryColumn("signer_valid_from", "Signer's certificate valid from", "only if the image is signed"),
    EntryColumn("signer_valid_until", "Signer's certificate valid until", "only if the image is signed"),
    EntryColumn("cpa_certificate", "CPA certificate", "its number"),
    EntryColumn("cpa_expires_on", "CPA certificate expires on", "empty for one that is held for life"),
    EntryColumn("cpa_renewal_on", "CPA certificate to be renewed by", "for one that is held for life"),
    EntryColumn("zigbee_certificate", "ZigBee certificate", "its reference"),
    EntryColumn("zigbee_firmware", "Firmware on the ZigBee certificate", "as the certificate shows it"),
    EntryColumn("dlms_certificate", "DLMS certificate", "its reference"),
    EntryColumn("dlms_firmware", "Firmware on the DLMS certificate", "as the certificate shows it"),
    EntryColumn("predecessors", "Can be upgraded from", "CPL Entry IDs by commas, or N/A"),
)
"""What a submitter types; the names of the columns in the new entry form."""
REQUIRED = (
    "device_type", "technical_specification", "manufacturer", "manufacturer_identifier", "model", "model_identifier",
    "hardware_version", "firmware", "image_hash",
)  # fmt: skip
COLUMNS = (ENTRY_ID, *TYPED)
"""The columns of the published list, without when an entry was added or removed."""
LABELS = {column.name: column.label for column in COLUMNS}
CERTIFICATE_COLUMNS = {
    Scheme.CPA: "cpa_certificate", Scheme.ZIGBEE: "zigbee_certificate", Scheme.DLMS: "dlms_certificate",
}  # fmt: skip
NOT_APPLICABLE = "N/A"


def folded(head: str) -> str:
    """A head of a file in the form in which heads are compared."""
    return re.sub(r"[^a-z0-9]+", " ", head.lower()).strip()


BY_HEAD = {folded(text): column.name for column in COLUMNS for text in (column.name, column.label)}
"""The name of a column by what a file may call it: its name or its printed head."""


def as_row(entry: DeviceModel) -> dict[str, str]:
    """The content of an entry by column name, as the list prints it; prefetch certificates and predecessors for many.

    Dates are ISO dates, what is not told is an empty text. Equal content gives equal rows.
    """
    row = {column.name: _text(getattr(entry, column.name, "")) for column in COLUMNS if column.name != "predecessors"}
    row["predecessors"] = _listed(one.entry_id for one in entry.predecessors.all())
    held = sorted(entry.certificates.all(), key=lambda one: one.number)
    for scheme, name in CERTIFICATE_COLUMNS.items():
        row[name] = _listed(one.number for one in held if one.scheme == scheme)
    cpa = [one for one in held if one.scheme == Scheme.CPA]
    row["cpa_expires_on"] = _listed(_text(one.expires_on) for one in cpa)
    row["cpa_renewal_on"] = _listed(_text(one.renewal_on) for one in cpa)
    row["zigbee_firmware"] = _listed(one.firmware for one in held if one.scheme == Scheme.ZIGBEE)
    row["dlms_firmware"] = _listed(one.firmware for one in held if one.scheme == Scheme.DLMS)
    return row


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(sorted(text for text in texts if text))
