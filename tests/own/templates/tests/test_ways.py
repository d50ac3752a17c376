"""Rows that are somebody's through other rows: in reads, lists, counts, labels and writes, and when a way is broken."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from backend.models import Role
from sqlalchemy.ext.asyncio import AsyncConnection
from tests.callers import Caller, problem, sign_in
from tests.factories import add_appointment, add_bill, add_note, add_patient, add_remark, add_tag, add_user


@dataclass(frozen=True)
class Mine:
    """A patient who calls, and what is hers over one to four links."""

    caller: Caller
    patient: int
    appointment: int
    note: int
    remark: int


@pytest.fixture
async def mine(db: AsyncConnection) -> AsyncIterator[Mine]:
    key = await add_user(db, role=Role.PATIENT)
    patient = await add_patient(db, account_id=key, name="Ana")
    appointment = await add_appointment(db, patient_id=patient, title="first")
    note = await add_note(db, appointment_id=appointment, body="mine")
    async with sign_in(key) as caller:
        yield Mine(caller, patient, appointment, note, await add_remark(db, note_id=note))


async def of_another(db: AsyncConnection) -> dict[str, int]:
    """Rows of another patient, by the path of their list."""
    patient = await add_patient(db, account_id=await add_user(db, role=Role.PATIENT), name="Eva")
    appointment = await add_appointment(db, patient_id=patient, title="second")
    note = await add_note(db, appointment_id=appointment, body="another's")
    remark = await add_remark(db, note_id=note)
    return {"appointments": appointment, "notes": note, "remarks": remark, "patients": patient}


async def of_nobody(db: AsyncConnection) -> list[dict[str, int]]:
    """Rows whose way to somebody ends before it begins, or on the way."""
    lonely = await add_appointment(db, patient_id=None)
    loose = await add_note(db, appointment_id=None)
    patient = await add_patient(db, account_id=None)
    appointment = await add_appointment(db, patient_id=patient)
    note = await add_note(db, appointment_id=appointment)
    return [
        {"appointments": lonely, "notes": await add_note(db, appointment_id=lonely)},
        {"notes": loose, "remarks": await add_remark(db, note_id=loose)},
        {"appointments": appointment, "notes": note, "remarks": await add_remark(db, note_id=note)},
    ]


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [row["id"] for row in rows]


async def test_lists_counts_and_reads_hold_what_is_mine(mine: Mine, db: AsyncConnection) -> None:
    strangers = [await of_another(db), *await of_nobody(db)]
    for path, key in (("appointments", mine.appointment), ("notes", mine.note), ("remarks", mine.remark)):
        page = (await mine.caller.get(f"/{path}", params={"count": True})).json()
        assert (ids(page["items"]), page["total"]) == ([key], 1)
        assert (await mine.caller.get(f"/{path}/{key}")).status_code == 200
        for stranger in (each[path] for each in strangers if path in each):
            one = f"/{path}/{stranger}"
            problem(await mine.caller.get(one), 404)
            problem(await mine.caller.patch(one, json={}), 404)
            refused = await mine.caller.delete(one)  # nobody of her role deletes notes
            assert refused.status_code == (403 if path == "notes" else 404)
            assert await mine.caller.rows(f"/{path}", id=stranger) == []
    assert ids(await mine.caller.rows("/appointments", q="s")) == [mine.appointment]
    assert await mine.caller.rows("/appointments", q="second") == []
    assert ids(await mine.caller.rows(f"/patients/{mine.patient}/appointments")) == [mine.appointment]
    problem(await mine.caller.get(f"/patients/{strangers[0]['patients']}/appointments"), 404)


async def test_nobody_is_nobody_s_owner(mine: Mine, db: AsyncConnection, anonymous: Caller) -> None:
    for path in ("appointments", "notes", "remarks"):
        problem(await anonymous.get(f"/{path}"), 401)


async def test_rows_are_added_to_what_is_mine_alone(mine: Mine, db: AsyncConnection, admin: Caller) -> None:
    other, nobody = await of_another(db), await of_nobody(db)
    keys = [None, other["patients"], 10**6]
    for key in keys:
        answer = await mine.caller.post("/appointments", json={"title": "x", "patient_id": key})
        problem(answer, 403 if key is None else 409)
    problem(await mine.caller.post("/appointments", json={"title": "x"}), 403)
    for key in (None, other["appointments"], nobody[0]["appointments"], nobody[2]["appointments"]):
        answer = await mine.caller.post("/notes", json={"body": "x", "appointment_id": key})
        problem(answer, 403 if key is None else 409)
    for key in (other["notes"], nobody[0]["notes"], nobody[1]["notes"]):
        problem(await mine.caller.post("/remarks", json={"text": "x", "note_id": key}), 409)
    before = (await admin.get("/appointments", params={"count": True})).json()["total"]
    answer = await mine.caller.post("/appointments", json={"title": "x", "patient_id": mine.patient})
    assert answer.status_code == 201, answer.text
    assert answer.json()["patient"] == {"id": mine.patient, "label": "Ana"}
    assert (await admin.get("/appointments", params={"count": True})).json()["total"] == before + 1
    sent = {"body": "x", "appointment_id": answer.json()["id"]}
    answer = await mine.caller.post("/notes", json=sent)
    assert answer.status_code == 201, answer.text
    answer = await mine.caller.post("/remarks", json={"text": "x", "note_id": answer.json()["id"]})
    assert answer.status_code == 201, answer.text
    assert answer.json()["note"]["label"] == "x"


async def test_rows_stay_with_what_is_mine(mine: Mine, db: AsyncConnection) -> None:
    other = await of_another(db)
    for path, key, link, target in (
        ("appointments", mine.appointment, "patient_id", other["patients"]),
        ("notes", mine.note, "appointment_id", other["appointments"]),
        ("remarks", mine.remark, "note_id", other["notes"]),
    ):
        one = f"/{path}/{key}"
        row = (await mine.caller.get(one)).json()
        problem(await mine.caller.patch(one, json={link: target}), 409)
        if path != "remarks":
            problem(await mine.caller.patch(one, json={link: None}), 403)
        problem(await mine.caller.put(one, json=row | {link: target}), 422)
        assert (await mine.caller.get(one)).json() == row
        assert (await mine.caller.patch(one, json={link: row[link]})).status_code == 200
    second = await add_patient(db, account_id=mine.caller.id)
    answer = await mine.caller.patch(f"/appointments/{mine.appointment}", json={"patient_id": second})
    assert answer.json()["patient_id"] == second


async def test_a_row_that_is_seen_and_not_mine_takes_and_gives_nothing(mine: Mine, db: AsyncConnection) -> None:
    """A doctor reads every appointment, and changes those of his patients."""
    async with sign_in(await add_user(db, role=Role.DOCTOR)) as doctor:
        own = await add_patient(db, doctor_id=doctor.id, name="Lola")
        treated = await add_appointment(db, patient_id=own, state="open")
        rows = {row["id"]: row["patient"] for row in await doctor.rows("/appointments")}
        assert rows[treated] == {"id": own, "label": "Lola"}
        assert rows[mine.appointment] == {"id": mine.patient, "label": None}
        problem(await doctor.patch(f"/appointments/{mine.appointment}", json={"title": "x"}), 403)
        problem(await doctor.delete(f"/appointments/{treated}"), 403)
        problem(await doctor.post("/appointments", json={"title": "x"}), 403)
        problem(await doctor.post("/appointments", json={"title": "x", "patient_id": mine.patient}), 409)
        problem(await doctor.patch(f"/appointments/{treated}", json={"patient_id": None}), 403)
        answer = await doctor.patch(f"/appointments/{treated}", json={"title": "x"})
        assert answer.json()["title"] == "x"
        problem(await doctor.patch(f"/appointments/{treated}", json={"state": "closed"}), 403)


async def test_what_a_write_answers_is_what_a_read_gives(mine: Mine, db: AsyncConnection) -> None:
    async with sign_in(await add_user(db, role=Role.DOCTOR)) as doctor:
        appointment = await add_appointment(db, patient_id=await add_patient(db, doctor_id=doctor.id))
        first = await add_note(db, appointment_id=appointment, body="first")
        seen = await add_note(db, previous_id=first, body="second")
        public = await add_note(db, appointment_id=mine.appointment, body="public")
        for note, label in ((seen, "second"), (public, "public")):
            answer = await doctor.post("/remarks", json={"text": "x", "note_id": note})
            assert answer.status_code == 201, answer.text
            assert answer.json()["note"] == {"id": note, "label": label}
            assert (await doctor.get(f"/remarks/{answer.json()['id']}")).json() == answer.json()
        for note in (first, mine.note, await add_note(db, previous_id=mine.note)):
            problem(await doctor.post("/remarks", json={"text": "x", "note_id": note}), 409, "note_id")
        assert sorted(ids(await doctor.rows("/notes"))) == sorted([seen, public])


async def test_an_insert_that_answers_at_once_labels_what_is_mine(mine: Mine, db: AsyncConnection) -> None:
    """Every bill may be read: the statement that adds one answers with its appointment's label."""
    answer = await mine.caller.post("/bills", json={"number": 10**6, "appointment_id": mine.appointment})
    assert answer.status_code == 201, answer.text
    assert answer.json()["appointment"] == {"id": mine.appointment, "label": "first"}
    other = await add_bill(db, appointment_id=(await of_another(db))["appointments"])
    rows = {row["id"]: row["appointment"]["label"] for row in await mine.caller.rows("/bills")}
    assert rows == {answer.json()["id"]: "first", other: None}


