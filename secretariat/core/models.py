"""Every record of the core room, where Django looks for them."""

from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import Recipient
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.core.schemes import Heading, Scheme

__all__ = [
    "Capacity",
    "Event",
    "Heading",
    "Keeping",
    "Person",
    "ProclaimedHoliday",
    "Publication",
    "PublishedFigure",
    "Recipient",
    "Scheme",
    "StoredFile",
]
