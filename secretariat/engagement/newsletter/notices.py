"""A newsletter's message is written as it is sent."""

from __future__ import annotations

from secretariat.engagement.newsletter.sending import letter
from secretariat.engagement.subscribing.actions import NEWSLETTER
from secretariat.post.letters import LETTERS

LETTERS[NEWSLETTER] = letter
