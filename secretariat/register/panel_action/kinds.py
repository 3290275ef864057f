"""The records of the Panel's actions that pages and figures lead to."""

from secretariat.core import kinds
from secretariat.register.kinds import not_named
from secretariat.register.panel_action.models import CaseNote, PanelAction

kinds.register("panel action", PanelAction, not_named)
kinds.register("case note", CaseNote, not_named)
