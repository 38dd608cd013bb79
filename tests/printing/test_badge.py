from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.badge import CUT, LABELS, NO_ROOM, UNDRAWABLE, compose, grouped
from printing.errors import CodeDoesNotFit
from printing.fonts import BOLD, REGULAR, clean
from printing.page import Box, Page, Squares, Stamp, Stock, Words
from printing.patterns import PATTERNS
from printing.template_file import default_template
from tests.printing.people import CODE, ORGANISATIONS, badge

TEMPLATE = default_template()
ROLL = TEMPLATE.stocks[0]


def words_of(page: Page) -> list[Words]:
    return [stroke for stroke in page.strokes if isinstance(stroke, Words)]


def said(page: Page) -> str:
    return " ".join(words.text for words in words_of(page))


def size_of(page: Page, text: str) -> float:
    return next(words.size for words in words_of(page) if text in words.text)


def test_a_badge_says_all_it_was_given() -> None:
    page = compose(TEMPLATE, badge(), ROLL)
    for text in ("Forum", "22 et 23 mars", "Zoé", "Œuvre", "Cheffe", "Sicoval", "Déjeuner", "Gala"):
        assert text in said(page)
    assert grouped(CODE, 4) in said(page)
    assert page.notices == ()


def test_the_given_name_is_the_largest_then_the_family_name() -> None:
    page = compose(TEMPLATE, badge(), ROLL)
    given_name, family_name = size_of(page, "Zoé"), size_of(page, "Œuvre")
    assert given_name > family_name > size_of(page, "Sicoval")
    assert given_name == max(words.size for words in words_of(page))


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_the_long_names_of_the_forum_are_whole(organisation: str) -> None:
    data = badge("Jean-Baptiste", "de La Rochefoucauld-Montmorency", organisation=organisation)
    page = compose(TEMPLATE, data, ROLL)
    assert page.notices == ()
    assert clean(organisation).replace(" ", "") in said(page).replace(" ", "")


@pytest.mark.parametrize("stock", TEMPLATE.stocks, ids=lambda stock: stock.id)
def test_floors_hold_on_every_paper(stock: Stock) -> None:
    data = badge(
        "Jean-Baptiste",
        "de La Rochefoucauld-Montmorency",
        function="Directeur général adjoint chargé de la transformation numérique",
        organisation=ORGANISATIONS[0],
    )
    page = compose(TEMPLATE, data, stock)
    assert size_of(page, "Jean") >= stock.pt(20)
    assert size_of(page, "Rochefoucauld") >= stock.pt(15)
    assert size_of(page, "Communauté") >= stock.pt(11)


def test_a_name_that_is_cut_is_told_before_printing_without_naming_anybody() -> None:
    page = compose(TEMPLATE, badge(family="Xyzxyzxyz" * 12), ROLL)
    assert [(notice.about, notice.message) for notice in page.notices] == [("family_name", CUT)]
    assert "Xyz" not in str(page.notices)


def test_letters_no_typeface_has_are_told() -> None:
    page = compose(TEMPLATE, badge(given="田中"), ROLL)
    assert [(notice.about, notice.message) for notice in page.notices] == [
        ("given_name", UNDRAWABLE)
    ]


def test_options_that_do_not_fit_are_told() -> None:
    page = compose(TEMPLATE, badge(chips=("Déjeuner",) * 9), ROLL)
    assert [notice.message for notice in page.notices] == [NO_ROOM]


def test_a_letter_missing_from_the_typeface_changes_the_whole_line_only() -> None:
    faces = {w.text: w.face for w in words_of(compose(TEMPLATE, badge(family="Nguyễn Thị"), ROLL))}
    assert faces["Nguyễn Thị"] == "Inter-Bold"
    assert faces["Zoé"] == BOLD
    assert faces["Sicoval"] == REGULAR


