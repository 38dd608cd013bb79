from importlib.resources import files
from pathlib import Path

import pytest

from printing.errors import BadTemplate
from printing.template_file import (
    TemplateProblems,
    default_template,
    load_template,
    parse_template,
)

FORUM = (files("resources") / "badges" / "forum.toml").read_text(encoding="utf-8")


def problems(text: str) -> dict[str, str]:
    with pytest.raises(TemplateProblems) as caught:
        parse_template(text)
    return {p.path: p.message.format(**p.parts) for p in caught.value.problems}


def changed(*changes: tuple[str, str]) -> str:
    text = FORUM
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def test_the_forum_badge_is_made_for_an_80_mm_roll_first() -> None:
    template = default_template()
    roll = template.stock()
    assert roll is not None
    assert (roll.width, roll.height, roll.dpi) == (576, 960, 203)
    assert [round(mm) for mm in roll.size_mm] == [72, 120]
    assert template.stock("a6") is not None
    assert template.stock("papyrus") is None


def test_every_mistake_is_told_at_once_with_its_place() -> None:
    text = changed(
        ("width = 576", 'width = "wide"'),
        ('align = "left"', 'align = "slanted"'),
        ("lines = 1", "lines = 77"),
        ("[chips]", "[chip]"),
        ("pattern_mm = 1.1", "pattern_mm = true"),
        ('weight = "bold"', 'wight = "bold"'),
    )
    found = problems(text)
    assert set(found) == {
        "sheet[0].width",
        "stack[0].align",
        "stack[0].text[0].lines",
        "stack[0].text[0].wight",
        "chip",
        "chips",
        "band.pattern_mm",
    }
    assert found["stack[0].align"] == "«slanted» is none of: left, centre"
    assert found["stack[0].text[0].lines"] == "77 is not between 1 and 6"
    assert found["chips"] == "this is missing"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (('id = "4x6"', 'id = "a6"'), "sheet[4].id"),
        (("margin_mm = 6", "margin_mm = 50"), "sheet «a6»"),
        (("top_mm = 89", "top_mm = 99"), "code"),
        (("top_mm = 65.3", "top_mm = 100"), "chips"),
        (("height_mm = 26", "height_mm = 12"), "code.height_mm"),
        (("largest_pt = 58", "largest_pt = 5"), "stack[1].text[0]"),
        (("height_mm = 47.5", "height_mm = 20"), "stack[1]"),
        (("largest_pt = 24", "largest_pt = 5"), "band"),
    ],
)
def test_what_can_never_be_printed_is_told(change: tuple[str, str], path: str) -> None:
    assert path in problems(changed(change))


@pytest.mark.parametrize(
    ("text", "path"),
    [("", "name"), ("sheet = 3", "sheet"), ("band = 3", "band"), ("name = ''", "name")],
)
def test_a_file_of_another_shape_is_told(text: str, path: str) -> None:
    assert path in problems(text)


def test_a_mistake_of_syntax_is_told_with_its_line() -> None:
    assert "line 3" in problems("format = 1\nname = 'x'\nwhat is this\n")[""]


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    file = tmp_path / "badge.toml"
    file.write_bytes(b"\xef\xbb\xbf" + FORUM.replace("\n", "\r\n").encode())
    assert load_template(file) == default_template()


def test_a_file_that_is_no_text_or_absent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "badge.toml").write_bytes(b"\xff\xfe\x00\xd8")
    for name in ("badge.toml", "absent.toml"):
        with pytest.raises(BadTemplate, match=name):
            load_template(tmp_path / name)
