"""The checks of one row before it becomes an entry (PRD-11, PRD-13, PRD-15), each finding with what to do.

Rules of values: a row as it was typed and what the record knows go in, values and findings come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from secretariat.plain.dates import long_date, parse_day
from secretariat.products.entries.columns import CERTIFICATE_COLUMNS, NOT_APPLICABLE, TYPED
from secretariat.products.entries.hex import bcd, octets
from secretariat.products.entries.known import IDENTITY, Held, Identity, Known, Widths
from secretariat.products.models import DeviceModel, DeviceType, FirmwareForm, Origin, Scheme

FIELDS = tuple(column.name for column in TYPED if column.name in {field.name for field in DeviceModel._meta.fields})
"""The columns that an entry keeps as fields of its own."""
LIMITS = {
    column.name: int(DeviceModel._meta.get_field(column.name).max_length or 0)  # type: ignore[union-attr]
    for column in TYPED
    if column.name in FIELDS and getattr(DeviceModel._meta.get_field(column.name), "max_length", None)
}
LONGEST_TYPED = 300
TYPES = {kind.casefold(): kind for kind in DeviceType.values}
FORMS = {form.casefold(): form for form in FirmwareForm.values} | {"hexadecimal": "hex"}
ORIGINS = {"smets1": Origin.SMETS1, "smets2": Origin.SMETS2, "smets2+": Origin.SMETS2}


@dataclass(frozen=True)
class Finding:
    """One finding: the column, what is wrong and what to do; one that does not stop the row is for staff to look at."""

    column: str
    sentence: str
    stops: bool = True


@dataclass
class Checked:
    """What the checks made of a row: the values in their one form, and what they found."""

    values: dict[str, Any] = field(default_factory=dict)
    certificates: list[int] = field(default_factory=list)
    predecessors: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether anything has to be corrected before the row can become an entry."""
        return any(one.stops for one in self.findings)

    def find(self, column: str, sentence: str) -> None:
        """Adds a finding that has to be put right."""
        self.findings.append(Finding(column, sentence))

    def doubt(self, column: str, sentence: str) -> None:
        """Adds a finding that staff look at."""
        self.findings.append(Finding(column, sentence, stops=False))

    @property
    def identity(self) -> Identity | None:
        """What tells the device model apart, once all of it can be read."""
        found = tuple(self.values.get(name, "") for name in IDENTITY)
        return found if all(found) else None


def check(typed: dict[str, str], known: Known) -> Checked:
    """Checks one row as typed, by column name. Every column is looked at, so that all findings come at once."""
    row = {column.name: " ".join(str(typed.get(column.name, "")).split()) for column in TYPED}
    checked = Checked()
    _missing(row, checked)
    for name, parse in parsers(row, known.widths).items():
        _parse(checked, name, row[name], parse)
    _firmware_form(row, checked, known)
    _specifications(checked, known)
    _signer(checked, known)
    _certificates(row, checked, known)
    _predecessors(row, checked, known)
    _duplicates(checked, known)
    _nearly_the_same(checked, known)
    return checked


def _missing(row: dict[str, str], checked: Checked) -> None:
    for column in TYPED:
        if column.required and not row[column.name]:
            checked.find(
                column.name, f"This is empty. Give {column.label[0].lower()}{column.label[1:]}: {column.help}."
            )
        limit = LIMITS.get(column.name, LONGEST_TYPED)
        if len(row[column.name]) > limit and column.name not in ("image_hash", *IDENTITY[1:]):
            checked.find(column.name, f"This is longer than {limit} characters. Shorten it.")


def parsers(row: dict[str, str], widths: Widths) -> dict[str, Callable[[str], Any]]:
    """How each column of a row is read; each raises ValueError saying what is wrong and what to do."""
    reads = bcd if row["firmware_form"].casefold() == "bcd" else octets
    return {
        "origin": _one_of(ORIGINS, "SMETS1 or SMETS2+"),
        "device_type": _one_of(TYPES, ", ".join(DeviceType.values)),
        "technical_specification": specification_label,
        "gbcs_version": gbcs_label,
        "manufacturer": str,
        "manufacturer_identifier": lambda text: octets(text, widths.manufacturer_identifier),
        "model": str,
        "model_identifier": lambda text: octets(text, widths.model_identifier),
        "hardware_version": lambda text: octets(text, 1, widths.hardware_version_most),
        "firmware": lambda text: reads(text, widths.firmware),
        "firmware_form": _one_of(FORMS, "hex or BCD"),
        "image_hash": lambda text: octets(text, widths.image_hash),
        "signer": str,
        "signer_valid_from": parse_day,
        "signer_valid_until": parse_day,
    }


