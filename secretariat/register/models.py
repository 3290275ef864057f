"""Every record of the register, where Django looks for them."""

from secretariat.register.defaults import CURED, EXPELLED, IN_DEFAULT, NOTICE_SERVED, WITH_NOTICE, DefaultCase, Limb
from secretariat.register.entry import (
    CompletedRole,
    RoleNames,
    TestedRole,
    TestNotification,
    UserEntry,
    UserRole,
    sorted_names,
)
from secretariat.register.parties import (
    LEFT,
    PARTY,
    PLURALS,
    Category,
    CategoryMembership,
    Departure,
    GroupMembership,
    Party,
    VotingGroup,
)

__all__ = [
    "CURED",
    "EXPELLED",
    "IN_DEFAULT",
    "LEFT",
    "NOTICE_SERVED",
    "PARTY",
    "PLURALS",
    "WITH_NOTICE",
    "Category",
    "CategoryMembership",
    "CompletedRole",
    "DefaultCase",
    "Departure",
    "GroupMembership",
    "Limb",
    "Party",
    "RoleNames",
    "TestNotification",
    "TestedRole",
    "UserEntry",
    "UserRole",
    "VotingGroup",
    "sorted_names",
]
