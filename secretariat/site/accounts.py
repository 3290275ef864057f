"""How accounts are made: by the secretariat, never by signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from secretariat.core.people import Person


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, and goes back to the first page after signing in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: the secretariat makes accounts."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens an existing account with the same address, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up by single sign-on either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connects a first single sign-on to the person with the address that the provider has verified."""
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        person = Person.objects.filter(email__in=[address.lower() for address in verified]).first()
        if person is not None and not sociallogin.is_existing:
            sociallogin.connect(request, person)
