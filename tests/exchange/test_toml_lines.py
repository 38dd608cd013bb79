"""Positions in TOML: what stands where a path points is the value the standard reader gave."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.exchange.toml_lines import Lines, Path, spans

AWKWARD = '''# a comment with = and [brackets]
title = "a # is no comment, nor is \\" an end" # but this is
"quoted key" = 1
'literal "key"' = 2
"esc\\u00e9" = 3
site."google.com".on = true
long = """
[not.a.table]
key = 'no'
quotes "" inside \\""" and at the end"""""
raw = \'\'\'
# no comment
\'\'quoted\'\'\'\'\'
empty = ""
empty_literal = \'\'
empty_long = """"""
dates = [2023-03-22, 2023-03-23 09:15:00, 09:15:00, 2023-03-22T09:15:00+01:00]
numbers = [ +1, -0.5e3 ,inf, 0xFF,1_000 ] # trailing
mixed = [
  # a comment, with a bracket ]
  [1, [2, []], {a = [3]}],
  "x]", # another
  { b . c = "}", "d e" = { f = [ ] } },
]
inline = {}

[ table ]
a.b.c = 1
a.b.d = { e.f = 1 }

[table.sub]
x=1

[[rows]]
id = "one"
[rows.more]
y = 2
[[rows.inner]]
z = 3
[[rows.inner]]
z = 4
[[rows]]
[[rows.inner]]
z = 5
[later.than.this]
w = 6
[later]
v = 7
'''


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give all but empty tables, which may be a header and no value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def read_back(text: str) -> dict[Path, Any]:
    """Read each leaf from where its span says it stands."""
    found = spans(text)
    return {
        path: tomllib.loads(f"v = {text[slice(*found[path])]}")["v"]
        for path, _ in leaves(tomllib.loads(text))
    }


def holds(text: str) -> None:
    assert read_back(text) == dict(leaves(tomllib.loads(text)))


def test_every_value_of_an_awkward_document_stands_where_its_path_points() -> None:
    holds(AWKWARD)


def test_windows_line_ends_are_read_alike() -> None:
    text = AWKWARD.replace("\n", "\r\n")
    starts = [offset for offset, _ in spans(text).values()]
    assert [text[offset] for offset in starts] == [
        AWKWARD[offset] for offset, _ in spans(AWKWARD).values()
    ]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("long",), 7),
        (("raw",), 11),
        (("mixed", 1), 22),
        (("mixed", 2, "d e", "f"), 23),
        (("table",), 27),
        (("table", "a", "b", "d", "e", "f"), 29),
        (("rows", 0), 34),
        (("rows", 0, "inner", 1, "z"), 41),
        (("rows", 1, "inner", 0, "z"), 44),
    ],
)
def test_a_path_has_the_line_an_editor_shows(path: Path, line: int) -> None:
    assert Lines(AWKWARD).of(path) == line


def test_what_is_missing_has_the_line_of_the_table_that_lacks_it() -> None:
    lines = Lines(AWKWARD)
    assert lines.of(("rows", 1, "id")) == lines.of(("rows", 1)) == 42
    assert lines.of(("nowhere", 3)) == 1


SCALARS = st.one_of(
    st.text(alphabet="ab é\"'\\#[]{}=,.\n\t", max_size=12),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.dates(date(1900, 1, 1)),
    st.times().map(lambda t: time(t.hour, t.minute, t.second)),
)
KEYS = st.text(alphabet='ab-_1 é".#', min_size=1, max_size=4)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=4)


def written(value: Any, gap: str) -> str:
    """Write one value inline; `gap` (blanks, comments) stands between the items of an array."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int():
            return str(value)
        case date() | time():
            return value.isoformat()
        case list():
            return "[" + "".join(f"{gap}{written(v, gap)}{gap}," for v in value) + gap + "]"
        case dict():
            pairs = (f"{json.dumps(k)} = {written(v, gap)}" for k, v in value.items())
            return "{ " + ", ".join(pairs) + " }"
    raise TypeError(value)


def _text(value: str) -> str:
    """Write a string in the strangest form that can hold it."""
    if "'''" not in value and not value.endswith("'") and "\n" in value:
        return f"'''\n{value}'''"
    if "'" not in value and "\n" not in value:
        return f"'{value}'"
    if "\n" in value:
        escaped = value.replace("\\", "\\\\").replace('"""', '""\\"')
        return f'"""\n{escaped}"""'
    return json.dumps(value)


@given(
    st.dictionaries(KEYS, TABLES, max_size=3),
    st.lists(TABLES, max_size=3),
    st.sampled_from(["", " ", "\n", " # ] } , ''' \n\t"]),
)
def test_every_value_of_any_document_stands_where_its_path_points(
    tables: dict[str, dict[str, Any]], rows: list[dict[str, Any]], gap: str
) -> None:
    blocks = [(f"[ {json.dumps(name)} ]", table) for name, table in tables.items()]
    blocks += [("[[rows]]", row) for row in rows]
    text = "\n".join(
        "\n".join([header, *(f"{json.dumps(k)}={written(v, gap)} # {k}" for k, v in table.items())])
        for header, table in blocks
    )
    holds(text)
