"""Words that mean something already: in generated classes and modules, and in SQL."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ATTRIBUTES = _words(
    """
    bool choices construct copy date datetime dict from_orm int json l list mapped_column metadata mro now_time
    parse_file parse_obj parse_raw register registry schema schema_json str text time timedelta today
    update_forward_refs utcnow validate
    """
)
"""What the bodies of models and schemas use, SQLAlchemy's declarative classes keep, or pydantic's BaseModel has."""
CLASSES = _words(
    """
    Accounts AfterValidator Annotated Any APIRouter AsyncConnection AsyncIterator AuthSession Base BaseModel SeededRow
    BigInt BigInteger Body Boolean Caller Case CheckConstraint Color Column ConfigDict Connection Country
    CurrentActor Date DateTime Decimal Duration Email Entity Enum Event ExactNumeric False Field ForeignKey
    ForeignKeyConstraint Generic I Id Identified Index Input Integer Item Iterator JSON Json JsonValue KeepOne
    Key Later LinkTable Listed Literal Mapped Moment Named None Numeric O OptionalActor Page Parent Path Phone
    Composed Reference Request Response Role Row Says Seed Session Sessions Slug SoftDelete Span StrEnum
    Section String StringConstraints Table Text TextKey Time Timestamps Tree True TypedReference UniqueConstraint Url
    UTC UTCDateTime UUID Uuid UuidKey Versions
    """
)
"""What models, schemas, services and routers import or declare beside the entities' own classes."""
SIGNING_IN = _words(
    """
    Account GivenPassword Login Password PasswordAccounts PasswordChange PasswordForgotten PasswordReset RefreshToken
    Registration Token Tokens TokenType Unauthorized Invalid NotFound
    """
)
"""What signing in imports or declares: the account's model and all choices stand beside it."""
MEMBERS = _words("I MRO O")
"""What a member of an enum is not called: `mro` is a method of classes, and some letters read like digits."""
VARIABLES = _words(
    """
    and_ app actor asked change connection create data date datetime engine find get key l link not_ only or_ parent
    problems quote remove request response restore router row time timedelta told unlink
    """
)
"""What the functions of the routers and the declarations of the services use."""
MODULES: Mapping[str, frozenset[str]] = {
    "models": frozenset({"auth", "enums", "seeds"}),
    "schemas": frozenset({"auth", "common"}),
    "services": frozenset({"auth"}),
    "routers": _words("add_error_handlers auth common get_settings health parameters use_problems"),
}
"""The modules of each folder that belong to no entity, and what main.py has beside routers."""
SQL = _words(
    """
    add all alter analyse analyze and any array as asc asymmetric autoincrement between both by case cast check
    collate column commit constraint create cross current_date current_role current_time current_timestamp
    current_user default deferrable delete desc distinct do drop else end escape except exists false fetch for
    foreign freeze from full glob grant group having if in index indexed initially inner insert intersect into is
    isnull join lateral leading left like limit localtime localtimestamp match natural new not nothing notnull
    null of off offset old on only or order outer overlaps placing primary raise references returning right select
    session_user set similar some symmetric table tablesample then to trailing transaction trigger true union
    unique update user using values variadic verbose view when where window with
    """
)
"""What PostgreSQL or SQLite reserves."""
UNQUOTED = _words("nothing returning")
"""Those of them that SQLAlchemy does not know."""
COLLECTION = _words(
    """
    add as_readonly clear compare contains_column corresponding_column extend get items keys remove update values
    """
)
"""The methods of SQLAlchemy's column collections."""
SCHEMAS = _words(
    """
    AfterValidator Annotated Any BaseModel Boolean CLEAN Color Composed Country Date Decimal Duration Email
    Exact False Field I Id Input Integer Json JsonValue Key Literal MAX_INTEGER Moment NO_NUL None O Page
    Phone Reference Role Says Slug Span StringConstraints Text Time True TypedReference UNSET Url UTC UUID
    Uuid WHOLE Written
    """
)
"""What the modules of schemas import."""
