"""What people write elsewhere → what it is here: the words of other tools, of databases and of everyday speech.

One table for both languages; a third one adds its words to the rows. What is found here is suggested in the language of
the spec, and `check --fix` writes it where it is the one answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from iopeer_core.language.lexer import split
from iopeer_core.language.text import QUOTES, Text, fold
from iopeer_core.language.vocabulary import Kind, Lexicon

if TYPE_CHECKING:
    from iopeer_core.language.context import Context

# kind | here | elsewhere
_TABLE = """
section  | Entities     | models; tables; objects; schema; data model; modelos; tablas; objetos; modelo de datos
section  | Enums        | enumerations; choices; lists; enumeraciones; listas; opciones
section  | App          | settings; config; configuration; application settings; ajustes; configuración
section  | Seeds        | data; initial data; sample data; fixtures; datos; datos de ejemplo; semillas
section  | Roles        | user roles; actors; users and roles; perfiles; actores; tipos de usuario
section  | Notes        | comments; todo; ideas; comentarios; pendiente
block    | Permissions  | access; access control; authorization; security; who may do what; accesos; seguridad
block    | Permissions  | quién puede
block    | Rules        | constraints; validations; validation; checks; restricciones; validaciones; validación
block    | Indexes      | indices; keys; índice
block    | Options      | settings; config; ajustes; configuración
type     | text         | string; str; varchar; nvarchar; char; character varying; short text; cadena; texto corto
type     | long text    | longtext; text area; textarea; multiline; clob; paragraph; memo; párrafo; área de texto
type     | markdown     | md; html; rich text; richtext; wysiwyg; formatted text; texto enriquecido
type     | markdown     | texto con formato
type     | integer      | int; bigint; smallint; tinyint; long; short; serial; whole number; count; year; age
type     | integer      | número entero; año; edad
type     | decimal      | float; double; double precision; real; numeric; flotante; número decimal; número real
type     | money        | currency; price; amount; monetary; cost; euros; dollars; moneda; importe; precio; coste
type     | boolean      | bool; flag; checkbox; true/false; yes or no; yes no; switch; lógico; verdadero/falso
type     | boolean      | casilla; si o no
type     | date         | day; birthday; calendar date; día; fecha de nacimiento
type     | time         | time of day; hour; hora del día
type     | datetime     | timestamp; timestamptz; timestamp with time zone; date time; date and time; moment
type     | datetime     | instant; fecha hora; marca de tiempo; momento
type     | duration     | interval; timespan; time span; length of time; intervalo; lapso
type     | email        | mail; e mail; email address; correo electrónico; dirección de correo
type     | url          | uri; link; href; website; web; image; picture; photo; file; attachment; upload; document
type     | url          | video; imagen; foto; fichero; archivo; adjunto; documento; vídeo; página web
type     | phone        | telephone; tel; mobile; phone number; cell; móvil; número de teléfono; celular
type     | color        | colour; hex; hex color
type     | country      | nation; country code; código de país
type     | uuid         | guid
type     | json         | jsonb; object; dict; dictionary; map; hash; struct; any; objeto; diccionario; cualquiera
relation | belongs to   | foreign key; foreign key to; fk; fk to; references; reference; reference to; ref; relation
relation | belongs to   | relation to; link to; belongsto; many to one; manytoone; n:1; is part of; clave foránea
relation | belongs to   | clave ajena; referencia a; referencia; enlace a; relación; relación con; muchos a uno
relation | belongs to   | es de
relation | has many     | hasmany; one to many; onetomany; 1:n; collection of; uno a muchos; colección de
relation | many to many | manytomany; m2m; n:m; m:n; n:n; belongs to many; has and belongs to many; set of
relation | many to many | muchos con muchos
relation | list of      | array of; array; list; lists of; several; multiple; arreglo de; varios; varias
relation | list of      | conjunto de
relation | one of       | enum; enumeration; select; choice; choices; choice of; dropdown; options; radio; enumerado
relation | one of       | opciones; elección; selección; desplegable; elegir entre
modifier | required     | not null; notnull; non null; mandatory; compulsory; needed; must; not empty; not blank
modifier | required     | no nulo; necesario; necesaria; no vacío; no vacía; imprescindible
modifier | optional     | nullable; null; blank; may be empty; can be empty; nulo; puede estar vacío
modifier | optional     | puede estar vacía
modifier | unique       | uniq; distinct; no duplicates; sin duplicados; sin repetir; irrepetible
modifier | primary key  | pk; primary; primarykey
modifier | indexed      | index; with index; índice; con índice
modifier | read only    | readonly; immutable; not editable; no editable; inmutable
modifier | hidden       | private; secret; invisible; internal; privado; privada; secreto; secreta; interno
modifier | searchable   | search; full text; fulltext; can be searched; se puede buscar; búsqueda
modifier | default      | initial; initially; defaults to; by default; inicial; valor por defecto
modifier | default      | valor inicial; predeterminado
modifier | max          | maxlength; max length; maximum length; length; size; up to; at most; less than
modifier | max          | longitud máxima; longitud; hasta; como mucho
modifier | min          | minlength; min length; minimum length; at least; from; longitud mínima; al menos; desde
modifier | matches      | regex; regexp; pattern; format; patrón; expresión regular; formato
modifier | on delete    | ondelete; when deleted; al eliminar; cuando se borra
modifier | inverse      | backref; related name; reverse; inversed by; nombre inverso
modifier | was          | formerly; renamed from; previously; antes llamado
verb     | all          | everything; full; full access; manage; crud; any; *; todo el acceso; gestionar; cualquiera
verb     | create       | add; insert; new; post; añadir; agregar; insertar; nuevo
verb     | read         | view; see; list; get; show; look; browse; ver; consultar; listar; mostrar
verb     | update       | edit; modify; change; patch; put; editar; modificar; cambiar
verb     | delete       | remove; destroy; erase; drop; eliminar; quitar; suprimir
verb     | nothing      | none; no access; deny; forbidden; ninguno; sin acceso; prohibido
word     | public       | everyone; everybody; anyone; anybody; anonymous; visitor; visitors; cualquiera; anónimo
word     | public       | visitante; visitantes
rule     | unique       | uniqueness; unique together; no duplicates; unicidad; sin duplicados
rule     | check        | constraint; validate; validation; must; assert; ensure; restricción; validar; validación
rule     | check        | asegurar
option   | soft delete  | softdelete; paranoid; trash; recycle bin; archive; papelera; borrado lógico
option   | display      | title; label; name; shown as; display field; título; etiqueta; se muestra como
app key  | languages    | language; locale; locales; lang; idioma
app key  | account      | user; users; login; usuario; usuarios
literal  | yes          | true; on; y; verdadero; cierto; activado
literal  | no           | false; off; n; falso; desactivado
literal  | now          | now(); current_timestamp; current timestamp; getdate(); sysdate; right now; ahora mismo
literal  | now          | fecha actual
literal  | today        | today(); current_date; current date; curdate(); el día de hoy
literal  | me           | current user; current_user; the user; self; caller; logged in user; usuario actual
literal  | me           | quien entra
"""
COMPUTED = frozenset(
    map(
        fold,
        ("computed", "calculated", "generated", "derived", "formula", "calculado", "calculada", "derivado", "fórmula"),
    )
)
"""Nothing here computes: what is said instead has two answers, so that none is written by itself."""
_PERCENT = frozenset(map(fold, ("percent", "percentage", "%", "porcentaje", "por ciento", "tanto por ciento")))
_NUMBER = frozenset(map(fold, ("number", "num", "numeric value", "número")))
_ONE_TO_ONE = frozenset(map(fold, ("one to one", "onetoone", "1:1", "uno a uno")))
_CALL = re.compile(r"([^()]+?)\s*\(\s*(.*?)\s*\)")
_LIST = re.compile(r"(.+?)\s*\[\s*\]|\[\s*(.+?)\s*\]|(?:list|array|set)\s*<\s*(.+?)\s*>", re.IGNORECASE)
_EITHER = re.compile(r"\s+(?:or|o|u)\s+", re.IGNORECASE)
_TRUE = re.compile(r"(.+?)\s*[:=]\s*(?:true|yes|sí|si|1)", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:range\s+|rango\s+|from\s+|desde\s+|de\s+)?(-?[0-9.]+)\s*(?:-|–|\.\.+|to|a)\s*(-?[0-9.]+)", re.IGNORECASE
)
_SIGNS = {
    "==": "=", "===": "=", "<>": "!=", "≠": "!=", "!==": "!=", "≥": ">=", "≤": "<=", "=>": ">=", "=<": "<=",
    "&&": "and", "||": "or",
}  # fmt: skip
_EXPRESSION = re.compile(
    r'"[^"]*"|`[^`]*`|[!=]==|==|<>|≠|≥|≤|=>|=<|&&|\|\||\bis\s+(not\s+)?null\b|\b(no\s+)?es\s+nul[oa]\b', re.IGNORECASE
)


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], str]:
    """By kind and folded word: the name here."""
    rows = ([cell.strip() for cell in row.split("|", 2)] for row in _TABLE.strip().splitlines())
    return {(kind, _key(word)): name for kind, name, words in rows for word in words.split(";")}


def _key(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").replace("-", " ").split())


def meant(text: str, words: Lexicon, language: str, *kinds: Kind) -> str | None:
    """The word here of what was written, with what follows it: `maxlength 80` → `max 80`."""
    parts = text.split()
    for count in range(min(len(parts), 5), 0, -1):
        key = _key(" ".join(parts[:count]))
        for kind in kinds:
            name = _table().get((kind, key))
            if name:
                return " ".join([words.word(kind, name).form(language), *parts[count:]])
    return None


def type_meant(text: Text, context: Context) -> str | None:
    """The type of a field that was meant, with the modifiers that belong to it."""
    raw, words, language = text.raw, context.words, context.language
    if _key(raw) in _PERCENT:
        return f"{_say('type', 'decimal', context)}(5,2)"
    if _key(raw) in _NUMBER:
        return f"{_say('type', 'integer', context)}, {_say('type', 'decimal', context)}"
    listed, called, either = _LIST.fullmatch(raw), _CALL.fullmatch(raw), _EITHER.split(raw)
    if listed:
        return _several(listed[1] or listed[2] or listed[3], context)
    if called:
        return _called(called[1], text.cut(called.start(2), called.end(2)), context)
    if len(either) > 1 and not words.exact(meant(raw, words, language, "type") or "", "type"):
        return _either(either, context)
    kind = meant(raw, words, language, "type")
    return kind if kind and words.exact(kind, "type") else _linked(raw, context)


def _say(kind: Kind, name: str, context: Context) -> str:
    return context.words.word(kind, name).form(context.language)


def _linked(raw: str, context: Context) -> str | None:
    """`foreign key Task`, `one to one User`, `list of strings`."""
    words, language = context.words, context.language
    for one in (one for one in _ONE_TO_ONE if _key(raw).startswith(f"{one} ")):
        entity = context.entities.find(" ".join(raw.split()[len(raw.split()) - len(_key(raw)[len(one) :].split()) :]))
        if entity:
            return (
                f"{_say('relation', 'belongs to', context)} {entity.names.label}, {_say('modifier', 'unique', context)}"
            )
    relation = meant(raw, words, language, "relation") or raw
    found = words.match(relation, "relation")
    rest = relation[found.end :].strip() if found else ""
    if found is None or not rest:
        return None
    if found.word.name == "list of":
        return _several(rest, context)
    entity = context.entities.find(rest)
    return f"{_say('relation', found.word.name, context)} {entity.names.label}" if entity else None


def _several(item: str, context: Context) -> str | None:
    """`tag[]`: rows of an entity, or a list of a type."""
    words, language = context.words, context.language
    entity = context.entities.find(item)
    if entity:
        return f"{_say('relation', 'many to many', context)} {entity.names.label}"
    found = words.exact(item, "type") or words.exact(meant(item, words, language, "type") or "", "type")
    name = found.word.form(language) if found else context.enums.like(item) if context.enums.find(item) else None
    return f"{words.word('relation', 'list of').form(language)} {name}" if name else None


def _called(name: str, arguments: Text, context: Context) -> str | None:
    """`enum(a, b)`, `varchar(80)`, `ForeignKey(Task)`, `numeric(8,2)`."""
    words, language = context.words, context.language
    kind = meant(name, words, language, "relation", "type") or name
    relation, type_ = words.exact(kind, "relation"), words.exact(kind, "type")
    parts = [part.raw for part in split(arguments, ",", words) if part]
    if relation and relation.word.name in {"one of", "list of"} and len(parts) > 1:
        return f"{words.word('relation', 'one of').form(language)}: " + " | ".join(_bare(part) for part in parts)
    entity = context.entities.find(_bare(arguments.raw))
    if entity and (relation or _key(name) in {"foreignkey", "references", "belongsto"}):
        return f"{kind if relation else words.word('relation', 'belongs to').form(language)} {entity.names.label}"
    if not type_ or not arguments.value.replace(",", "").replace(" ", "").isdigit():
        return None
    if type_.word.name == "text":
        return f"{kind}, {words.word('modifier', 'max').form(language)} {arguments.raw}"
    return f"{kind}({arguments.raw})" if type_.word.name == "decimal" else kind


def _either(parts: list[str], context: Context) -> str | None:
    """`A or B`: a link to one of several entities, or choices."""
    entities = [context.entities.find(part) for part in parts]
    if all(entities):
        labels = " | ".join(entity.names.label for entity in entities if entity)
        return f"{context.words.word('relation', 'belongs to').form(context.language)} {labels}"
    if any(entities) or any(context.words.exact(part, "type") or len(part.split()) > 2 for part in parts):
        return None
    return f"{context.words.word('relation', 'one of').form(context.language)}: " + " | ".join(map(_bare, parts))


def modifier_meant(text: str, words: Lexicon, language: str) -> str | None:
    """The modifier that was meant."""
    if _key(text.partition("(")[0].partition(" from ")[0].partition("=")[0]) in COMPUTED:
        return " | ".join(words.word("modifier", name).form(language) for name in ("read only", "optional"))
    spread = _RANGE.fullmatch(text)
    if spread:
        between, and_ = words.word("modifier", "between").form(language), words.word("word", "and").form(language)
        return f"{between} {spread[1]} {and_} {spread[2]}"
    if _key(text) in {"cascade", "set null", "restrict", "en cascada", "cascada"}:
        found = words.exact(text, "word")
        return f"{words.word('modifier', 'on delete').form(language)} {found.word.form(language)}" if found else None
    flag = _TRUE.fullmatch(text)
    bare = flag[1] if flag else re.sub(r"^([^()/\"]+?)\s*(?:[:=]\s*|\((?=.*\)$))(.*?)\)?$", r"\1 \2", text)
    found = words.match(bare, "modifier")
    return meant(bare, words, language, "modifier") or (bare if found and bare != text else None)


def expression_meant(text: str) -> str | None:
    """`a == 1 && b is null` → `a = 1 and b is empty`."""

    def here(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] in '"`':
            return found
        if found in _SIGNS:
            return _SIGNS[found]
        spanish = found.casefold().endswith(("nulo", "nula"))
        return (
            ("no está vacío" if match[2] else "está vacío") if spanish else "is not empty" if match[1] else "is empty"
        )

    changed = _EXPRESSION.sub(here, text)
    return changed if changed != text else None


def _bare(text: str) -> str:
    """Without the quotes around it."""
    return text[1:-1] if len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES else text