def _one_of(known: Mapping[str, str], words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.casefold() not in known:
            raise ValueError(f"“{text}” is not one of these. Write {words}.")
        return str(known[text.casefold()])

    return parse


def specification_label(text: str) -> str:
    """The label of a version of a specification as lists print it: "smets2 V4.2" is "SMETS2 v4.2"."""
    name, _, version = text.partition(" ")
    number = version.strip().lower().removeprefix("version").strip().removeprefix("v").strip()
    return f"{name.upper()} v{number}" if number else name.upper()


def gbcs_label(text: str) -> str:
    """The label of a version of GBCS; "2.0" alone will do."""
    return specification_label(text if text.upper().startswith("GBCS") else f"GBCS {text}")


DEFAULTS = {"origin": str(Origin.SMETS2), "firmware_form": "", "signer_valid_from": None, "signer_valid_until": None}


def _parse(checked: Checked, name: str, text: str, parse: Callable[[str], Any]) -> None:
    checked.values[name] = DEFAULTS.get(name, "")
    if not text:
        return
    try:
        checked.values[name] = parse(text)
    except ValueError as error:
        checked.find(name, str(error))


def _firmware_form(row: dict[str, str], checked: Checked, known: Known) -> None:
    values, maker = checked.values, checked.values["manufacturer_identifier"]
    used = known.forms.get(maker, "")
    values["firmware_form"] = values["firmware_form"] or used or str(FirmwareForm.HEX)
    if used and values["firmware_form"] != used and maker not in known.exceptions:
        checked.find(
            "firmware_form",
            f"The manufacturer {maker} writes its firmware versions in {used}, and keeps to one form. "
            f"Write it in {used}, or ask the technical team for an exception.",
        )
    if values["firmware_form"] == FirmwareForm.BCD and not row["firmware_form"] and values["firmware"]:
        _parse(checked, "firmware", row["firmware"], lambda text: bcd(text, known.widths.firmware))


def _specifications(checked: Checked, known: Known) -> None:
    values = checked.values
    smets1 = values["origin"] == Origin.SMETS1
    if values["technical_specification"]:
        _in_force("technical_specification", checked, known)
        if smets1 != values["technical_specification"].startswith("SMETS1"):
            checked.find(
                "technical_specification",
                f"A device of origin {values['origin']} does not follow {values['technical_specification']}. "
                "Correct the one or the other.",
            )
    if values["gbcs_version"]:
        _in_force("gbcs_version", checked, known)
    elif not smets1:
        checked.find("gbcs_version", "This is empty. Give the version of GBCS that the device follows.")


def _in_force(name: str, checked: Checked, known: Known) -> None:
    label = checked.values[name]
    if label not in known.specifications:
        stem = label.split()[0]
        there = ", ".join(sorted(one for one in known.specifications if one.split()[0] == stem)) or "none of that name"
        checked.find(name, f"{label} is not a version that is known. Known: {there}.")
    elif not known.specifications[label]:
        checked.find(name, f"{label} is not in force on {long_date(known.day)}. Use a version that is.")


def _signer(checked: Checked, known: Known) -> None:
    values = checked.values
    first, last = values["signer_valid_from"], values["signer_valid_until"]
    if not (values["signer"] or first or last):
        return
    if not values["signer"]:
        checked.find("signer", "The validity of a signer's certificate is told, but not the signer. Name it.")
    if last is None and not any(one.column == "signer_valid_until" for one in checked.findings):
        checked.find("signer_valid_until", "The image is signed: give the last day of the signer's certificate.")
    if first and last and last < first:
        checked.find("signer_valid_until", "This is before the first day of validity. Correct the one or the other.")
    elif last and last < known.day:
        checked.find("signer_valid_until", f"The signer's certificate ended on {long_date(last)}. Sign the image anew.")


def _certificates(row: dict[str, str], checked: Checked, known: Known) -> None:
    needed = known.needed.get(checked.values["device_type"], ())
    for scheme, column in CERTIFICATE_COLUMNS.items():
        number = row[column]
        held = known.certificates.get((scheme, number.casefold()))
        if not number:
            if scheme in needed and checked.values["origin"] != Origin.SMETS1:
                kind = checked.values["device_type"]
                checked.find(column, f"A SMETS2+ {kind} needs a {scheme} certificate. Give its number (PRD-15).")
        elif held is None:
            checked.doubt(column, f"No {scheme} certificate {number} is recorded yet; the technical team looks it up.")
        else:
            checked.certificates.append(held.pk)
            checked.findings += _of_certificate(row, checked, known, scheme, held)
    for column in ("cpa_expires_on", "cpa_renewal_on"):
        _day_of_certificate(row, checked, known, column)


def _of_certificate(row: dict[str, str], checked: Checked, known: Known, scheme: str, held: Held) -> Iterator[Finding]:
    column = CERTIFICATE_COLUMNS[Scheme(scheme)]
    if held.withdrawn_on is not None and held.withdrawn_on <= known.day:
        yield Finding(column, f"It was withdrawn on {long_date(held.withdrawn_on)}. Give a certificate that holds.")
    elif held.ends_on is not None and held.ends_on < known.day:
        yield Finding(column, f"It ended on {long_date(held.ends_on)}. Give a certificate that holds.")
    firmware = checked.values["firmware"]
    if firmware and not shows_firmware(held.firmware, firmware):
        yield Finding(
            column,
            f"The certificate shows firmware {held.firmware}, the entry {firmware}. "
            "Send an extract of the release notes that maps the one to the other.",
            stops=False,
        )
    told = row.get(f"{scheme.lower()}_firmware", "")
    if told and held.firmware and told.casefold() != held.firmware.casefold():
        sentence = f"The certificate on record shows {held.firmware}. Look it up again."
        yield Finding(f"{scheme.lower()}_firmware", sentence, stops=False)


def shows_firmware(shown: str, firmware: str) -> bool:
    """Whether a certificate that shows some firmware versions covers one; one that shows none covers all."""
    listed = {"".join(letter for letter in part.upper() if letter.isalnum()) for part in shown.split(",")} - {""}
    return not listed or firmware.upper() in listed


def _day_of_certificate(row: dict[str, str], checked: Checked, known: Known, column: str) -> None:
    if not row[column]:
        return
    try:
        told = parse_day(row[column])
    except ValueError as error:
        checked.find(column, str(error))
        return
    held = known.certificates.get((Scheme.CPA, row["cpa_certificate"].casefold()))
    on_record = getattr(held, column.removeprefix("cpa_"), None)
    if held is not None and on_record != told:
        words = f"says {long_date(on_record)}" if on_record else "has no such day"
        checked.doubt(column, f"The certificate on record {words}. Send the certificate as evidence.")


def _predecessors(row: dict[str, str], checked: Checked, known: Known) -> None:
    text = row["predecessors"]
    if not text or text.upper().replace(" ", "") in (NOT_APPLICABLE, "NA"):
        return
    for entry_id in dict.fromkeys(text.replace(",", " ").replace(";", " ").split()):
        found = known.entries.get(entry_id)
        if found is None:
            checked.find("predecessors", f"There is no entry {entry_id}. Give CPL Entry IDs by commas, or N/A.")
            continue
        checked.predecessors.append(found[0])
        if found[1] != checked.values["device_type"]:
            checked.find("predecessors", f"The entry {entry_id} is of another device type ({found[1]}). Correct it.")
        elif found[2] != checked.values["manufacturer"]:
            checked.doubt("predecessors", f"The entry {entry_id} is {found[2]}'s; staff ask whether it is meant.")


def _duplicates(checked: Checked, known: Known) -> None:
    identity = checked.identity
    there = known.identities.get(identity) if identity else None
    if there is not None:
        entry_id, listed = there
        where = "is on the list already as" if listed else "is being checked already as"
        checked.find("firmware", f"This device model {where} entry {entry_id}. Leave it out, or correct what differs.")


def _nearly_the_same(checked: Checked, known: Known) -> None:
    values = checked.values
    for entry_id in known.hashes.get(values["image_hash"], ())[:3] if values["image_hash"] else ():
        if not any(one.stops and one.column == "firmware" for one in checked.findings):
            checked.doubt("image_hash", f"The entry {entry_id} has the same image hash. Look whether it is meant.")
    for name in known.makers:
        if name != values["manufacturer"] and values["manufacturer_identifier"] in known.makers[name]:
            checked.doubt(
                "manufacturer",
                f"The identifier {values['manufacturer_identifier']} is {name}'s on the list. "
                "Write the name in the same way, or look the identifier up again.",
            )
        elif name != values["manufacturer"] and alike(name, values["manufacturer"]) >= known.likeness:
            checked.doubt("manufacturer", f"The list has {name}. If it is the same, write it in the same way.")


def alike(one: str, other: str) -> float:
    """How alike two names are, in per cent, whatever their case."""
    return fuzz.ratio(one.casefold(), other.casefold()) if one and other else 0.0
