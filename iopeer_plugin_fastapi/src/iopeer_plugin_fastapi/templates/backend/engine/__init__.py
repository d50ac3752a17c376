"""The engine: what every entity can do, told by data; it knows nothing of HTTP.

`backend/services/` declares the entities; whoever speaks to them, over HTTP or otherwise, opens a
`transaction` and calls `find`, `get`, `seek`, `create`, `change` and `remove`.
"""

from backend.engine.entity import Entity, Event, Reference, Rule
from backend.engine.lists import find
from backend.engine.policy import (
    ACTOR,
    NOW,
    PUBLIC,
    SIGNED_IN,
    TIME_NOW,
    TODAY,
    Actor,
    Grant,
    Verb,
)
from backend.engine.query import Filter, Listed, Order, Parent, Query
from backend.engine.reads import get, seek
from backend.engine.transactions import attempt, reading, transaction
from backend.engine.writes import change, create, remove

__all__ = [
    "ACTOR",
    "NOW",
    "PUBLIC",
    "SIGNED_IN",
    "TIME_NOW",
    "TODAY",
    "Actor",
    "Entity",
    "Event",
    "Filter",
    "Grant",
    "Listed",
    "Order",
    "Parent",
    "Query",
    "Reference",
    "Rule",
    "Verb",
    "attempt",
    "change",
    "create",
    "find",
    "get",
    "reading",
    "remove",
    "seek",
    "transaction",
]