def test_a_straight_apostrophe_is_printed_curly() -> None:
    assert "Mairie d’Urrugne" in said(
        compose(TEMPLATE, badge(organisation="Mairie d'Urrugne"), ROLL)
    )


def test_nothing_stands_beside_the_code() -> None:
    page = compose(TEMPLATE, badge(), ROLL)
    code = next(stroke for stroke in page.strokes if isinstance(stroke, Squares))
    top, bottom = code.y - 4 * code.module, code.y + (len(code.rows) + 4) * code.module
    for words in words_of(page):
        assert words.y < top or words.y - words.size > bottom - words.size / 2


@pytest.mark.parametrize("stock", TEMPLATE.stocks, ids=lambda stock: stock.id)
def test_a_module_is_never_finer_than_a_worn_head_prints(stock: Stock) -> None:
    page = compose(TEMPLATE, badge(), stock)
    code = next(stroke for stroke in page.strokes if isinstance(stroke, Squares))
    assert code.module >= {180: 5, 203: 5, 300: 7}[stock.dpi]


def test_a_code_too_long_for_the_paper_is_refused() -> None:
    with pytest.raises(CodeDoesNotFit, match="200 digits"):
        compose(TEMPLATE, badge(code="7" * 200), ROLL)


def test_each_category_shows_its_place_in_the_row() -> None:
    rows = set()
    for position in range(10):
        page = compose(TEMPLATE, badge(position=position), ROLL)
        row = next(stroke for stroke in page.strokes if isinstance(stroke, Stamp))
        bars = [stroke for stroke in row.strokes if isinstance(stroke, Box)]
        thick = max(bars, key=lambda bar: bar.height)
        assert bars.index(thick) == position
        rows.add(thick.x)
    assert len(rows) == 10


def test_a_badge_without_a_category_has_no_band() -> None:
    page = compose(TEMPLATE, badge(category_word="", positions=0), ROLL)
    assert not [stroke for stroke in page.strokes if isinstance(stroke, Stamp)]


texts = st.text(max_size=80)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(texts, texts, texts, texts, st.sampled_from([*PATTERNS, "unheard-of"]))
def test_no_text_whatever_breaks_a_badge_or_leaves_the_paper(
    given_name: str, family_name: str, organisation: str, word: str, pattern: str
) -> None:
    data = badge(
        given_name, family_name, organisation=organisation, category_word=word, pattern=pattern
    )
    for words in words_of(compose(TEMPLATE, data, ROLL)):
        assert words.x >= 0
        assert 0 < words.y < ROLL.height


def test_every_field_of_a_notice_has_a_label() -> None:
    fields = {text.field for stack in TEMPLATE.stack for text in stack.text}
    assert fields | {"category_word", "chips"} == set(LABELS)


def test_a_name_in_one_part_leaves_no_hole() -> None:
    page = compose(TEMPLATE, replace(badge(), family_name="", function=""), ROLL)
    assert page.notices == ()
    assert "Zoé Sicoval" in said(page)


@pytest.mark.parametrize("organisation", ["Sicoval", ORGANISATIONS[0]])
@pytest.mark.parametrize("stock", TEMPLATE.stocks, ids=lambda stock: stock.id)
def test_names_stand_between_the_line_and_the_options(organisation: str, stock: Stock) -> None:
    page = compose(TEMPLATE, badge("Élisabeth", organisation=organisation), stock)
    start, height = TEMPLATE.stack[1].top_mm, TEMPLATE.stack[1].height_mm
    top, bottom = stock.down(start), stock.down(start + height)
    texts = [words.text for words in words_of(page)]
    names = words_of(page)[texts.index("Élisabeth") : texts.index("Agents")]
    assert top <= names[0].y - 0.74 * names[0].size + 1
    assert names[-1].y + 0.25 * names[-1].size <= bottom
    above = names[0].y - 0.74 * names[0].size - top
    below = bottom - names[-1].y - 0.36 * names[-1].size
    assert above == pytest.approx(below, abs=3)
