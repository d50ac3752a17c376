"""What random specs are made of: ordinary names, names that mean something elsewhere, and values of every type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from iopeer_core.language.text import fold
from iopeer_core.language.vocabulary import core_words

ENTITIES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Project", "Invoice", "OrderLine", "Person", "Category", "Box", "City", "Work order", "Address", "Media",
        "Class", "Import", "Object", "Table", "Order", "Select", "Index", "Type", "Function", "Interface", "Request",
        "Response", "Session", "Field", "Model", "Page", "List", "Date", "Enum", "Base", "Entity", "Grant", "Link",
        "Reference", "Event", "Policy", "Connection", "Router", "Actor", "None", "Async", "String", "Number", "Error",
        "Promise", "Map", "Symbol", "Data", "Group", "Item", "Filter", "Restore", "Health", "Auth session", "Schema",
        "Metadata", "Any", "Exception", "Verb", "Scope", "Key", "Column", "Test", "Factory", "Client", "Setting",
    ),
    "es": (
        "Libro", "Autor", "Préstamo", "Año", "Niño", "Camión", "Línea de pedido", "País", "Lápiz", "Crisis", "Género",
        "Código", "Opción", "Clase", "Función", "Objeto", "Día festivo", "Ñandú", "Pingüino", "Global", "Tabla",
        "Índice", "Token", "Select", "Class", "Page", "Import",
    ),
}  # fmt: skip
"""Ordinary ones first; then what Python, SQL, TypeScript or the generated code itself calls something."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "title", "label", "code", "amount", "due", "starts on", "full name", "class", "def", "import", "from", "lambda",
        "none", "global", "async", "await", "yield", "pass", "self", "cls", "order", "group", "select", "where",
        "limit", "offset", "sort", "q", "count", "index", "user", "table", "key", "value", "values", "items", "default",
        "check",
        "interface", "function", "var", "const", "new", "delete", "this", "enum", "metadata", "registry", "json",
        "dict", "copy", "date", "datetime", "time", "str", "int", "list", "text", "schema", "hash", "object", "print",
        "format", "filter", "not", "and", "or", "in", "is", "permissions", "model config", "model fields", "validate",
        "type", "name", "status", "deleted at", "total", "data", "request", "response", "actor", "connection", "own",
        "decimal", "bool", "float", "bytes", "property", "field", "column", "row", "link", "self id", "true",
        "OAuth2Token", "UTCDateTime", "timedelta", "today", "now", "columns", "get", "update", "c", "Field",
        "min length", "x",
        "4th try", "l", "I",
    ),
    "es": (
        "título", "nombre", "año de nacimiento", "día", "teléfono", "contraseña", "1a opción", "creador", "índice",
        "descripción", "precio", "vence", "código", "ñ", "módulo", "clase", "niño", "tamaño", "y", "o", "público",
        "propio", "donde", "fecha", "hora", "class", "from", "order", "global", "import",
    ),
}  # fmt: skip

LONG: Mapping[str, tuple[str, ...]] = {
    "en": (
        "number of the document that proves identity", "reason of the customer for the cancellation",
        "date of the review", "reference of the supplier that is printed on top",
    ),
    "es": (
        "estado de la solicitud de mantenimiento", "fecha de la última revisión del contrato",
        "fecha de la última revisión del contrato de obras",
    ),
}  # fmt: skip
"""Names whose identifiers are as long as may be, so that a table's before them is beyond the 63 bytes of PostgreSQL."""

ROOT = Path(__file__).parents[2]


def _of_templates() -> tuple[str, ...]:
    """The commonest words of the plugins' templates: a name that is one of them must change nothing."""
    found = Counter[str]()
    for path in ROOT.glob("iopeer_plugin_*/src/*/templates/**/*"):
        if path.is_file() and path.suffix in {".j2", ".py", ".ts", ".tsx"} and path.stat().st_size < 50_000:
            found.update(set(re.findall(r"[a-z]{3,12}", path.read_text(encoding="utf-8"))))
    return tuple(sorted(word for word, count in found.items() if count >= 12))


TEMPLATES = _of_templates()

VALUES = (
    "todo", "doing", "on hold", "done", "1A", "2B", "sí", "no", "None", "True", "class", "mro", "name", "value", "A+",
    "A-", "C#", "C++", "in review", "ñandú", "vacío", "import", "Ünïcode", "50%", "self", "x_y", "x y", "values", "_",
    "__class__", "yes", "now", "null", "3.5", "it's", "a/b", "a & b", "<b>", "{x}",
)  # fmt: skip
"""Choices: some meet in one identifier, some have nothing of one."""

