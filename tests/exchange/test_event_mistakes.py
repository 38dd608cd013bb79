"""Mistakes of an event file: all at once, each on its line, in words."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.exchange.event_file import read_event, read_event_file
from db.exchange.event_mistakes import SENTENCES, EventFileError, Mistake

SMALL = """\
format = 1
[event]
id = "small"
name = "Small"
zone = "Europe/Paris"
days = [2023-03-26]
[[places]]
id = "hall"
name = "Hall"
[[sessions]]
id = "talk"
title = "Talk"
place = "hall"
starts = "9h30"
"""


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(EventFileError) as caught:
        read_event(text)
    return caught.value.mistakes


WRONG = '''\
# Each comment that begins with ! names the mistakes of its line.
title = "stray" # ! unknown-key
format = 1
[event]
id = "con" # ! reserved-id
nmae = "Forum" # ! unknown-key-near
name = "" # ! empty
zone = "Europe/Pariss" # ! unknown-zone-near
days = [
  2023-03-22,
  "2023-02-30", # ! not-date
  2023-03-22, # ! days-order
  2023-03-25,
]
expected = -1 # ! too-small
print_on_entry = "yes" # ! not-yes-no
notes = ["fine", """
and [[long]]
""", 3] # ! not-text
venue = 12 # ! not-text
subtitle = """
[[places]]
id = "not a place"
"""

[[places]]
id = "house"
name = "House"
kind = "bilding" # ! unknown-word-near
[[places]]
id = "tower"
name = "Tower"
within = "wing" # ! within-itself
[[places]]
id = "wing"
name = "Wing"
within = "tower" # ! within-itself
[[places]]
id = "attic"
name = "Attic"
within = "wing"
[[places]]
id = "house" # ! duplicate-id
name = "House again"
capacity = -5 # ! too-small
[[places]] # ! within-no-building
id = "Gate 1" # ! not-slug
name = "Gate"
kind = "door"
[[places]] # ! missing-key
id = "north"
capacity = 0 # ! too-small
within = "touwer" # ! unknown-place-near
admit = "sometimes" # ! unknown-word
[[places]]
id = "garden"
name = "Garden"
kind = "outside"
within = "tower" # ! outside-within
access = ["open", "registered"] # ! open-and-more
capacity = "40" # ! not-number
[[places]]
id = "gate"
name = "Gate"
kind = "door"
within = "xyz" # ! unknown-place
capacity_is_example = true # ! about-nothing

[[categories]]
id = "elu"
name = "Élu"
synonyms = ["mandat", "Élus"]
pattern = "solid"
[[categories]]
id = "team"
name = "Team"
synonyms = [
  "staff",
  "ELUS", # ! same-word
]
pattern = "solid" # ! solid-twice
[[categories]]
id = "press"
name = "Press"
synonyms = "press" # ! not-list
pattern = "plaid" # ! unknown-word

[[sessions]]
id = "one"
title = "One"
day = 2023-03-22
place = "garden"
starts = "9h61" # ! not-time
ends = "24h00" # ! not-time
[[sessions]]
id = "two"
title = "Two"
day = 2023-03-22
place = "gate" # ! session-at-door
starts = "11h00"
ends = "10h00" # ! ends-before-start
access = ["category", "registred"] # ! access-without-categories unknown-word-near
[[sessions]]
id = "three"
title = "Three"
day = 2024-03-22 # ! outside-days
place = "cellar" # ! unknown-place
starts = "11h00"
categories = [ # ! categories-without-access
  "elu",
  "elus", # ! unknown-category-near
  "nobody", # ! unknown-category
]
[[sessions]] # ! missing-key
id = "four"
title = "Four"
day = "22/03/2023" # ! not-date
'''


def marked(text: str) -> Counter[tuple[int, str]]:
    """Read from the comments which mistakes stand on which lines."""
    return Counter(
        (number, reason)
        for number, line in enumerate(text.splitlines(), start=1)
        for reason in re.findall(r"[a-z]+(?:-[a-z]+)*", line.partition("# ! ")[2])
        if reason in SENTENCES
    )


def told(text: str) -> Counter[tuple[int, str]]:
    return Counter((mistake.line, mistake.reason) for mistake in mistakes(text))


def test_every_mistake_of_a_file_is_told_at_once_with_its_line() -> None:
    assert told(WRONG) == marked(WRONG)


def test_mistakes_come_in_the_order_of_the_file_with_paths_as_people_write_them() -> None:
    found = mistakes(WRONG)
    assert [m.line for m in found] == sorted(m.line for m in found)
    paths = {m.reason: m.path for m in found}
    assert paths["ends-before-start"] == "sessions[1].ends"
    assert paths["days-order"] == "event.days[2]"
    assert paths["same-word"] == "categories[1].synonyms[1]"


def test_a_mistake_is_a_sentence_with_all_its_parts() -> None:
    for mistake in mistakes(WRONG):
        assert re.match(rf"line {mistake.line}, [a-z]", str(mistake))
        assert "{" not in str(mistake)


ALONE = {
    "missing-key": "format = 1\n",
    "newer-format": 'format = 2 # !\nunheard = "of"\n',
    "not-number": "format = true # !\n" + SMALL.replace("format = 1\n", ""),
    "not-table": 'format = 1\nevent = "forum" # !\n',
    "not-tables": SMALL.replace("[[places]]", "[places] # !"),
    "no-days": SMALL.replace("[2023-03-26]", "[] # !"),
    "not-dates": SMALL.replace("[2023-03-26]", "2023-03-26 # !"),
    "no-places": SMALL.replace("[[places]]", "[[rooms]]"),
    "no-day": SMALL.replace("]\n[[places]]", ", 2023-03-27]\n[[places]]").replace(
        'starts = "9h30"', 'starts = "9h30" # !'
    ),
    "unknown-zone": SMALL.replace('"Europe/Paris"', '"../../etc/passwd" # !'),
    "no-such-time": SMALL.replace("[2023-03-26]", "[2023-03-25]").replace('"9h30"', '"2h30" # !'),
    "two-such-times": SMALL.replace("-03-26", "-10-28").replace('"9h30"', '"2h30" # !'),
    "unknown-word": SMALL + 'access = "members" # !\n',
    "unknown-category-near": SMALL
    + 'access = "category"\ncategories = ["elus"] # !\n[[categories]]\nid = "elu"\nname = "Élu"\n',
    "syntax": SMALL + "ends = 9h30 # !\n",
    "too-deep": f"deep = {'[' * 5000}{']' * 5000} # !\n",
}


@pytest.mark.parametrize("reason", ALONE)
def test_a_mistake_alone_is_told_on_its_line(reason: str) -> None:
    lines = [n for n, line in enumerate(ALONE[reason].splitlines(), 1) if line.endswith("# !")]
    found = {m.line for m in mistakes(ALONE[reason]) if m.reason == reason}
    assert found == (set(lines) or {1})


@pytest.mark.parametrize("name", ["not-utf8", "too-large", "unreadable"])
def test_a_file_that_is_no_text_is_refused_in_words(name: str, tmp_path: Path) -> None:
    file = tmp_path / "event.toml"
    if name == "not-utf8":
        file.write_bytes(SMALL.encode() + b'note = "\xe9t\xe9"\n')
    elif name == "too-large":
        file.write_bytes(b"#" * (9 << 20))
    with pytest.raises(EventFileError) as caught:
        read_event_file(file)
    assert [m.reason for m in caught.value.mistakes] == [name]
    assert caught.value.mistakes[0].line == (15 if name == "not-utf8" else 1)


def test_every_sentence_is_provoked_by_a_test() -> None:
    provoked = {reason for _, reason in marked(WRONG)} | set(ALONE)
    assert provoked | {"not-utf8", "too-large", "unreadable"} == set(SENTENCES)


def test_the_error_says_how_many_mistakes_stand_on_which_lines() -> None:
    with pytest.raises(EventFileError, match=r"Mistakes: 2; lines: 9, 13\. Nothing was changed"):
        read_event(SMALL.replace('"Hall"', "3").replace('"hall"\nstarts', '"hal"\nstarts'))


def test_an_unfinished_file_is_told_on_its_last_line() -> None:
    (mistake,) = mistakes(SMALL + 'note = """never\nclosed\n\n')
    assert (mistake.reason, mistake.line) == ("syntax", 16)


