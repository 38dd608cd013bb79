"""Who is who: which row of a table is a person already known.

A person is recognised by id, else order and position, else code, else e-mail and name; a name and
an organisation alone are a question. The stronger signs are looked at first over the whole table,
so that no row takes by a weak sign the person whom another row names outright.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from db.domain.imports import (
    NEW,
    Add,
    Change,
    Keys,
    Known,
    Plan,
    Question,
    Rows,
    difference,
    keys_of,
)  # fmt: skip
from db.domain.problems import Problems
from db.domain.registration import Fields


def match(plan: Plan, rows: Rows, known: Known, answers: Mapping[int, str]) -> None:
    """Fill in a plan: each row is somebody new, somebody known, or listed as a problem.

    `answers` settle questions by row number: an id of ours, or NEW.
    """
    run = _Run(rows, known, plan.problems, answers)
    run.recognise()
    plan.rejected += len(run.refused)
    plan.updated = len(run.changes)
    plan.unchanged = len(run.taken) - len(run.changes)
    plan.added = len(rows) - len(run.taken) - len(run.refused)
    plan.missing = tuple(person for person in known.imported_ids() if person not in run.taken)
    plan.questions = tuple(sorted(run.questions, key=lambda question: question.row))
    plan.steps = run.steps


class _Seen(dict[int, int]):
    """The row in which each sign was first met, by the sign's hash, to tell of a second one."""

    def before(self, row: int, *sign: str) -> int | None:
        """Return the earlier row that showed this sign, if any."""
        first = self.setdefault(hash(sign), row)
        return None if first == row else first


