"""A party's own home page: what it must do, by when and why; what the register holds about it; its files and feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.capacities import speaks_for
from secretariat.core.duties import Duty
from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.lists import FORMATS, LISTS, ListPage
from secretariat.core.pages import Crumb, Fact, Page, Related
from secretariat.core.people import Person
from secretariat.plain.dates import LONDON, local_day, long_date
from secretariat.post import feed_keys
from secretariat.post.feeds import FeedItem, as_atom, as_ics, clean
from secretariat.register.models import Party
from secretariat.register.views import PartyPage
from secretariat.site.composed import opened_list
from secretariat.site.own_party import OwnPartyPage
from secretariat.site.party_duties import Outlook, address, outlook, owed, owned_models
from secretariat.site.words import happened

SHOWN = 6
ROWS_SHOWN = 5
EVENTS_SHOWN = 30
FILES = ("csv", "xlsx")
FEEDS = ("ics", "atom")
OF_DETAILS = "details change"
"""The record that the button of the page itself enters."""


class MyParty(OwnPartyPage):
    """The home page of the party for which a person speaks; who speaks for several chooses."""

    template = "site/my_parties.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The one party's page, or the choice."""
        parties = list(Party.objects.filter(pk__in=speaks_for(self.person, self.request.at)))
        if len(parties) == 1:
            view = PartyHome()
            view.setup(request)
            return view.get(request, parties[0].key)
        return self.shown({"parties": parties, "crumbs": (Crumb("My parties"),)})


class PartyHome(OwnPartyPage):
    """What a party must do, by when and why: one list over all rooms, by date."""

    template = "site/my_party.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page."""
        return self.page(self.party(key))

    def page(self, party: Party, token: str = "") -> HttpResponse:
        """The page; with a new key, its private addresses are shown this once."""
        person, at = self.person, self.request.at
        found = outlook(party, person, at)
        told = {
            "party": party,
            "outlook": found,
            "headline": headline(found),
            "next_words": next_words(found),
            "first": found.lines[:SHOWN],
            "more": found.lines[SHOWN:],
            "several": len(speaks_for(person, at)) > 1,
            "private": [private_address(token, party, ending) for ending in FEEDS] if token else [],
            "crumbs": (Crumb(str(party)),),
        }
        response = self.shown(told)
        if token:
            response["Cache-Control"] = "no-store"
        return response


def headline(found: Outlook) -> str:
    """How much there is to do this month, as a sentence."""
    if found.must:
        things = "1 thing" if found.must == 1 else f"{found.must:,} things"
        if found.must == found.late == 1:
            return "1 thing to do, and it is late."
        late = f", {found.late:,} of them late" if found.late else ""
        return f"{things} to do by {long_date(found.until)}{late}."
    return "Nothing that you must do this month." if found.soon else "Nothing for you this month."


def next_words(found: Outlook) -> str:
    """What comes next and when, as a sentence."""
    if found.next is None or found.next.day is None:
        return "Nothing with a date is known for later."
    return f"Next: {found.next.what}, {long_date(found.next.day)}."


def private_address(token: str, party: Party, ending: str) -> str:
    """The full address of a party's feed for the holder of a key."""
    return f"{settings.SITE_URL}{reverse('own party feed by key', args=[token, party.key, ending])}"