ENUMS = ("Priority", "Kind", "Level", "Mood", "Estado civil", "Talla", "Weekday", "StrEnum", "Literal", "Size")
ROLES = ("admin", "member", "guest", "class", "owner", "bibliotecaria", "jefe de área", "None", "root", "self")
TITLES = ("Shop", "Clínica", "My app", "class", "Überblick", "2nd try", "Test", "backend")
DOCS = (
    "a remark", "it's \"quoted\"", "100% {sure} {{ x }}", r"back\slash", "ends with a quote\"", "año, día: sí", "'''",
    '"""', "# no heading", "<script>alert(1)</script>",
    "a very long remark that goes on and on for more than one hundred characters, as people do",
)  # fmt: skip
MESSAGES = ("That is not possible", "No se puede", 'Not "so", please', "It's {too} late", r"50% \o/")

PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("^[A-Z]{2,6}$", ("WEB", "API", "OPS", "QAX")),
    ("^[0-9]{10,13}$", ("9780141439518", "9788420412146", "1234567890", "0000000001")),
    (r"^\d{3}-\d{4}$", ("555-0100", "555-0101", "555-0102", "555-0103")),
    ("^[a-z][a-z0-9_]*$", ("alpha", "beta_1", "gamma", "delta")),
    (r"^a\/b[0-9]$", ("a/b0", "a/b1", "a/b2", "a/b3")),
    ("^(?:red|green|blue)-[0-9]{2}$", ("red-01", "green-02", "blue-03", "red-04")),
    (r"^\S+$", ("one", "two", "three", "four")),
    (r"^[^,;]{3,}$", ("abc", "abd", "abe", "abf")),
)
"""Patterns with texts that match them."""

SAMPLES: Mapping[str, tuple[str, ...]] = {
    "text": ("alpha", "beta", "it's", "Ñandú"),
    "long text": ("once upon a time", "second", "third", "fourth"),
    "markdown": ("# Title", "*so*", "plain", "`code`"),
    "boolean": ("yes", "no"),
    "date": ("2024-02-29", "2001-01-01", "1999-12-31", "2030-06-15"),
    "time": ("08:30:00", "23:59:59", "00:00:00", "12:00:00"),
    "datetime": ("2024-02-29T12:00:00Z", "2001-01-01T00:00:00+02:00", "1999-12-31T23:59:59Z", "2030-06-15T08:00:00Z"),
    "duration": ("PT1H30M", "P1D", "PT45S", "P2W"),
    "email": ("ana@example.org", "bo@example.com", "c.d@example.net", "e@example.es"),
    "url": ("https://example.org", "http://example.com/a?b=c", "https://example.net/x", "https://example.es"),
    "phone": ("+34 600 123 456", "600123456", "+1 (555) 0100 200", "91 123 45 67"),
    "slug": ("a-slug", "second-slug", "x", "2024-01"),
    "color": ("#888888", "#d73a4a", "#0E8A16", "#000000"),
    "country": ("ES", "MX", "FR", "DE"),
    "uuid": tuple(f"{n}f8b1c3e-7c1d-4f1e-9a3b-2d5e6f7a8b9c" for n in range(4)),
    "json": ("[1, 2]", "7", "true", "[]"),
}
"""Literals per type; those of numbers are made from their digits."""

_MENTIONED = {(word.kind, word.name): word for word in core_words()}


def spelled(kind: str, name: str, language: str) -> str:
    """A word of the format in a language; the first form, as people are told to write it."""
    return _MENTIONED[kind, name].form(language)  # type: ignore[index]  # a kind is one of few words


_SMALL_WORDS = frozenset(
    part
    for word in core_words()
    for forms in (word.forms.values() if word.kind in {"word", "literal"} else ())
    for form in forms
    for part in fold(form).split()
)
"""What means something in an expression or a grant by itself."""


def ticked(name: str) -> str:
    """A name where an expression or a grant wants one: in backticks where it could be read as something else."""
    return name if name.isalpha() and fold(name) not in _SMALL_WORDS else f"`{name}`"


_WORDS = {part for word in core_words() for forms in word.forms.values() for form in forms for part in form.split()}


def plain(name: str) -> str:
    """A name after a modifier: in backticks where a word of it means something."""
    return f"`{name}`" if _WORDS & set(name.lower().split()) else name
