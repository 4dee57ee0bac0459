"""Takes one op from the line to its outcome: known? erased? allowed? known refs? merge, rules, write (architecture.md, journey 2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.clock import local_date
from app.ledger import scope
from app.ledger.author import Author
from app.ledger.chain import content_hash
from app.ledger.change import Result
from app.ledger.desk import Desk, Line, Standing
from app.ledger.flush import line_digest
from app.ledger.ids import new_id
from app.ledger.merge import Clash, Merged, differing, merge, same, unseen
from app.ledger.op import Op
from app.ledger.reissue import reissue
from app.ledger.seats import seat
from app.ledger.twins import note_twins
from app.ledger.verdict import Verdict, before_merge, check_record, unknown
from app.ledger.words import HALF_YEAR_FINAL, MESSAGES, status_of
from app.records.wire import Bad, instant_text, read_instant, specs

Json = Any


class Clerk:
    """Works ops for one author and one device on a desk."""

    def __init__(self, desk: Desk, author: Author, device_id: str) -> None:
        self.desk, self.author, self.device_id = desk, author, device_id

    def take(self, op: Op) -> Result:
        """The outcome of a new op. It is stored whatever the outcome, but for a reused op_id."""
        known = self.desk.known_ops.get(op.op_id)
        if known:
            return self.again(op, known)
        outcome = self.quarantined(op) if op.op_id in self.desk.poison else self.work(op)
        self.store(op, outcome)
        if op.replaces:
            self.desk.replaced.append((op.replaces, self.author.user_id))
        return outcome.result

    def again(self, op: Op, known: dict[str, Json]) -> Result:
        """A second delivery: the same content has the same effect, once; other content changes nothing."""
        if known["code"] == "ERASED":
            return self._result(op, "ERASED", seq=known["seq"])
        forgotten = known["content_hash"] == ""  # its text went with an erasure; there is nothing left to compare with
        if known["author_id"] != self.author.user_id or not forgotten and known["content_hash"] != content_hash(op.raw):
            return self._result(op, "OP_ID_REUSED")
        result = self._result(op, "DUPLICATE", seq=known["seq"])
        result.original = {"status": known["first_status"], "code": known["first_code"]}
        result.fields = known["fields"]
        result.record = self.shown(op)
        return result

    def work(self, op: Op, waited: bool = False) -> Outcome:
        """Everything up to the desk's changes. `waited`: the op was held or quarantined and is tried again."""
        try:
            mine, base = before_merge(self.desk, self.author, op)
            missing = unknown(self.desk, op)
            if not waited and op.action != "create" and (earlier := self.desk.held_before(self.device_id, op.key)):
                missing.append(("op", earlier))
            if missing:
                raise Verdict("UNKNOWN_RECORD", awaits=missing)
            outcome = self._apply(op, mine, base)
        except Verdict as verdict:
            result = self._result(op, verdict.code, fields=verdict.fields)
            result.message = result.message.format(**verdict.words) if verdict.words else result.message
            return Outcome(result, awaits=verdict.awaits)
        if op.resolves and outcome.result.status in ("accepted", "conflict"):
            self._settle(op, outcome.result.status == "accepted")
        return outcome

    # --- applying ----------------------------------------------------------------------------------------------

    def _apply(self, op: Op, mine: dict[str, Json], base: dict[str, Json]) -> Outcome:
        standing = self.desk.standing(*op.key)
        if op.action == "create":
            return self._create(op, mine, standing)
        assert standing
        return self._delete(op, base, standing) if op.action == "delete" else self._update(op, mine, base, standing)

    def _create(self, op: Op, mine: dict[str, Json], standing: Standing | None) -> Outcome:
        assert op.record
        fields = specs(op.record)
        if standing and not standing.gone:
            if same(fields, mine, standing.data):
                return Outcome(self._result(op, "OK", record=True))
            return self._conflict(op, "ID_EXISTS", differing(fields, mine, standing.data))
        if standing and not op.restores:
            return self._conflict(op, "EDIT_VS_DELETE", {n: {"base": None, "mine": v, "theirs": None} for n, v in mine.items()})
        note = seat(self.desk, op, mine)
        self._check(op, mine, None)
        note = note or reissue(self.desk, op, mine)
        outcome = self._write(op, standing or Standing(op.kind, op.id), mine, "OK", set(mine), note)
        if op.kind == "visit":
            note_twins(self.desk, self.author, op.id, mine)
        return outcome

    def _update(self, op: Op, mine: dict[str, Json], base: dict[str, Json], standing: Standing) -> Outcome:
        assert op.record
        if standing.gone:
            return self._conflict(op, "EDIT_VS_DELETE", {n: {"base": base.get(n), "mine": v, "theirs": None} for n, v in mine.items()})
        merged = merge(specs(op.record), base, mine, standing.data)
        note = seat(self.desk, op, merged.data, standing)
        self._check_merged(op, mine, base, merged, standing)
        note = note or reissue(self.desk, op, merged.data, standing)
        outcome = Outcome(self._result(op, "OK"))
        if any(merged.data.get(n) != standing.data.get(n) for n in {*merged.changed, *merged.data, *standing.data}):
            outcome = self._write(op, standing, merged.data, "MERGED" if merged.joined else "OK", merged.changed, note)
        if merged.clashes:
            conflict = self._conflict(op, "FIELD_CONFLICT", merged.clashes)
            conflict.line, conflict.before = outcome.line, outcome.before
            return conflict
        outcome.result.record = self.shown(op)
        return outcome

    def _check_merged(self, op: Op, mine: dict[str, Json], base: dict[str, Json], merged: Merged, standing: Standing) -> None:
        """A rule that only the mixture breaks is a conflict, not the author's mistake (sync.md ch. 13, four topics)."""
        stages = [merged.joined, merged.changed] if merged.joined or merged.clashes else []
        for doubtful in stages:
            try:
                return self._check(op, merged.data, standing)
            except Verdict as verdict:
                if verdict.code != "INVALID":
                    raise
                for name in list(doubtful):
                    merged.clashes[name] = {"base": base.get(name), "mine": mine.get(name), "theirs": standing.data.get(name)}
                    merged.take_back(name, standing.data.get(name))
        return self._check(op, merged.data, standing)

    def _check(self, op: Op, data: dict[str, Json], standing: Standing | None) -> None:
        for name, spec in (specs(op.record) if op.record else {}).items():
            if spec.is_set and data.get(name) is not None:
                try:
                    spec.read(data[name])
                except Bad as bad:
                    raise Verdict("INVALID", {name: str(bad)}) from None
        check_record(self.desk, op, data, self._event_day(op, data), standing)

    def _event_day(self, op: Op, data: dict[str, Json]) -> Any:
        moment = data.get(op.record.EVENT or "") if op.record else None
        return local_date(read_instant(moment)) if moment else None

    def _delete(self, op: Op, base: dict[str, Json], standing: Standing) -> Outcome:
        assert op.record
        if standing.gone:
            return Outcome(self._result(op, "OK"))
        seen = {name: spec for name, spec in specs(op.record).items() if name not in scope.hidden(self.author, op.kind)}
        clashes = unseen(seen, base, standing.data)
        if clashes:
            return self._conflict(op, "DELETE_VS_EDIT", clashes)
        return self._write(op, standing, None, "OK", set(standing.data), "")

    def _write(self, op: Op, standing: Standing, data: dict[str, Json] | None, code: str, changed: set[str], note: str) -> Outcome:
        before = {name: standing.data.get(name) for name in changed} if standing.rev else None
        day_before = standing.envelope.get("event_date") if standing.rev and not standing.gone else None
        self.desk.change(standing, data, self.author, self.device_id, _moment(op.made_at))
        days = day_before, standing.envelope["event_date"]
        if self.desk.is_late(*days):
            code, note = "LATE_MONTH_CLOSED", note or (HALF_YEAR_FINAL if self.desk.is_final(*days) else "")
        line = Line(None, op.kind, op.id, self.author.user_id, standing.rev, line_digest(standing), changes=standing)
        result = self._result(op, code, record=True)
        result.message = note or result.message
        return Outcome(result, line=line, before=before)

    # --- conflicts ---------------------------------------------------------------------------------------------

    def _conflict(self, op: Op, code: str, clashes: dict[str, Clash]) -> Outcome:
        """Opens a card with both versions; an older card of the same person about the same fields gives way to it."""
        for older in self.desk.open_conflicts(op.kind, op.id, self.author.user_id):
            if older["code"] == code and set(older["fields"]) & set(clashes):
                clashes = {**older["fields"], **clashes}
                self._close(older["id"], "SUPERSEDED")
        for name in scope.hidden(self.author, op.kind) & set(clashes):
            clashes[name] = {**clashes[name], "theirs": None}
        row = {"id": new_id(), "project_id": self.desk.project_id, "kind": op.kind, "record_id": op.id, "op_id": op.op_id,
               "author_id": self.author.user_id, "code": code, "fields": clashes, "opened_at": self.desk.now}
        self.desk.conflicts.append(row)
        result = self._result(op, code, record=True)
        result.conflict = {"id": row["id"], "fields": clashes}
        return Outcome(result)

    def _settle(self, op: Op, accepted: bool) -> None:
        for conflict in self.desk.conflict_rows(op.resolves or ""):
            mine = self.author.is_office or conflict["author_id"] == self.author.user_id
            if conflict["settled_at"] is None and mine and (conflict["kind"], conflict["record_id"]) == op.key:
                self._close(conflict["id"], "RESOLVED" if accepted else "SUPERSEDED")

    def _close(self, conflict_id: str, how: str) -> None:
        for fresh in [c for c in self.desk.conflicts if c["id"] == conflict_id]:
            self.desk.conflicts.remove(fresh)
        self.desk.settled.append({"conflict_id": conflict_id, "new_at": self.desk.now, "new_by": self.author.user_id, "new_how": how})

    # --- answers -----------------------------------------------------------------------------------------------

    def _result(self, op: Op, code: str, fields: dict[str, str] | None = None, record: bool = False, seq: int | None = None) -> Result:
        message = MESSAGES[code]
        if code == "INVALID":
            titles = specs(op.record) if op.record else {}
            shown = [f"{titles[n].title if n in titles else n}: {text}" for n, text in (fields or {}).items()]
            message = message.format(fields=" ".join(shown)[:300])
        return Result(op.sent_id, status_of(code), code, message, seq, self.shown(op) if record else None, fields)

    def shown(self, op: Op) -> dict[str, Json] | None:
        """The record as it stands, for this author; none when it is gone or out of scope."""
        standing = self.desk.standing(*op.key) if op.record and op.id else None
        if not standing or standing.gone or not scope.sees(self.author, op.kind, standing):
            return None
        made_at = standing.envelope.get("made_at")
        return {"kind": op.kind, "id": op.id, "rev": standing.rev, "author_id": standing.author_id,
                "made_at": instant_text(made_at) if made_at else None,
                "data": scope.shown(self.author, op.kind, op.id, dict(standing.data))}

    # --- keeping -----------------------------------------------------------------------------------------------

    def quarantined(self, op: Op) -> Outcome:
        """What becomes of an op on which the server breaks."""
        return Outcome(self._result(op, "QUARANTINED"))

    def store(self, op: Op, outcome: Outcome) -> None:
        result = outcome.result
        kept = None if result.code == "ERASED" else op.raw
        row = {"op_id": op.op_id, "project_id": self.desk.project_id, "author_id": self.author.user_id, "device_id": self.device_id,
               "device_seq": op.device_seq, "kind": op.kind, "record_id": op.id, "action": op.action, "status": result.status,
               "code": result.code, "first_status": result.status, "first_code": result.code, "message": result.message,
               "fields": result.fields, "content": kept, "before": outcome.before, "received_at": self.desk.now,
               "content_hash": content_hash(op.raw) if kept else "", "handed_over_at": None, "settled_at": None, "settled_by": None,
               "settled_how": None}
        line = outcome.line or Line(None, op.kind, op.id, self.author.user_id)
        line.op, line.result = row, result
        self.desk.lines.append(line)
        self.desk.known_ops[op.op_id] = {**row, "seq": None}
        if result.status == "held":
            self.desk.held[self.device_id, op.key] = op.op_id
        self.desk.awaits_for(op.op_id, outcome.awaits)


class Outcome:
    """A result, and what goes down with it."""

    def __init__(self, result: Result, awaits: list[tuple[str, str]] | None = None, line: Line | None = None,
                 before: dict[str, Json] | None = None) -> None:
        self.result, self.awaits, self.line, self.before = result, awaits or [], line, before


def _moment(value: Json) -> datetime | None:
    try:
        return read_instant(value)
    except Bad:
        return None
