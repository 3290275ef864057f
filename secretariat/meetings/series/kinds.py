"""The series that pages lead to."""

from secretariat.core import kinds
from secretariat.meetings.kinds import not_named
from secretariat.meetings.series.models import Series

kinds.register("series of meetings", Series, not_named)
