"""Projects as records; no reference in prose names one."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.effort.projects.models import Project
from secretariat.register.kinds import not_named

register("project", Project, not_named)
