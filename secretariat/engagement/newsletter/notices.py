"""A newsletter's message is written as it is sent, to whoever still wants it then."""

from __future__ import annotations

from secretariat.engagement.newsletter.sending import letter, wanted_no_more
from secretariat.engagement.subscribing.actions import NEWSLETTER
from secretariat.post.letters import LETTERS, UNWANTED

LETTERS[NEWSLETTER] = letter
UNWANTED[NEWSLETTER] = wanted_no_more
