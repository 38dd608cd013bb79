"""What errors say: what happened, that nothing is lost, what to do next."""

from operator import attrgetter

import pytest

from db.desk import errors as desk_errors
from db.domain.errors import NotFound, UsageError, VanelError
from db.store import errors as store_errors

KNOWN: set[type[VanelError]] = {
    kind
    for module in (desk_errors, store_errors)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, VanelError)
}
REASSURING = ("Nothing", "nothing", "safe", "still there", "left as it is", "--help")


def test_an_error_tells_its_parts() -> None:
    error = NotFound(what="place", name="annexe")
    assert str(error).startswith("There is no place «annexe» here. Nothing was changed.")
    assert error.parts == {"what": "place", "name": "annexe"}


def test_a_part_that_was_forgotten_spoils_no_sentence() -> None:
    assert "There is no ? «?» here." in str(NotFound())


@pytest.mark.parametrize("kind", sorted(KNOWN, key=attrgetter("__name__")))
def test_every_error_has_a_name_of_its_own_and_a_next_step(kind: type[VanelError]) -> None:
    same = [other for other in KNOWN if other.id == kind.id]
    assert same == [kind]
    assert kind.message.rstrip().endswith((".", "}"))
    if kind is not UsageError:
        assert any(word in kind.next_step for word in REASSURING), kind.next_step
