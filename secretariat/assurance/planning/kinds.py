"""The records of planning that pages and figures lead to; prose names none of them."""

from secretariat.assurance.planning.models import Assessor, BookedDay, Booking, SharedProvider, SystemsReport
from secretariat.core import kinds
from secretariat.register.kinds import not_named

kinds.register("assessor", Assessor, not_named)
kinds.register("booking", Booking, not_named)
kinds.register("day of fieldwork", BookedDay, not_named)
kinds.register("shared resource provider", SharedProvider, not_named)
kinds.register("systems report", SystemsReport, not_named)
