"""What the pages of a release and of a proposal say of releases: facts, tables, needs and next dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.change.coming import Coming, Need
from secretariat.change.models import Proposal, Release, Stage
from secretariat.change.releases.asking import TO_COME, last_days_to
from secretariat.change.releases.links import changing_systems, dependencies, documents, implemented_among
from secretariat.change.releases.models import Milestone, MoveRequest, ReleaseItem
from secretariat.change.releases.schedule import is_scheduled
from secretariat.change.releases.scope import (
    Load,
    Scoped,
    Warned,
    day_note,
    load_of,
    misplaced,
    too_close,
    touching,
    unmet,
)
from secretariat.change.releases.states import ALLOWED, CANCELLED, IN_SCOPE, REMOVED
from secretariat.change.standing.models import TargetSpell
from secretariat.core.calendar import calendar
from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, local_day, long_date

PLAN = "release plan"


def scoped(item: ReleaseItem) -> Scoped:
    """An item as the warnings need it."""
    release = item.release
    only = release.kind == Release.Kind.DOCUMENT_ONLY
    return Scoped(item.what, item.proposal_id, release.name, release.go_live_on, item.points, only)


def scope_of(release: Release, person: Person | None, at: datetime) -> list[ReleaseItem]:
    """What is or was in the scope of a release, as far as a person may read it; what was removed comes last."""
    rows = ReleaseItem.objects.filter(release=release).visible_to(person, at).select_related("proposal", "release")
    return sorted(rows, key=lambda one: (one.state == REMOVED, one.proposal.number, one.proposal.suffix, one.part))


def load(release: Release) -> Load:
    """How much of its capacity a release uses; everything in the scope counts, whoever may read it."""
    rows = ReleaseItem.objects.filter(release=release).exclude(state__in=("", REMOVED))
    items = [scoped(item) for item in rows.select_related("proposal", "release")]
    return load_of(items, release.capacity, release.capacity_unit)


def warnings(person: Person | None, at: datetime) -> list[Warned]:
    """What does not go together among the releases to come, as far as a person may read of it."""
    releases = Release.objects.filter(state__in=TO_COME, go_live_on__gte=local_day(at)).visible_to(person, at)
    rows = ReleaseItem.objects.filter(state__in=IN_SCOPE).visible_to(person, at)
    items = [scoped(item) for item in rows.select_related("proposal", "release")]
    ids = [item.proposal_id for item in items]
    depends = dependencies(ids, person, at)
    done = implemented_among(other for found in depends.values() for other, _ in found)
    days = [(release.name, release.go_live_on) for release in releases]
    least = RULEBOOK.number("release.least_days_apart", at)
    return [
        *unmet(items, depends, done),
        *touching(items, documents(ids, person, at)),
        *misplaced(items, changing_systems(ids, person, at)),
        *too_close(days, least),
    ]


def release_facts(release: Release, person: Person | None, at: datetime) -> list[Fact]:
    """Its day, how it came to it, its kind, its capacity and the leave that it has."""
    first = release.planned_for
    was = f"First planned for {long_date(first)}." if first and first != release.go_live_on else ""
    note = " ".join(part for part in (was, day_note(release.go_live_on, calendar())) if part)
    facts = [
        Fact("Goes live", long_date(release.go_live_on), note=note),
        Fact("Kind", release.get_kind_display()),
        Fact("Scheduled or ad hoc", "Scheduled" if is_scheduled(release) else "Ad hoc", note="REL-1"),
    ]
    used = load(release)
    if used.used or used.capacity is not None:
        facts.append(Fact("Scope", str(used)))
    leave = MoveRequest.objects.filter(release=release, state=ALLOWED).order_by("-answered_on").first()
    if leave is not None and release.state in TO_COME and leave.window_until >= local_day(at):
        said = f"until {long_date(leave.window_until)}"
        facts.append(
            Fact("The Panel may move it", said, leave.get_absolute_url(), "By leave of the Authority (REL-4).")
        )
    return [*facts, Fact("Plan", "All releases on one page", reverse(PLAN))]


def release_tables(release: Release, person: Person | None, at: datetime) -> list[Related]:
    """Its scope, warnings, milestones, days and requests, and the last days to come into it."""
    tables = [_scope(release, person, at), _aims(release, person, at), _implemented(release, person, at)]
    warned = [(one.what,) for one in warnings(person, at) if release.name in one.releases]
    if warned:
        tables.append(Related("What does not go together", ("Warning",), list(warned), ""))
    tables += [_milestones(release, person, at), _moves(release), _requests(release, person, at)]
    if release.state in TO_COME and release.go_live_on >= local_day(at):
        tables.append(last_days_to(release, at))
    return [table for table in tables if table.rows or table.empty]


def _scope(release: Release, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (item.proposal.reference, item.proposal.title, item.part, item.state.capitalize(), day_words(_since(item)),
         item.why_removed)
        for item in scope_of(release, person, at)
    ]  # fmt: skip
    heads = ("Modification", "Title", "Part", "Status", "Since", "Why removed")
    return Related("Scope", heads, rows, "No modification is targeted to it yet.", reverse("release items"))


def _aims(release: Release, person: Person | None, at: datetime) -> Related:
    """The proposals that aim at it without being in its scope."""
    inside = ReleaseItem.objects.filter(release=release).exclude(state__in=("", REMOVED)).values("proposal")
    spells = TargetSpell.objects.filter(release=release).on(local_day(at)).exclude(proposal__in=inside)
    readable = spells.filter(proposal__in=Proposal.objects.visible_to(person, at)).select_related("proposal")
    rows: list[tuple[Any, ...]] = [
        (spell.proposal.reference, spell.proposal.title, long_date(spell.from_day), spell.set_by) for spell in readable
    ]
    return Related("Aim at it, not in its scope", ("Proposal", "Title", "Since", "Set by"), rows, "")


def _since(item: ReleaseItem) -> Any:
    return item.removed_on or item.implemented_on or item.baselined_on or item.approved_on or item.targeted_on


def _implemented(release: Release, person: Person | None, at: datetime) -> Related:
    """The modifications that it implemented, as far as the person may read them."""
    readable = release.proposals.visible_to(person, at)
    rows: list[tuple[Any, ...]] = list(readable.order_by("number", "suffix").values_list("reference", "title"))
    heads = ("Reference", "Title")
    return Related("Modifications implemented", heads, rows, "It has not implemented a modification yet.")


EXPECTED = (Milestone.Kind.IMPLEMENTATION_DOCUMENT,)
EXPECTED_OF_SYSTEMS = (Milestone.Kind.TESTING_APPROACH, *EXPECTED, Milestone.Kind.SUPPORTING_CHANGES)


def missing(release: Release) -> list[Milestone.Kind]:
    """What a release of its kind has, and this one lacks so far: done in no version (REL-3, REL-6)."""
    done = set(release.milestones.filter(done_on__isnull=False).values_list("kind", flat=True))
    expected = EXPECTED_OF_SYSTEMS if release.kind == Release.Kind.SYSTEM else EXPECTED
    return [kind for kind in expected if kind not in done]


def _milestones(release: Release, person: Person | None, at: datetime) -> Related:
    found = release.milestones.visible_to(person, at).select_related("proposal")
    readable = set(Proposal.objects.visible_to(person, at).filter(milestones__in=found).values_list("pk", flat=True))
    rows: list[tuple[Any, ...]] = [
        (str(one), one.proposal.reference if one.proposal_id in readable else "", one.owner, day_words(one.due_on),
         day_words(one.done_on) or ("Late" if one.due_on and one.due_on < local_day(at) else ""))
        for one in found
    ]  # fmt: skip
    if release.state in TO_COME:
        told = {one.kind for one in found}
        rows += [(kind.label, "", "", "", "Not begun") for kind in missing(release) if kind not in told]
    heads = ("What", "Proposal", "Who has it", "Due", "Done")
    return Related("What else must happen", heads, rows, "Nothing is recorded.", reverse("milestones"))


def _moves(release: Release) -> Related:
    rows: list[tuple[Any, ...]] = [
        (
            long_date(move.moved_on),
            day_words(move.old),
            long_date(move.new),
            move.get_moved_by_display(),
            move.why,
            move.source,
            day_words(move.request.window_until) if move.request else "",
        )
        for move in release.moves.select_related("request").order_by("moved_on", "pk")
    ]
    heads = ("On", "From", "To", "By", "Why", "Letter or meeting", "Window until")
    return Related("Go-live days", heads, rows, "Its day has not been moved.")


def _requests(release: Release, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (
            day_words(one.asked_on),
            one.reason,
            one.state.capitalize(),
            day_words(one.answered_on),
            day_words(one.window_until),
        )
        for one in release.move_requests.visible_to(person, at).order_by("asked_on", "pk")
    ]
    heads = ("Asked", "Reason", "State", "Answered", "Window until")
    return Related("Requests to the Authority to move it", heads, rows, "", reverse("move requests"))


def _items(proposal: Proposal, person: Person | None, at: datetime) -> list[ReleaseItem]:
    rows = ReleaseItem.objects.filter(proposal=proposal).exclude(state="").visible_to(person, at)
    return list(rows.select_related("release", "proposal").order_by("targeted_on", "pk"))


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """The releases that implement a proposal or are to, its status in each, and where the earliest is reckoned."""
    found = []
    for item in _items(proposal, person, at):
        if item.state == REMOVED or item.release.state == CANCELLED:
            continue
        label = f"Release of {item.part}" if item.part else "Release in view" if item.state in IN_SCOPE else "Release"
        note = f"{item.state.capitalize()}; goes live on {long_date(item.release.go_live_on)}."
        found.append(Fact(label, item.release.name, item.release.get_absolute_url(), note))
    if proposal.state in OPEN:
        href = reverse("earliest release", args=[proposal.reference])
        found.append(Fact("Earliest possible release", "Worked backwards from each go-live day", href))
    return found


OPEN = (Stage.DEVELOPMENT, Stage.REFINEMENT, Stage.REPORT, Stage.DECISION, Stage.APPROVED)


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """The releases to which a proposal was targeted, in order; nothing where it never was."""
    rows: list[tuple[Any, ...]] = [
        (item.release.name, long_date(item.release.go_live_on), item.part, item.state.capitalize(),
         day_words(item.targeted_on), day_words(item.removed_on), item.why_removed)
        for item in _items(proposal, person, at)
    ]  # fmt: skip
    heads = ("Release", "Goes live", "Part", "Status", "Targeted", "Removed", "Why removed")
    return [Related("Releases", heads, rows, "")] if rows else []


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """An approved modification needs a release; one in a scope needs what its release still lacks."""
    items = [item for item in _items(proposal, person, at) if item.state in IN_SCOPE]
    if proposal.state == Stage.APPROVED and not items:
        return [Need("A release that implements it", "The Panel", "REL-3", reverse("releases"))]
    if proposal.state != Stage.APPROVED:
        return []
    return [
        Need(
            f"{kind.label} of the {item.release}", "SECAS and the DCC", "REL-3, REL-6", item.release.get_absolute_url()
        )
        for item in items
        for kind in missing(item.release)
    ]


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """The go-live days of the releases in view, and what else must happen before them."""
    found = []
    for item in _items(proposal, person, at):
        release = item.release
        if item.state not in IN_SCOPE:
            continue
        working = (
            f"First planned for {day_words(release.planned_for)}." if release.moves.filter(old__isnull=False) else ""
        )
        found.append(
            Coming(f"{release} goes live", release.go_live_on, "The DCC and all parties", working, "REL-3",
                   release.get_absolute_url())
        )  # fmt: skip
        due = release.milestones.visible_to(person, at).filter(done_on__isnull=True, due_on__isnull=False)
        found += [Coming(str(one), one.due_on, one.owner, "", "REL-3", one.get_absolute_url()) for one in due]
    return found
