"""The applicant's link: who holds it acts as the applicant. Only a hash of its key is stored.

The key is reckoned from the application and the installation's own secret, so that it can be written into a mail at
the moment of sending and stands nowhere else.
"""

from __future__ import annotations

import base64
import hashlib

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from secretariat.core.people import Person
from secretariat.register.accession.models import Application

SALT = "secretariat.register.accession"


def key_of(application: Application) -> str:
    """The key in the link of a saved application; another one each time that its link is made anew."""
    told = f"{application.pk}.{application.link_number}"
    return base64.urlsafe_b64encode(salted_hmac(SALT, told, algorithm="sha256").digest()).rstrip(b"=").decode()


def hash_of(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def opened(key: str) -> Application | None:
    """The application behind a key, held by whoever has the key; None when no link in use has it."""
    found: Application | None = Application.objects.filter(key_hash=hash_of(key)).select_related("applicant").first()
    if found is not None:
        found.held = True
    return found


def private_link(application: Application, person: Person) -> str:
    """The full address of the application for its applicant; nothing for anybody else."""
    if application.applicant_id != person.pk:
        return ""
    return f"{settings.SITE_URL}{reverse('own application', args=[key_of(application)])}"


def actor(application: Application, reader: Person | None) -> Person | None:
    """In whose name the holder of the link acts.

    Whoever is signed in as the applicant, else an applicant who is nothing but that. An address that belongs to
    somebody who signs in here was only typed, so nothing is laid at that person's door: nobody is named.
    """
    applicant = application.applicant
    if applicant is None or (reader is not None and reader.pk == applicant.pk):
        return applicant
    known = applicant.has_usable_password() or applicant.capacities.exists()
    return None if known else applicant
