"""Everything that a file tells whoever opens it."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pypdfium2


def unpacked(content: bytes) -> bytes:
    """A file's bytes; of an Office file its parts with their names, of a PDF its words and what it says of itself."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"\n".join(name.encode() + b"\n" + packed.read(name) for name in sorted(packed.namelist()))
    return _of_pdf(content).encode() if content.startswith(b"%PDF") else content


def _of_pdf(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as told:
        said = [str(told.docinfo), str(told.open_metadata()), *(str(one.title) for one in told.open_outline().root)]
    with pypdfium2.PdfDocument(content) as read:
        return "\n".join([*said, *(page.get_textpage().get_text_range() for page in read)])
