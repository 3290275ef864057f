"""The records of the oversight room: each part holds its own, and Django finds them from here."""

from secretariat.oversight.accountability import models as accountability  # noqa: F401
from secretariat.oversight.alerts import models as alerts  # noqa: F401
from secretariat.oversight.catalogue import models as catalogue  # noqa: F401
from secretariat.oversight.deployed import models as deployed  # noqa: F401
from secretariat.oversight.differences import models as differences  # noqa: F401
from secretariat.oversight.hubs import models as hubs  # noqa: F401
from secretariat.oversight.incidents import models as incidents  # noqa: F401
from secretariat.oversight.maintenance import models as maintenance  # noqa: F401
from secretariat.oversight.measures import models as measures  # noqa: F401
from secretariat.oversight.readings import models as readings  # noqa: F401
from secretariat.oversight.registration_data import models as registration_data  # noqa: F401
from secretariat.oversight.smets1 import models as smets1  # noqa: F401
from secretariat.oversight.testing import models as testing  # noqa: F401
from secretariat.oversight.tracker import models as tracker  # noqa: F401
