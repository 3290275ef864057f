"""The records of registration data that pages and figures lead to."""

from secretariat.core.kinds import register
from secretariat.oversight.registration_data.models import DataIssue, Example
from secretariat.register.kinds import not_named

register("registration data issue", DataIssue, not_named)
register("example of a data issue", Example, not_named)
