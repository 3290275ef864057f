"""Mail that was read is taken up by the helpdesk at every tick."""

from __future__ import annotations

from secretariat.helpdesk.mail.intake import take_up
from secretariat.post.arrivals import register

register(take_up)
