"""Where a document's text of a day is had as a file, in each form."""

from __future__ import annotations

from django.urls import reverse

from secretariat.core.pages import Crumb
from secretariat.legaltext.formats.forms import FORMS
from secretariat.legaltext.models import Document
from secretariat.legaltext.reading.world import World


def form_links(document: Document, world: World) -> list[Crumb]:
    """The addresses of a document's text in a world, in each form: what was known, and the draft, stay told."""
    told = {"key": document.code, "day": world.day}
    return [
        Crumb(form.name, reverse("text-on-as", kwargs={**told, "ending": ending}) + world.query)
        for ending, form in FORMS.items()
    ]
