"""The records of leaving that pages and figures lead to."""

from secretariat.core import kinds
from secretariat.register.kinds import not_named
from secretariat.register.leaving.models import CheckItem, LastResort, Leaving

kinds.register("exit", Leaving, not_named)
kinds.register("supplier of last resort", LastResort, not_named)
kinds.register("checklist item", CheckItem, not_named)
