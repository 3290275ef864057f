"""Writes of more than one step: a material change with its ad-hoc assessment, and a random sample with its cases."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from secretariat.assurance.models import ENDED, Assessment, Frame, Kind
from secretariat.assurance.privacy.models import PrivacyChange, SampleDraw
from secretariat.assurance.privacy.procedure import PRIVACY_CHANGES, ad_hoc_of
from secretariat.assurance.privacy.sampling import drawn
from secretariat.assurance.privacy.standing import other_users
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.register.models import Party
from secretariat.register.user_entry.models import ENTERED


def request(party: Party, kind: Kind, *, invented: bool, **told: Unpack[Told]) -> Assessment:
    """Requests an assessment of a party's privacy on the day, and returns it. Raises Refused.

    It is booked, moved and cancelled as any other (PRV-6).
    """
    found = Assessment(party=party, kind=kind, frame=Frame.PRIVACY, opened_on=local_day(told["at"]), invented=invented)
    ASSESSMENT.take("request", found, **told)
    return found


def find_material(change: PrivacyChange, reason: str, **told: Unpack[Told]) -> None:
    """Requests the ad-hoc assessment of a change and finds the change material, all or nothing (PRV-4).

    An ad-hoc assessment that is requested already is taken. Raises Refused.
    """
    with transaction.atomic():
        if ad_hoc_of(change) is None:
            request(change.party, Kind.AD_HOC, invented=change.invented, **told)
        PRIVACY_CHANGES.take("find_material", change, reason=reason, **told)


def draw(sample: SampleDraw, **told: Unpack[Told]) -> list[Assessment]:
    """Draws a random sample of the Other Users, and requests an assessment of each, all or nothing (PRV-1).

    Drawn among are those that have entered and whose privacy is not being assessed. Raises Refused when there are
    fewer than asked for.
    """
    busy = Assessment.objects.filter(frame=Frame.PRIVACY).exclude(state__in=ENDED)
    parties = {one.key: one for one in other_users(told["at"], ENTERED).exclude(pk__in=busy.values("party_id"))}
    if len(parties) < sample.number or not sample.number:
        raise Refused(f"There are {len(parties)} Other Users to draw among; draw at least one and no more than these.")
    with transaction.atomic():
        sample.among, sample.drawn_on = sorted(parties), local_day(told["at"])
        keys = drawn(parties, sample.number, sample.words)
        journal.enter(sample, verb="draw", **told, drawn=keys)
        found = [request(parties[key], Kind.RANDOM_SAMPLE, invented=sample.invented, **told) for key in keys]
        sample.assessments.set(found)
    return found