class PartyFeedKey(OwnPartyPage):
    """Makes the private address of a party's feeds; the key in use before ends."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The button is on the party's own page."""
        return self._home(key).page(self.party(key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Makes a key and shows its addresses, this once."""
        party = self.party(key)
        return self._home(key).page(party, feed_keys.issue(self.person, at=self.request.at, recorded=self.request.at))

    def _home(self, key: str) -> PartyHome:
        view = PartyHome()
        view.setup(self.request, key=key)
        return view


class PartyFeed(OwnPartyPage):
    """A party's duties as a calendar or a feed, for those who are signed in."""

    def get(self, request: HttpRequest, key: str, ending: str) -> HttpResponse:
        """The feed. Raises Http404 for a form in which it is not given."""
        return feed(self.party(key), self.person, self.request.at, ending)


class PartyFeedByKey(Page):
    """The same for the holder of a private key. Public, because the key in its address is the guard."""

    def get(self, request: HttpRequest, token: str, key: str, ending: str) -> HttpResponse:
        """The feed as its holder may read it now. Raises Http404 for any other key or party."""
        person, at = feed_keys.holder(token), self.request.at
        party = Party.objects.filter(key=key, pk__in=speaks_for(person, at)).first()
        if person is None or party is None:
            raise Http404("There is no such feed, or its key has been ended.")
        return feed(party, person, at, ending)


def feed(party: Party, person: Person, at: datetime, ending: str) -> HttpResponse:
    """A party's duties in a form: those with a day as a calendar, all of them as Atom. Raises Http404."""
    found = owed(party, person, at)
    name = clean(f"{party}: what to do")
    if ending == "ics":
        return as_ics(f"{party.key}.ics", name, feed_items([duty for duty in found if duty.due], person, at), at)
    if ending == "atom":
        here = f"{settings.SITE_URL}{reverse('own party', args=[party.key])}"
        return as_atom(here, name, feed_items(found, person, at), at)
    raise Http404(f"Duties are not given as .{ending}.")


def feed_items(found: list[Duty], person: Person, at: datetime) -> list[FeedItem]:
    """Duties as a feed tells them: new when their record changes, and again with each month while they last."""
    month = datetime(*local_day(at).timetuple()[:2], 1, tzinfo=LONDON)
    changed = _changed(found, person, at)
    return [
        FeedItem(
            kind="-".join(part for part in (kind_of(duty.about), duty.name) if part),
            pk=duty.about.pk,
            link=f"{settings.SITE_URL}{address(duty)}",
            day=duty.due or month,
            title=clean(duty.what),
            summary=clean(" ".join(part for part in (duty.why, duty.working, duty.citation) if part)),
            updated=max(month, changed.get(duty.key[:2], month)),
        )
        for duty in found
    ]


def _changed(found: list[Duty], person: Person, at: datetime) -> dict[tuple[str, int], datetime]:
    """When each record that duties are about changed last, as far as the person may read it."""
    about, kinds = Q(), {duty.key[0] for duty in found}
    for kind, keys in groupby(sorted({duty.key[:2] for duty in found}), key=lambda key: key[0]):
        about |= Q(kind=kind, subject_id__in=[pk for _, pk in keys])
    rows = Event.objects.filter(about).visible_of(kinds, person, at).order_by() if found else Event.objects.none()
    return {(kind, pk): at for kind, pk, at in rows.values_list("kind", "subject_id").annotate(Max("recorded"))}


@dataclass(frozen=True)
class Section:
    """The party's rows of one list: as many as fit, and where the rest and the files are."""

    view: ListPage
    lines: list[Any]
    total: int
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Happening:
    """One event about a record of the party."""

    event: Event
    words: str
    record: Any


class PartyDetails(OwnPartyPage):
    """What the register and the other rooms hold about a party, with the files of it."""

    template = "site/party_details.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page."""
        party = self.party(key)
        sections = [section for section in self._sections(party) if section.total]
        changes = [page for page in own_lists(self.request) if self._may_enter(page) and page.word != OF_DETAILS]
        told = {
            "party": party,
            "facts": self._facts(party),
            "history": spells(party),
            "sections": sections,
            "change": "" if party.is_dcc else reverse("change-details", args=[party.key]),
            "changes": [(f"Enter {_article(page.word)}", reverse(f"{page.word}-new")) for page in changes],
            "happenings": happenings(party, self.person, self.request.at),
            "crumbs": self.where(party, "Our details"),
        }
        return self.shown(told)

    def _facts(self, party: Party) -> list[Fact]:
        view = PartyPage()
        view.setup(self.request)
        return view.facts(party)

    def _may_enter(self, page: ListPage) -> bool:
        enters = type(page).enters
        return enters is not None and enters(self.person, None, self.request.at)

    def _sections(self, party: Party) -> list[Section]:
        return [_section(view, party) for view in own_lists(self.request) if view.model is not Party]


def own_lists(request: HttpRequest) -> list[ListPage]:
    """The lists of what belongs to parties that a person may open, by name."""
    owned = [plural for plural, page in LISTS.items() if getattr(page.model, "owned_by", "")]
    opened = [opened_list(plural, request) for plural in sorted(owned)]
    return [view for view in opened if view is not None]


def own_rows(view: ListPage, party: Party) -> models.QuerySet[Any]:
    """The rows of a list that belong to a party and that the person may read."""
    owner = view.model.owned_by  # type: ignore[attr-defined]
    return view.ordered(view.rows().filter(**{owner: party.pk}))


def _section(view: ListPage, party: Party) -> Section:
    rows = own_rows(view, party)
    lines = view.lines(view.values(rows[:ROWS_SHOWN]), reverse(view.plural))
    total = rows.count() if len(lines) == ROWS_SHOWN else len(lines)
    base = view.plural.replace(" ", "-")
    files = tuple((ending, reverse("own party file", args=[party.key, base, ending])) for ending in FILES)
    return Section(view, lines, total, files)


def spells(party: Party) -> Related:
    """The party's categories and Voting Groups over time, newest first."""
    rows: list[tuple[Any, ...]] = [
        (long_date(row.from_day), long_date(row.to_day) if row.to_day else "further notice", what, str(row))
        for what, found in (("Party Category", party.categories.all()), ("Voting Group", party.groups.all()))
        for row in found.select_related().order_by("-from_day")
    ]
    return Related("Category and Voting Group", ("From", "Until", "What", "Which"), rows, "Nothing is recorded.")


def happenings(party: Party, person: Person, at: datetime) -> list[Happening]:
    """The newest events about records of a party, as far as the person may read both."""
    about, kinds = Q(), {kind_of(model) for model in owned_models()}
    for model in owned_models():
        own = model.objects.filter(**{model.owned_by: party.pk}).visible_to(person, at)
        about |= Q(kind=kind_of(model), subject_id__in=own.values("pk"))
    events = list(
        Event.objects.filter(about).visible_of(kinds, person, at).select_related("by").order_by("-id")[:EVENTS_SHOWN]
    )
    records = _records(events)
    return [Happening(event, happened(event), records.get((event.kind, event.subject_id), "")) for event in events]


def _records(events: list[Event]) -> dict[tuple[str, int], Any]:
    known = {kind_of(model): model for model in owned_models()}
    found = {}
    for kind in {event.kind for event in events}:
        wanted = {event.subject_id for event in events if event.kind == kind}
        for record in known[kind].objects.filter(pk__in=wanted).select_related():
            found[kind, record.pk] = record
    return found


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"


class PartyFile(OwnPartyPage):
    """The party's own rows of a list, as a file."""

    def get(self, request: HttpRequest, key: str, base: str, ending: str) -> HttpResponse:
        """The file. Raises Http404 for a list that the person may not open or that holds nothing of parties."""
        party = self.party(key)
        view = next((view for view in own_lists(self.request) if view.plural.replace(" ", "-") == base), None)
        if view is None or ending not in FILES:
            raise Http404("There is no such file.")
        return FORMATS[ending](view, own_rows(view, party))
