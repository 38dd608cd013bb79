"""A page becomes a PDF, and that PDF's dots: what is previewed is what is printed."""

import io
from collections.abc import Callable, Iterable
from itertools import groupby
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
    Stamp,
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
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # binary streams: a fifth smaller, and quicker
    canvas = Canvas(stream, pageCompression=1, invariant=1)
    count = 0
    brush = _Brush(canvas)
    for page in pages:
        canvas.setPageSize(_size_pt(page.stock))
        brush.draw(page)
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
            raster = sheet.render(scale=scale, grayscale=True)
            image: Image.Image = raster.to_pil().copy()
            raster.close()
            return image
        finally:
            document.close()


class _Brush:
    """Puts strokes on the canvas of one document, one unit a dot, from the top left."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.inset = 0.0  # dots
        self.stamps: dict[tuple[Stock, Stamp], str] = {}
        self.pens: dict[type[Stroke], Callable[[Any], None]] = {
            Words: self.words,
            Box: self.box,
            Polygon: self.polygon,
            Disc: self.disc,
            Squares: self.squares,
        }

    def draw(self, page: Page) -> None:
        stamps = [stroke for stroke in page.strokes if isinstance(stroke, Stamp)]
        for stamp in stamps:  # before the page begins: a form is a stream of its own
            self.make(page.stock, stamp)
        self.turn(page.stock)
        for stroke in page.strokes:
            if isinstance(stroke, Stamp):
                self.canvas.doForm(self.stamps[page.stock, stroke])
            else:
                self.pens[type(stroke)](stroke)

    def turn(self, stock: Stock) -> None:
        dot = PT_PER_INCH / stock.dpi
        self.canvas.transform(dot, 0, 0, -dot, 0, stock.height * dot)
        self.inset = INSET_MM * stock.dpi / MM_PER_INCH

    def make(self, stock: Stock, stamp: Stamp) -> None:
        if (stock, stamp) in self.stamps:
            return
        name = self.stamps[stock, stamp] = f"stamp{len(self.stamps)}"
        self.canvas.beginForm(name, 0, 0, stock.width, stock.height)
        for stroke in stamp.strokes:
            self.pens[type(stroke)](stroke)
        self.canvas.endForm()

    def words(self, words: Words) -> None:
        self.canvas.setFillGray(1 if words.white else 0)
        text = self.canvas.beginText()
        text.setTextTransform(1, 0, 0, -1, words.x, words.y)
        text.setFont(load(words.face), words.size)
        text.textOut(words.text)
        self.canvas.drawText(text)

    def box(self, box: Box) -> None:
        if box.radius:
            self.canvas.setFillGray(1 if box.white else 0)
            radius = min(box.radius, box.width / 2, box.height / 2)
            self.canvas.roundRect(box.x, box.y, box.width, box.height, radius, stroke=0, fill=1)
            return
        place = f"{box.x:.2f} {box.y:.2f} {box.width:.2f} {box.height:.2f}"
        self.canvas.addLiteral(f"{int(box.white)} g {place} re f")

    def polygon(self, polygon: Polygon) -> None:
        corners = [f"{x:.2f} {y:.2f}" for x, y in polygon.corners]
        self.canvas.addLiteral(f"0 g {corners[0]} m {' l '.join(corners[1:])} l f")

    def disc(self, disc: Disc) -> None:
        """Draw the end of a round pen: a tenth of the bytes of four curves."""
        place = f"{disc.x:.2f} {disc.y:.2f} m {disc.x + 0.01:.2f} {disc.y:.2f} l"
        self.canvas.addLiteral(f"0 G 1 J {2 * disc.radius:.2f} w {place} S")

    def squares(self, squares: Squares) -> None:
        """Write the rectangles themselves, one unit a module: hundreds on every badge."""
        thin = self.inset / squares.module
        high = f"{1 - 2 * thin:.3f}"
        boxes = (
            f"{start + thin:.3f} {row + thin:.3f} {length - 2 * thin:.3f} {high} re"
            for row, modules in enumerate(squares.rows)
            for start, length in _runs(modules)
        )
        self.canvas.saveState()
        self.canvas.setFillGray(0)
        self.canvas.transform(squares.module, 0, 0, squares.module, squares.x, squares.y)
        self.canvas.addLiteral("\n".join(boxes) + "\nf")
        self.canvas.restoreState()


def _runs(modules: tuple[bool, ...]) -> Iterable[tuple[int, int]]:
    """Yield where each run of black modules starts, and how long it is."""
    at = 0
    for black, run in groupby(modules):
        length = len(list(run))
        if black:
            yield at, length
        at += length
