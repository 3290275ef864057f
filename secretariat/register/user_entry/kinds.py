"""The records of user entry by role that pages and figures lead to."""

from secretariat.core import kinds
from secretariat.register.entry import UserRole
from secretariat.register.kinds import not_named
from secretariat.register.user_entry.mandates import Mandate
from secretariat.register.user_entry.models import Requirement, RoleEntry

kinds.register("role entry", RoleEntry, not_named)
kinds.register("entry requirement", Requirement, not_named)
kinds.register("mandate", Mandate, not_named)
kinds.register("user role", UserRole, not_named)
