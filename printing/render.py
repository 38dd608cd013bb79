"""A page becomes a PDF, and that PDF's dots: what is previewed is what is printed."""

import io
from collections.abc import Callable, Iterable
from threading import Lock
from typing import IO, Any, Final

from PIL import Image

from printing.fonts import load
from printing.page import (
    MM_PER_INCH,
    PT_PER_INCH,
    Bitmap,
    Box,
    Disc,
    Page,
    Polygon,
    Squares,
    Stock,
    Stroke,
    Words,
)

THRESHOLD: Final = 140
"""Grey levels below it (of 255) are black."""

INSET_MM: Final = 0.01
"""Taken off every module's edge, so that it never touches the next dot."""

_pdfium: Final = Lock()  # the library serves one thread at a time


def pdf_of(pages: Iterable[Page]) -> bytes:
    """Return one PDF with a page a badge; each face is embedded once."""
    stream = io.BytesIO()
    write_pdf(stream, pages)
    return stream.getvalue()


def write_pdf(stream: IO[bytes], pages: Iterable[Page]) -> int:
    """Write one PDF, taking pages one at a time; returns how many there were."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(stream, pageCompression=1, invariant=1, initialFontName="Helvetica")
    count = 0
    for page in pages:
        canvas.setPageSize(_size_pt(page.stock))
        _draw(canvas, page)
        canvas.showPage()
        count += 1
    canvas.save()
    return count


def bitmap_of(page: Page) -> Bitmap:
    """Return the page's dots, exactly as many as its stock has."""
    image = _grey(page).point(_INK, mode="1")
    return Bitmap(page.stock.width, page.stock.height, page.stock.dpi, image.tobytes())


def image_of(bitmap: Bitmap) -> Image.Image:
    """Return the dots as a mode-1 image, black on white."""
    return Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.rows, "raw", "1;I")


def png_of(bitmap: Bitmap) -> bytes:
    """Return the dots as a PNG that knows its true size."""
    stream = io.BytesIO()
    image_of(bitmap).save(stream, "PNG", dpi=(bitmap.dpi, bitmap.dpi), optimize=False)
    return stream.getvalue()


_INK: Final = tuple(255 if grey < THRESHOLD else 0 for grey in range(256))


def _size_pt(stock: Stock) -> tuple[float, float]:
    return (stock.width * PT_PER_INCH / stock.dpi, stock.height * PT_PER_INCH / stock.dpi)


def _grey(page: Page) -> Image.Image:
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf_of([page]))
        try:
            sheet = document[0]
            # the library rounds its size up: stay a hair below the last dot
            scale = (page.stock.width - 0.01) / sheet.get_width()
            image: Image.Image = sheet.render(scale=scale, grayscale=True).to_pil()
            return image.copy()
        finally:
            document.close()


def _draw(canvas: Any, page: Page) -> None:
    """Put the strokes on a canvas turned so that one unit is one dot, from the top left."""
    dot = PT_PER_INCH / page.stock.dpi
    canvas.scale(dot, -dot)
    canvas.translate(0, -page.stock.height)
    inset = INSET_MM * page.stock.dpi / MM_PER_INCH
    for stroke in page.strokes:
        _PENS[type(stroke)](canvas, stroke, inset)


def _words(canvas: Any, words: Words, inset: float) -> None:
    canvas.setFillGray(1 if words.white else 0)
    text = canvas.beginText()
    text.setTextTransform(1, 0, 0, -1, words.x, words.y)
    text.setFont(load(words.face), words.size)
    text.textOut(words.text)
    canvas.drawText(text)


def _box(canvas: Any, box: Box, inset: float) -> None:
    canvas.setFillGray(1 if box.white else 0)
    place = (box.x, box.y, box.width, box.height)
    if box.radius:
        canvas.roundRect(*place, min(box.radius, box.width / 2, box.height / 2), stroke=0, fill=1)
    else:
        canvas.rect(*place, stroke=0, fill=1)


def _polygon(canvas: Any, polygon: Polygon, inset: float) -> None:
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for i, corner in enumerate(polygon.corners):
        (path.lineTo if i else path.moveTo)(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _disc(canvas: Any, disc: Disc, inset: float) -> None:
    canvas.setFillGray(0)
    canvas.circle(disc.x, disc.y, disc.radius, stroke=0, fill=1)


def _squares(canvas: Any, squares: Squares, inset: float) -> None:
    canvas.setFillGray(0)
    path = canvas.beginPath()
    module = squares.module
    for row, modules in enumerate(squares.rows):
        for start, length in _runs(modules):
            path.rect(
                squares.x + start * module + inset,
                squares.y + row * module + inset,
                length * module - 2 * inset,
                module - 2 * inset,
            )
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(modules: tuple[bool, ...]) -> Iterable[tuple[int, int]]:
    """Yield where each row of black modules starts, and how long it is."""
    start = None
    for i, black in enumerate((*modules, False)):
        if black and start is None:
            start = i
        elif not black and start is not None:
            yield start, i - start
            start = None


_PENS: Final[dict[type[Stroke], Callable[[Any, Any, float], None]]] = {
    Words: _words,
    Box: _box,
    Polygon: _polygon,
    Disc: _disc,
    Squares: _squares,
}
