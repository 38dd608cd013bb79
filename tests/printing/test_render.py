import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from printing.badge import compose
from printing.drivers.escpos import escpos_bytes
from printing.page import Bitmap, Page, Polygon, Squares, Stock
from printing.render import bitmap_of, image_of, pdf_of, png_of, write_pdf
from printing.template_file import default_template
from tests.printing.paper import printed
from tests.printing.people import CODE, badge

TEMPLATE = default_template()


def page_on(stock: Stock) -> Page:
    return compose(TEMPLATE, badge(), stock)


def read_qr(image: Image.Image) -> str:
    grey = image.convert("L")
    framed = Image.new("L", (grey.width + 40, grey.height + 40), 255)
    framed.paste(grey, (20, 20))
    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(framed, formats=only)
    return found[0].text if found else ""


@pytest.fixture(params=TEMPLATE.stocks, ids=lambda stock: stock.id)
def stock(request: pytest.FixtureRequest) -> Stock:
    chosen: Stock = request.param
    return chosen


def test_a_bitmap_has_exactly_the_dots_of_its_stock(stock: Stock) -> None:
    bitmap = bitmap_of(page_on(stock))
    assert (bitmap.width, bitmap.height) == (stock.width, stock.height)
    assert len(bitmap.rows) == bitmap.stride * stock.height


def test_no_dot_of_the_code_is_wrong(stock: Stock) -> None:
    page = page_on(stock)
    bitmap = bitmap_of(page)
    assert [wrong for squares in codes(page) for wrong in wrong_dots(squares, bitmap)] == []


def codes(page: Page) -> list[Squares]:
    return [stroke for stroke in page.strokes if isinstance(stroke, Squares)]


def wrong_dots(code: Squares, bitmap: Bitmap) -> list[tuple[int, int]]:
    quiet, side = 4 * code.module, len(code.rows) * code.module
    return [
        (x, y)
        for y in range(-quiet, side + quiet)
        for x in range(-quiet, side + quiet)
        if bitmap.black(code.x + x, code.y + y) != expected(code, x, y, side)
    ]


def expected(code: Squares, x: int, y: int, side: int) -> bool:
    inside = 0 <= x < side and 0 <= y < side
    return inside and code.rows[y // code.module][x // code.module]


def test_the_code_reads_back_from_the_preview(stock: Stock) -> None:
    preview = Image.open(io.BytesIO(png_of(bitmap_of(page_on(stock)))))
    assert read_qr(preview) == CODE


def test_the_code_reads_back_from_the_printed_paper(tmp_path: Path) -> None:
    bitmap = bitmap_of(page_on(TEMPLATE.stocks[0]))
    paper = printed(escpos_bytes(bitmap, cut=True, cache_folder=tmp_path))
    again = Bitmap(bitmap.width, len(paper.rows), bitmap.dpi, b"".join(paper.rows))
    assert read_qr(image_of(again)) == CODE


def test_the_code_reads_back_from_the_pdf(stock: Stock, tmp_path: Path) -> None:
    assert read_qr(rasterised(pdf_of([page_on(stock)]), tmp_path)) == CODE


def rasterised(pdf: bytes, folder: Path) -> Image.Image:
    """Draw the first page at 300 dpi with poppler, or with pdfium where poppler is absent."""
    poppler = shutil.which("pdftoppm")
    if poppler is None:
        image: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil()
        return image
    command = [poppler, "-r", "300", "-png", "-singlefile", "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True)
    return Image.open(folder / "page.png")


def test_a_pdf_page_is_as_large_as_the_paper(stock: Stock) -> None:
    width, height = pypdfium2.PdfDocument(pdf_of([page_on(stock)]))[0].get_size()
    assert width == pytest.approx(stock.width * 72 / stock.dpi, abs=0.01)
    assert height == pytest.approx(stock.height * 72 / stock.dpi, abs=0.01)


def test_the_name_can_be_copied_from_the_pdf() -> None:
    document = pypdfium2.PdfDocument(pdf_of([page_on(TEMPLATE.stocks[0])]))
    text = document[0].get_textpage().get_text_bounded()
    assert "Zoé" in text
    assert "Œuvre" in text
    document.close()


def test_each_face_is_embedded_once_however_many_badges() -> None:
    pages = [compose(TEMPLATE, badge(family=f"Durand {n}"), TEMPLATE.stocks[0]) for n in range(30)]
    pdf = pdf_of(pages)
    assert pdf.count(b"/FontFile2") == 2
    assert len(pdf) - len(pdf_of(pages[:10])) < 20 * 2000


def test_pages_are_taken_one_at_a_time() -> None:
    page = page_on(TEMPLATE.stocks[0])
    taken: list[int] = []

    def pages(upto: int) -> Iterator[Page]:
        for n in range(upto):
            taken.append(n)
            yield page

    assert write_pdf(io.BytesIO(), pages(3)) == 3
    assert taken == [0, 1, 2]


def test_the_same_badge_gives_the_same_bytes() -> None:
    stock = TEMPLATE.stocks[0]
    assert pdf_of([page_on(stock)]) == pdf_of([page_on(stock)])


def test_a_png_knows_its_true_size() -> None:
    image = Image.open(io.BytesIO(png_of(bitmap_of(page_on(TEMPLATE.stocks[0])))))
    assert image.mode == "1"
    assert [round(dpi) for dpi in image.info["dpi"]] == [203, 203]


@pytest.mark.parametrize(("covered", "last"), [(0.5, 10), (0.4, 9)])
def test_a_dot_is_black_from_45_percent_of_ink(covered: float, last: int) -> None:
    small = Stock(id="small", name="a few dots", width=16, height=8, dpi=203)
    edge = 10 + covered
    slanted = Polygon(((0, 0), (edge, 0), (edge, 8), (0, 7)))  # a rectangle would be rounded out
    bitmap = bitmap_of(Page(small, (slanted,)))
    assert [x for x in range(16) if bitmap.black(x, 4)] == list(range(last + 1))
