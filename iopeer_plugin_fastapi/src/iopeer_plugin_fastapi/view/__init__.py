"""From a plan to what the templates say: names, types, constraints and policies as pieces of Python and SQL.

Templates hold the structure, these modules the expressions. Everything is a frozen value made from the Blueprint alone.
"""

from iopeer_plugin_fastapi.view.app import AppView
from iopeer_plugin_fastapi.view.entity import EntityView

__all__ = ["AppView", "EntityView"]
