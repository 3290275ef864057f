"""Small facts for tests of the register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.text import slugify

from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.plain.months import Month
from secretariat.register import actions
from secretariat.register.models import (
    MUST_CITE,
    DefaultCase,
    Party,
    TestNotification,
    UserEntry,
    UserRole,
    VotingGroup,
)
from secretariat.register.procedure import DEFAULTS, PARTIES

NOON = datetime(2020, 3, 5, 12, tzinfo=UTC)


def person(role: Role = Role.SECRETARIAT, team: str = Team.PARTY_SUPPORT, **more: Any) -> Person:
    """A person who acts in a role from 2013 on; the same one when asked for again."""
    email = f"{role.name.lower()}-{slugify(team)}@example.test"
    found: Person | None = Person.objects.filter(email=email).first()
    if found is not None:
        return found
    made = Person.objects.create_user(email, role.label)
    told = {"team": team if role == Role.SECRETARIAT else "", **more}
    Capacity.objects.create(person=made, role=role, from_day=date(2013, 1, 1), recorded=NOON, **told)
    return made


def told(**more: Any) -> dict[str, Any]:
    """By whom and when: party support at noon on 5 March 2020."""
    return {"by": person(), "at": NOON, "recorded": NOON, **more}


def group(name: str, category: str = "small-supplier") -> VotingGroup:
    """A Voting Group."""
    made: VotingGroup = VotingGroup.objects.create(key=slugify(f"{name}-{category}"), name=name, category=category)
    return made


def unborn(name: str, **more: Any) -> Party:
    """An organisation that is not a party yet."""
    return Party(key=more.pop("key", slugify(name)), name=name, **more)


def party(
    name: str = "Amber Energy Limited",
    day: str = "2018-01-10",
    category: str = "small-supplier",
    group: VotingGroup | None = None,
    **more: Any,
) -> Party:
    """An organisation that acceded on a day."""
    made = unborn(name, **more)
    PARTIES.take("accede", made, day=day, category=category, voting_group=group, **told())
    return made


def dcc() -> Party:
    """The DCC."""
    return party("Smart DCC Limited", "2013-09-23", "dcc", is_dcc=True)


def case(of: Party, notice: str = "2020-01-06", entered: str = "", limb: str = "c", **more: Any) -> DefaultCase:
    """A default case with its notice and, when told, its begin."""
    made = DefaultCase(party=of, limb=limb)
    if limb in "cdeg":
        DEFAULTS.take("serve", made, day=notice, cites=MUST_CITE[limb], **told(**more))
    if entered:
        DEFAULTS.take("enter", made, day=entered, **told(**more))
    return made


def cure(of: DefaultCase, day: str) -> None:
    """Ends a case by cure."""
    DEFAULTS.take("cure", of, day=day, **told())


def expel(of: Party, day: str, reason: str = "ceased trading") -> None:
    """Expels a party."""
    actions.expel(of, day=day, reason=reason, **told())


def withdraw(of: Party, day: str, reason: str = "at its own request") -> None:
    """Lets a party withdraw."""
    PARTIES.take("withdraw", of, day=day, reason=reason, **told())


def roles(*names: str) -> list[UserRole]:
    """User Roles by name."""
    return [UserRole.objects.get(name=name) for name in names]


def user_entry(of: Party, day: str, *names: str) -> UserEntry:
    """A completion of user entry."""
    entry = UserEntry(party=of, completed_on=date.fromisoformat(day))
    return actions.complete_user_entry(entry, roles(*names), **told())


def heard(of: Party, day: str, kind: str, *names: str) -> TestNotification:
    """A notification of tests passed."""
    word = TestNotification(party=of, kind=kind, notified_on=date.fromisoformat(day))
    return actions.notify_test(word, roles(*names), **told())


def keep(matter: str, since: str) -> None:
    """Records of a matter are kept from a day on."""
    Keeping.objects.create(matter=matter, since=date.fromisoformat(since))


def printed(figure: str, month: str, row: str, value: int, note: str = "", *, is_total: bool = False) -> None:
    """What a document prints."""
    document, _ = Publication.objects.get_or_create(slug="report", title="Report")
    PublishedFigure.objects.create(
        publication=document,
        figure=figure,
        month=Month.parse(month).first,
        row=row,
        value=value,
        note=note,
        is_total=is_total,
    )


def refused(words: str) -> Any:
    """That a step is refused with these words."""
    return pytest.raises(Refused, match=words)
