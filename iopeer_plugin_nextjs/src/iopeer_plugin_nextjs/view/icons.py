"""A fitting picture for an entity, by the words in its name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from iopeer_core.model.spec import Entity

DEFAULT = "Table2"
LUCIDE = Path(__file__).parent.parent / "lucide.txt"
"""The names of all icons of the version that `packages.py` names; a test compares them."""
_WORDS = {
    "Book": "book libro publication publicacion edition edicion",
    "Boxes": "product producto item articulo stock inventory inventario package paquete",
    "Building2": "company empresa organization organizacion customer cliente supplier proveedor school colegio",
    "CalendarDays": "event evento appointment cita booking reserva schedule horario shift turno loan prestamo",
    "CreditCard": "payment pago subscription suscripcion card tarjeta transaction transaccion",
    "FileText": "document documento file archivo report informe contract contrato page pagina post article note nota",
    "FolderKanban": "project proyecto board tablero folder carpeta",
    "Home": "house casa property propiedad room habitacion apartment apartamento",
    "IdCard": "profile perfil member miembro membership membresia account cuenta",
    "ListTodo": "task tarea todo issue incidencia ticket step paso",
    "MapPin": "place lugar location ubicacion address direccion city ciudad country pais warehouse almacen",
    "MessageSquare": "comment comentario message mensaje review resena feedback chat",
    "Receipt": "invoice factura bill quote presupuesto expense gasto",
    "ShoppingCart": "order pedido cart carrito purchase compra sale venta line linea",
    "Stethoscope": "doctor medico treatment tratamiento diagnosis diagnostico",
    "Tag": "tag etiqueta label category categoria genre genero type tipo kind",
    "Truck": "shipment envio delivery entrega vehicle vehiculo car coche",
    "User": "user usuario person persona patient paciente student alumno teacher profesor author autor contact",
    "Users": "team equipo group grupo class clase department departamento",
}
_ICONS = {word: icon for icon, words in _WORDS.items() for word in words.split()}


@cache
def lucide() -> frozenset[str]:
    """The icons that there are, by their names without `Icon`."""
    return frozenset(LUCIDE.read_text(encoding="utf-8").split())


def icon_of(entity: Entity) -> str:
    """The name of an icon of lucide, without its `Icon`: of the last word of the entity's name that has one.

    Args:
        entity: what it stands for.
    """
    words = reversed(entity.names.singular.split("_"))
    return next((_ICONS[word] for word in words if word in _ICONS), DEFAULT)
