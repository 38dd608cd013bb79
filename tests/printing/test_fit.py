import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.fit import KEEP_WITH_NEXT, Fitted, Space, fit
from printing.fonts import BOLD, REGULAR, measure

MM72 = 72 / 25.4 * 72  # points


def half(text: str) -> float:
    """Every letter is half an em wide."""
    return len(text) / 2


def column(width: float = 100, *, floor: float = 10, top: float = 40, lines: int = 2) -> Space:
    return Space(width=width, height=1000, floor=floor, top=top, lines=lines)


@pytest.mark.parametrize(
    ("text", "face", "lines", "points"),
    [
        ("de La Rochefoucauld-Montmorency", BOLD, ("de La Rochefoucauld-", "Montmorency"), 20),
        (
            "Communauté de Communes Champsaur-Valgaudemar",
            REGULAR,
            ("Communauté de Communes", "Champsaur-Valgaudemar"),
            16,
        ),
    ],
)
def test_the_reference_names_fit_72_mm_at_their_known_size(
    text: str, face: str, lines: tuple[str, ...], points: int
) -> None:
    fitted = fit(text, Space(MM72, 200, 11, 48, 2), measure(face))
    assert fitted.lines == lines
    assert int(fitted.size) == points


def test_a_short_name_stays_on_one_line_at_the_top_size() -> None:
    assert fit("Zoé", column(), half) == Fitted(("Zoé",), 40)


def test_two_lines_win_when_they_are_larger() -> None:
    assert fit("Marie-Antoinette", column(), half) == Fitted(("Marie-", "Antoinette"), 20)


def test_one_line_wins_when_two_are_no_larger() -> None:
    assert fit("Le Goff", column(200), half).lines == ("Le Goff",)


def test_a_third_line_is_used_only_when_two_miss_the_floor() -> None:
    text = "Communauté Champsaur Valgaudemar"
    assert len(fit(text, column(lines=3, floor=9), half).lines) == 2
    assert len(fit(text, column(lines=3, floor=15), half).lines) == 3


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Jean de la Tour du Pin", ("Jean de la Tour", "du Pin")),
        ("Saint-Jean-de-Luz", ("Saint-", "Jean-de-Luz")),
        ("Ville - Métropole", ("Ville -", "Métropole")),
        ("Nuits\u202fBlanches Paris", ("Nuits Blanches", "Paris")),
    ],
)
def test_lines_break_where_a_reader_would(text: str, lines: tuple[str, ...]) -> None:
    assert fit(text, column(80), half).lines == lines


def test_a_word_longer_than_the_floor_allows_is_hyphenated() -> None:
    fitted = fit("Anticonstitutionnellement", column(), half)
    assert len(fitted.lines) == 2
    assert fitted.lines[0].endswith("-")
    assert "".join(fitted.lines).replace("-", "") == "Anticonstitutionnellement"
    assert not fitted.cut


def test_what_fits_nowhere_ends_with_an_ellipsis_and_says_so() -> None:
    fitted = fit("xyz" * 60, column(), half)
    assert fitted.cut
    assert fitted.lines[-1].endswith("…")
    assert fitted.size == 10


def test_nothing_to_say_takes_no_line() -> None:
    assert fit(" \u202a\n ", column(), half).lines == ()


def test_decomposed_letters_measure_and_print_as_composed_ones() -> None:
    composed = "Zoé Œuvre-Émile"
    space = Space(120, 200, 11, 40, 2)
    apart = fit(unicodedata.normalize("NFD", composed), space, measure(BOLD))
    assert apart == fit(composed, space, measure(BOLD))


def test_no_break_spaces_are_as_wide_as_spaces() -> None:
    em = measure(REGULAR)
    assert em("a\u202fb\u00a0c") == em("a b c")


names = st.text(st.sampled_from("abcé de-' \u00a0ŒÎ"), max_size=60)
spaces = st.builds(
    Space,
    width=st.floats(20, 400),
    height=st.floats(50, 400),
    floor=st.floats(5, 20),
    top=st.floats(20, 60),
    lines=st.integers(1, 4),
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(names, spaces)
def test_whatever_the_name_it_stays_inside_its_space(name: str, space: Space) -> None:
    fitted = fit(name, space, half)
    assert len(fitted.lines) <= space.lines
    assert fitted.size <= space.top
    assert fitted.size >= space.floor
    assert all(half(line) * fitted.size <= space.width * 1.000001 for line in fitted.lines[:-1])
    if not fitted.cut:
        assert len(fitted.lines) * fitted.size * space.leading <= space.height * 1.000001


@settings(derandomize=True, deadline=None, max_examples=150)
@given(names, spaces)
def test_no_letter_is_lost_unless_it_is_said(name: str, space: Space) -> None:
    fitted = fit(name, space, half)
    if not fitted.cut:
        kept = [c for line in fitted.lines for c in line if c.isalpha()]
        assert kept == [c for c in unicodedata.normalize("NFC", name) if c.isalpha()]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(["de", "la", "du", "des", "Pays", "Écrins"]), max_size=9), spaces)
def test_no_line_but_the_last_ends_on_a_small_word(words: list[str], space: Space) -> None:
    fitted = fit(" ".join(words), space, half)
    if not fitted.cut:
        ends = {line.split(" ")[-1].casefold() for line in fitted.lines[:-1]}
        assert not ends & KEEP_WITH_NEXT