@given(st.text(max_size=200) | st.text(alphabet="[]{}=\"'\n#.,ab1-", max_size=200))
def test_any_text_at_all_is_an_event_or_a_list_of_mistakes(text: str) -> None:
    assert mistakes(text)


@given(st.data())
def test_a_damaged_file_is_an_event_or_a_list_of_mistakes(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WRONG)))
    length = data.draw(st.integers(0, 30))
    patch = data.draw(st.sampled_from(["", '"', "[", "]]", "0", "\n", "= {}", "2023-03-22"]))
    try:
        read_event(WRONG[:start] + patch + WRONG[start + length :])
    except EventFileError as error:
        assert error.mistakes  # noqa: PT017


def test_a_number_beyond_any_place_and_hidden_controls_are_caught() -> None:
    (mistake,) = mistakes(SMALL.replace('name = "Hall"', 'name = "Hall"\ncapacity = 1' + "0" * 30))
    assert (mistake.reason, mistake.line) == ("not-number", 10)
    event = read_event(SMALL.replace('"Small"', r'"S\u001b[2Jm\u202eall\u0007"'))
    assert event.name == "S[2Jmall"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless file")
def test_a_file_without_end_is_refused() -> None:
    with pytest.raises(EventFileError) as caught:
        read_event_file(Path("/dev/zero"))
    assert caught.value.mistakes[0].reason == "too-large"
