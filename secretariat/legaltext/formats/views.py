"""A document's text of a day as a file, at an address beside that of its page."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from secretariat.core.lists import attachment
from secretariat.legaltext.formats.editions import INVENTED, Edition
from secretariat.legaltext.formats.forms import FORMS
from secretariat.legaltext.formats.marks import line
from secretariat.legaltext.models import Document
from secretariat.legaltext.reading.views import Reading
from secretariat.legaltext.reading.world import World, version_in_force
from secretariat.plain.dates import long_date


class TextAs(Reading):
    """The text of a document on a day, as a file in one of the forms."""

    def get(self, request: HttpRequest, key: str, day: date, ending: str) -> HttpResponse:
        """The file; the same text gives the same bytes. Raises Http404 for another form, or where there is no text."""
        if ending not in FORMS:
            raise Http404(f"A text is given as {', '.join(FORMS)}.")
        document, world = self.document(key), self.world(day)
        form = FORMS[ending]
        name = f"{document.code}_{day.isoformat()}.{ending}"
        return attachment(form.write(edition(document, world)), form.media_type, name)


def edition(document: Document, world: World) -> Edition:
    """A document's text in a world, to be written. Raises Http404 where it has none."""
    text = world.text(document)
    if not text.clauses:
        raise Http404(f"{document.reference} has no text on {long_date(world.day)}.")
    version = version_in_force(world, document)
    draft = f"As it would be if “{world.draft.title}” were approved." if world.draft else ""
    told = " ".join(part for part in (draft, INVENTED if document.invented else "") if part)
    return Edition(document.code, line(str(document)), version.number if version else "", world.day, text, line(told))
