"""Who hears of an appointment: the person; and of a seat that falls vacant: the committees team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify

GREETING, CLOSE = "Dear {{ person.name }},\n\n", "\n\n{{ link }}\n\n{{ administration }}"


def the_person(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """Whoever was appointed."""
    return [record.person]


def committees_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The secretariat's committees team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.COMMITTEES)


SEATED = (
    "You have a seat: {{ record.seat.title }}, {{ record.seat.committee.name }}, from {{ record.from_day | day }}"
    "{% if record.to_day %} until {{ record.to_day | day }}{% endif %}."
    "{% if facts.opens %} From then on you read the papers of its members.{% endif %}"
)
STAYS = (
    "Your appointment goes on: {{ record.seat.title }}, {{ record.seat.committee.name }}"
    "{% if record.to_day %}, until {{ record.to_day | day }}{% endif %}."
)
VACANT = (
    "{{ record.person.name }} resigned. The last day is {{ record.to_day | day }}, and from the day after the seat is "
    "vacant: {{ record.seat.title }}, {{ record.seat.committee.name }}."
)

NOTICES = notify(
    Notice("appointment.appoint", the_person, "Your seat: {{ record.seat.committee.short_name }}",
           body=GREETING + SEATED + CLOSE),
    Notice("appointment.reappoint", the_person, "Your seat: {{ record.seat.committee.short_name }}",
           body=GREETING + STAYS + CLOSE),
    Notice("appointment.resign", committees_team, "A seat falls vacant: {{ record.seat }}",
           body=GREETING + VACANT + CLOSE),
)  # fmt: skip