async def test_fields_are_granted_in_what_is_mine(mine: Mine, db: AsyncConnection) -> None:
    row = (await mine.caller.get(f"/notes/{mine.note}")).json()
    assert row == {
        "id": mine.note,
        "body": "mine",
        "appointment_id": mine.appointment,
        "appointment": {"id": mine.appointment, "label": "first"},
    }
    problem(await mine.caller.get("/notes", params={"sort": "previous_id"}), 403)


async def test_links_to_many_are_those_of_mine(mine: Mine, db: AsyncConnection) -> None:
    tag, other = await add_tag(db), await of_another(db)
    assert (await mine.caller.put(f"/notes/{mine.note}/tags/{tag}")).status_code == 204
    problem(await mine.caller.put(f"/notes/{other['notes']}/tags/{tag}"), 404)
    answer = await mine.caller.get(f"/tags/{tag}/notes")
    assert answer.status_code in (200, 403), answer.text


async def test_a_deleted_row_leads_nowhere(mine: Mine, db: AsyncConnection, admin: Caller) -> None:
    patient, appointment = f"/patients/{mine.patient}", f"/appointments/{mine.appointment}"
    hers = (appointment, f"/notes/{mine.note}", f"/remarks/{mine.remark}")
    assert (await admin.delete(patient)).status_code == 204
    for one in hers:
        problem(await mine.caller.get(one), 404)
        problem(await mine.caller.patch(one, json={}), 404)
    problem(await mine.caller.post("/appointments", json={"title": "x", "patient_id": mine.patient}), 409)
    problem(await mine.caller.post("/remarks", json={"text": "x", "note_id": mine.note}), 409)
    assert (await admin.post(f"{patient}/restore")).status_code == 200
    assert [(await mine.caller.get(one)).status_code for one in hers] == [200, 200, 200]
    assert (await mine.caller.delete(appointment)).status_code == 204  # her own, with what is below
    problem(await mine.caller.get(hers[1]), 404)
    assert ids(await mine.caller.rows("/appointments", deleted=True)) == [mine.appointment]
    assert (await admin.delete(patient)).status_code == 204
    assert await mine.caller.rows("/appointments", deleted=True) == []
    problem(await mine.caller.post(f"{appointment}/restore"), 404)
    assert (await admin.post(f"{patient}/restore")).status_code == 200
    assert (await mine.caller.post(f"{appointment}/restore")).status_code == 200


