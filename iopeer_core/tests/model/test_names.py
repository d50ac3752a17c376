"""Names: identifiers, plurals of both languages, and what they keep to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iopeer_core.model.names import identifier, make_names, words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Work order", "work_order"),
        ("OrderLine", "order_line"),
        ("ORDER LINE", "order_line"),
        ("order-line", "order_line"),
        ("ISBN", "isbn"),
        ("ISBNCode", "isbn_code"),
        ("APIs", "apis"),
        ("OAuth2Token", "o_auth2_token"),
        ("año de nacimiento", "anio_de_nacimiento"),
        ("AÑO", "anio"),
        ("Año", "anio"),
        ("niño", "ninio"),
        ("título", "titulo"),
        ("pingüino", "pinguino"),
        ("Straße", "strasse"),
        ("user's name", "users_name"),
        ("1A", "n_1a"),
        ("1a", "n_1a"),
        ("2nd choice", "n_2nd_choice"),
        ("../../etc/passwd", "etc_passwd"),
        ("; DROP TABLE users", "drop_table_users"),
        ("class", "class"),
        ("名前", ""),
        ("---", ""),
        ("", ""),
    ],
)
def test_identifier(text: str, wanted: str) -> None:
    assert identifier(text) == wanted


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("Work order", "Work orders"),
        ("OrderLine", "OrderLines"),
        ("Category", "Categories"),
        ("CATEGORY", "CATEGORIES"),
        ("API", "APIs"),
        ("Person", "People"),
        ("SalesPerson", "SalesPeople"),
        ("Child", "Children"),
        ("Address", "Addresses"),
        ("Status", "Statuses"),
        ("News", "News"),
        ("Box", "Boxes"),
        ("Day", "Days"),
        ("Bill of materials", "Bills of materials"),
        ("Tasks", "Tasks"),
    ],
)
def test_english_plurals(singular: str, plural: str) -> None:
    assert make_names(singular, language="en").plural_label == plural


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("Autor", "Autores"),
        ("Libro", "Libros"),
        ("vez", "veces"),
        ("Préstamo", "Préstamos"),
        ("Género", "Géneros"),
        ("Canción", "Canciones"),
        ("Orden de trabajo", "Órdenes de trabajo"),
        ("Examen", "Exámenes"),
        ("joven", "jóvenes"),
        ("País", "Países"),
        ("Autobús", "Autobuses"),
        ("mes", "meses"),
        ("lunes", "lunes"),
        ("crisis", "crisis"),
        ("ley", "leyes"),
        ("reloj", "relojes"),
        ("rubí", "rubíes"),
        ("café", "cafés"),
        ("sofá", "sofás"),
        ("menú", "menús"),
        ("inglés", "ingleses"),
        ("maíz", "maíces"),
        ("carácter", "caracteres"),
        ("chat", "chats"),
        ("club", "clubes"),
        ("año de nacimiento", "años de nacimiento"),
        ("Cuenta bancaria", "Cuentas bancarias"),
        ("Línea de pedido", "Líneas de pedido"),
        ("Autores", "Autores"),
    ],
)
def test_spanish_plurals(singular: str, plural: str) -> None:
    assert make_names(singular, language="es").plural_label == plural


def test_plural_can_be_given() -> None:
    names = make_names("Autor", language="en", plural="Autores")
    assert (names.plural, names.plurals.kebab, names.singular) == ("autores", "autores", "autor")


def test_forms() -> None:
    names = make_names("Work order", language="en")
    assert (names.snake, names.kebab, names.pascal, names.camel) == (
        "work_order",
        "work-order",
        "WorkOrder",
        "workOrder",
    )
    assert names.plurals.kebab == "work-orders"


def test_names_are_equal_when_their_identifiers_are() -> None:
    assert make_names("Título", language="es") == make_names("titulo", language="es")


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("requestBody", "Request body"),
        ("OrderLine", "Order line"),
        ("due_date", "Due date"),
        ("x_axis", "X axis"),
        ("userID", "User ID"),
        ("ISBNCode", "ISBN code"),
        ("APIs", "APIs"),
        ("iPhone", "IPhone"),
        ("GitHub account", "GitHub account"),
        ("e-mail", "E-mail"),
        ("añoFiscal", "Año fiscal"),
        ("Work Order", "Work Order"),
        ("___", ""),
        ("", ""),
    ],
)
def test_a_label_is_read_as_words(label: str, read: str) -> None:
    assert words(label) == read


@given(st.text(max_size=60))
def test_identifiers_are_total_idempotent_and_safe(text: str) -> None:
    name = identifier(text)
    assert identifier(name) == name
    assert name == "" or (name.isascii() and name.isidentifier() and name == name.lower())


@given(st.text(max_size=60), st.sampled_from(["en", "es", "fr", "es-MX", ""]))
def test_names_are_total_and_a_label_keeps_its_names(text: str, language: str) -> None:
    names = make_names(text, language=language)
    assert make_names(names.label, language=language) == names
    assert identifier(names.plural) == names.plural


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "word",
    ["task", "person", "category", "autor", "canción", "país", "orden", "café", "lunes", "examen", "mes", "series"],
)
def test_plural_of_a_plural_is_itself(word: str, language: str) -> None:
    plural = make_names(word, language=language).plural_label
    assert make_names(plural, language=language).plural_label == plural
