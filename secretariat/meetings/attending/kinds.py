"""The records of attendance that pages and figures lead to."""

from secretariat.core import kinds
from secretariat.meetings.attending.models import Attendance, Conflict
from secretariat.meetings.kinds import not_named

kinds.register("attendance", Attendance, not_named)
kinds.register("conflict of interest", Conflict, not_named)