async def test_rows_change_hands_with_the_row_on_the_way(mine: Mine, db: AsyncConnection, admin: Caller) -> None:
    hers = (f"/appointments/{mine.appointment}", f"/notes/{mine.note}", f"/remarks/{mine.remark}")
    async with sign_in(await add_user(db, role=Role.PATIENT)) as heir:
        answer = await admin.patch(f"/patients/{mine.patient}", json={"account_id": heir.id})
        assert answer.status_code == 200, answer.text
        assert [(await mine.caller.get(one)).status_code for one in hers] == [404, 404, 404]
        assert [(await heir.get(one)).status_code for one in hers] == [200, 200, 200]


async def test_a_way_may_be_mine_while_its_rows_are_hidden(db: AsyncConnection) -> None:
    """Whose a row is does not depend on what its owner may see on the way."""
    async with sign_in(await add_user(db, role=Role.DOCTOR)) as doctor:
        appointment = await add_appointment(db, patient_id=await add_patient(db, doctor_id=doctor.id))
        hidden = await add_note(db, appointment_id=appointment)
        own = await add_note(db, previous_id=hidden)
        problem(await doctor.get(f"/notes/{hidden}"), 404)
        row = (await doctor.get(f"/notes/{own}")).json()
        assert row["previous"] == {"id": hidden, "label": None}
