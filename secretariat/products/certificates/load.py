"""Certificates from a file, with the entries of the Central Products List that each carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.plain.dates import local_day
from secretariat.products.models import Certificate, DeviceModel, Scheme

FIELDS = (
    "scheme", "number", "holder", "firmware", "issued_on", "expires_on", "renewal_on", "withdrawn_on", "withdrawal",
    "invented",
)  # fmt: skip
LIMITS = {"number": 60, "holder": 120, "firmware": 120, "withdrawal": 300}


@dataclass(frozen=True)
class Carrying:
    """A certificate to be entered, and the ids of the entries that it carries."""

    certificate: Certificate
    entries: tuple[int, ...]


def ids(text: str) -> tuple[str, ...]:
    """Parser of several CPL Entry IDs, separated by commas, semicolons or spaces."""
    return tuple(dict.fromkeys(part for part in re.split(r"[,;\s]+", text) if part))


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """Certificates to add; one with the same scheme and number is already there, with other content is refused."""
    known = {(one.scheme, one.number): one for one in Certificate.objects.all()}
    entries = dict(DeviceModel.objects.values_list("entry_id", "pk"))
    prepared, seen = Prepared(), dict[tuple[str, str], int]()
    for line in lines:
        row = Certificate(**{name: line[name] for name in FIELDS})
        refusals = list(_wrong(line, row, known, entries, seen, loading))
        prepared.refused += refusals
        seen.setdefault((row.scheme, row.number), line.row)
        if refusals:
            continue
        if (row.scheme, row.number) in known:
            prepared.repeated.append(line.row)
        else:
            prepared.accepted.append(Carrying(row, tuple(entries[one] for one in line["entries"])))
    return prepared


def _wrong(
    line: Line,
    row: Certificate,
    known: dict[tuple[str, str], Certificate],
    entries: dict[str, int],
    seen: dict[tuple[str, str], int],
    loading: Loading,
) -> Iterator[Refusal]:
    key = (row.scheme, row.number)
    for name, limit in LIMITS.items():
        if len(line[name]) > limit:
            yield line.refuse(name, f"This is longer than {limit} characters.")
    if row.expires_on and row.renewal_on:
        yield line.refuse("renewal_on", "Give the expiry or, held for life, the day of renewal; not both.")
    if row.withdrawn_on and row.withdrawn_on > local_day(loading.at):
        yield line.refuse("withdrawn_on", "The day is still to come; a withdrawal is recorded once it took place.")
    if unknown := [one for one in line["entries"] if one not in entries]:
        yield line.refuse("entries", f"There is no entry {', '.join(unknown)}. Load the device models first.")
    if key in seen:
        yield line.refuse("number", f"{row} is in row {seen[key]} too.")
    elif key in known and any(getattr(known[key], name) != getattr(row, name) for name in FIELDS):
        yield line.refuse("number", f"{row} is already there with other content.")


def write(rows: list[Any], loading: Loading) -> None:
    """Enters the certificates and links their entries."""
    made = [one.certificate for one in rows]
    saved = journal.enter_all(made, **loading.told)
    link = Certificate.entries.through
    pairs = [(new.pk, entry) for new, one in zip(saved, rows, strict=True) for entry in one.entries]
    link.objects.bulk_create(link(certificate_id=new, devicemodel_id=entry) for new, entry in pairs)


CERTIFICATES = takes(
    LoadKind(
        "certificates",
        "Assurance certificates",
        (
            Column("scheme", one_of(dict(zip(Scheme.values, Scheme.values, strict=True))), "CPA, ZigBee or DLMS"),
            Column("number", words, "the certificate's number or reference"),
            Column("holder", words, "the manufacturer's name"),
            Column("firmware", words, "the firmware shown on it", required=False, default=""),
            Column("issued_on", day, "the day of issue", required=False),
            Column("expires_on", day, "the last day on which it holds", required=False),
            Column("renewal_on", day, "the day of renewal, of one that is held for life", required=False),
            Column("withdrawn_on", day, "the day on which it was withdrawn", required=False),
            Column("withdrawal", words, "why it was withdrawn", required=False, default=""),
            Column("entries", ids, "the CPL Entry IDs that it carries, by commas", required=False, default=()),
            INVENTED,
        ),
        prepare,
        write,
    )
)
