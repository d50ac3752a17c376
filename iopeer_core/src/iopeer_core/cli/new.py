"""`iopeer new`: a folder with a small spec to change."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.model.names import identifier

ENGLISH = """# {name}

> One sentence about what this app is for.

## Roles

- admin: manages everything
- member: writes

## Entities

### Article

- title: text, required, max 200, searchable
- body: markdown
- status: one of: draft | published, required, default draft
- author: belongs to User, required, default me, read only
- tags: many to many Tag

#### Permissions

- admin: all
- member: create, read, update own, delete own

### Tag

- name: text, required, unique, max 40

#### Permissions

- admin: all
- member: create, read

### User

- email: email, required, unique
- name: text, required, max 120, searchable

#### Permissions

- admin: all
- member: read, update own only (name)
"""

SPANISH = """# {name}

> Una frase sobre para qué sirve esta aplicación.

## Aplicación

- idiomas: es

## Roles

- administradora: lo gestiona todo
- miembro: escribe

## Entidades

### Artículo

- título: texto, obligatorio, máximo 200, buscable
- cuerpo: markdown
- estado: uno de: borrador | publicado, obligatorio, por defecto borrador
- autor: pertenece a Usuario, obligatorio, por defecto yo, solo lectura
- etiquetas: muchos a muchos Etiqueta

#### Permisos

- administradora: todo
- miembro: crear, leer, actualizar propios, borrar propios

### Etiqueta

- nombre: texto, obligatorio, único, máximo 40

#### Permisos

- administradora: todo
- miembro: crear, leer

### Usuario

- correo: correo, obligatorio, único
- nombre: texto, obligatorio, máximo 120, buscable

#### Permisos

- administradora: todo
- miembro: leer, actualizar propio solo (nombre)
"""


def run(name: str, *, language: str) -> None:
    """Make the folder `NAME` (its identifier, with dashes) with a spec.md that generates as it is.

    Raises:
        UserError: the name has no Latin letters, or the folder already has a spec.
    """
    title = " ".join(name.split())
    folder = Path(identifier(title).replace("_", "-"))
    if not folder.name:
        raise UserError(f"no folder can be named after {name!r}", how="use a name with Latin letters or digits")
    path = folder / "spec.md"
    text = (SPANISH if language == "es" else ENGLISH).format(name=title)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UserError(f"{path} is there already", how="choose another name, or change that spec") from None
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from error
    sys.stdout.write(f"{path}\nNext: cd {shlex.quote(str(folder))} && iopeer generate spec.md --zip\n")