class _Run:
    """One run over a table; rows are spoken of by index, problems by the row's number."""

    def __init__(
        self, rows: Rows, known: Known, problems: Problems, answers: Mapping[int, str]
    ) -> None:
        self.rows, self.known, self.problems, self.answers = rows, known, problems, answers
        self.taken: dict[str, int] = {}  # person -> row
        self.known_rows: set[int] = set()
        self.changes: dict[int, tuple[str, Fields]] = {}
        self.refused: set[int] = set()
        self.without_id: set[int] = set()
        self.questions: list[Question] = []
        self.seen = _Seen()

    def recognise(self) -> None:
        """Take the strong signs over the whole table, then the weak ones."""
        by_mail: list[int] = []
        by_name: list[int] = []
        for row in range(len(self.rows)):
            keys = self._keys(row)
            if self._repeats(row, keys) or self._strongly(row, keys):
                continue
            if keys.mail and keys.name and self.known.by_mail_name(keys.mail, keys.name):
                by_mail.append(row)
            elif self._namesakes(keys):
                by_name.append(row)
            else:
                self._warn_of_twin(row, keys)
        by_name += [row for row in by_mail if not self._by_mail(row)]
        for row in sorted(by_name):
            self._by_name(row)

    def steps(self) -> Iterator[Add | Change]:
        """Give the additions and changes in the order of the rows."""
        for row in range(len(self.rows)):
            if row in self.changes:
                person, changes = self.changes[row]
                yield Change(self.rows.number(row), person, changes)
            elif row not in self.known_rows and row not in self.refused:
                yield Add(self.rows.number(row), self._fields(row))

    def _told(self, row: int) -> Fields:
        return self._claimed(row, self.rows.told(row))

    def _fields(self, row: int) -> Fields:
        return self._claimed(row, self.rows.fields(row))

    def _claimed(self, row: int, fields: Fields) -> Fields:
        """Leave out an id that is another row's."""
        if row not in self.without_id:
            return fields
        return {name: value for name, value in fields.items() if name != "id"}

    def _keys(self, row: int) -> Keys:
        keys = self.rows.keys(row)
        return replace(keys, external="") if row in self.without_id else keys

    def _repeats(self, row: int, keys: Keys) -> bool:
        """Refuse a second row of one id and name; an id under two names belongs to the first."""
        if keys.external and (first := self.seen.before(row, "id", keys.external)) is not None:
            if self.rows.keys(first).name == keys.name:
                self.refused.add(row)
                self._tell(row, "id", "same-id-twice", first)
                return True
            self.without_id.add(row)
            self._tell(row, "id", "shared-id", first)
        for code in keys.codes:
            if (first := self.seen.before(row, "code", code)) is not None:
                self._tell(row, "code", "shared-code", first)
        return False

    def _tell(self, row: int, column: str, reason: str, first: int) -> None:
        number = self.rows.number
        self.problems.add(number(row), column, reason, first=number(first))

    def _strongly(self, row: int, keys: Keys) -> bool:
        """Recognise by an answer, id, order or code."""
        answer = self.answers.get(self.rows.number(row))
        if answer is not None:
            return bool(answer) and answer not in self.taken and self._take(row, answer)
        if row in self.without_id:
            keys = replace(keys, external="")
        if keys.external and self._take_one(row, self.known.by_external(keys.external)):
            return True
        if keys.order and self._take_one(row, self._of_order(keys)):
            return True
        return any(
            self._take_one(row, self._fitting(self.known.by_code(code), keys))
            for code in keys.codes
        )

    def _of_order(self, keys: Keys) -> Collection[str]:
        """Return who holds this order; where it tells no position, the name or e-mail decides."""
        held = self._fitting(self.known.by_order(keys.order), keys)
        if self.rows.positioned or not held:
            return held
        theirs = {person: keys_of(self.known.fields(person)) for person in held}
        return [
            person
            for person, other in theirs.items()
            if other.name == keys.name or (keys.mail and other.mail == keys.mail)
        ]

    def _fitting(self, people: Collection[str], keys: Keys) -> list[str]:
        """Leave out those another row took, and those whose own id says otherwise."""
        free = [person for person in people if person not in self.taken]
        if not keys.external:
            return free
        return [p for p in free if self.known.fields(p).get("id", "") in ("", keys.external)]

    def _namesakes(self, keys: Keys) -> Collection[str]:
        return self.known.by_name_org(keys.name, keys.organisation) if keys.name else ()

    def _by_mail(self, row: int) -> bool:
        keys = self._keys(row)
        people = self._fitting(self.known.by_mail_name(keys.mail, keys.name), keys)
        return self._take_one(row, people) or self._take_unchanged(row, people)

    def _by_name(self, row: int) -> None:
        """Take who is just so already; else it is a question, and the row is somebody new."""
        keys, number = self._keys(row), self.rows.number(row)
        people = self._fitting(self._namesakes(keys), keys)
        if keys.mail:
            mates = self._fitting(self.known.by_mail_name(keys.mail, keys.name), keys)
            people += [person for person in mates if person not in people]
        if self._take_unchanged(row, people) or number in self.answers:
            return
        if people:
            self.questions.append(Question(number, tuple(people)))
            self.problems.add(number, "", "same-person?")
        else:
            self._warn_of_twin(row, keys)

    def _warn_of_twin(self, row: int, keys: Keys) -> None:
        """Tell of two rows that look like one person where no id tells them apart."""
        told_apart = keys.external or (keys.order and self.rows.positioned)
        if not keys.name or told_apart or self.answers.get(self.rows.number(row)) == NEW:
            return
        first = self.seen.before(row, "name", keys.mail or keys.organisation, keys.name)
        if first is not None:
            self._tell(row, "", "same-as-row?", first)

    def _take_one(self, row: int, people: Collection[str]) -> bool:
        free = [person for person in people if person not in self.taken]
        return len(free) == 1 and self._take(row, free[0])

    def _take_unchanged(self, row: int, people: Collection[str]) -> bool:
        told = self._told(row)
        free = (person for person in people if person not in self.taken)
        same = next((person for person in free if not self._changes(told, person)), None)
        return same is not None and self._take(row, same)

    def _take(self, row: int, person: str) -> bool:
        self.taken[person] = row
        self.known_rows.add(row)
        changes = self._changes(self._told(row), person)
        if changes:
            self.changes[row] = (person, changes)
        return True

    def _changes(self, told: Fields, person: str) -> Fields:
        """Return what a row changes; what a table said already leaves an edit made here alone."""
        new = difference(told, self.known.fields(person), self.rows.scopes)
        if not new:
            return new
        spoken = {name: told[name] for name in new}
        unheard = difference(spoken, self.known.told(person), self.rows.scopes)
        return {name: new[name] for name in unheard}
