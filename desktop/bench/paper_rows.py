"""Badges to bytes and to paper."""

import io
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from db.desk.desk import Desk
from desktop.bench.rows import Row, median, millis
from printing.attendee import badge_data
from printing.badge import compose
from printing.drivers.escpos import escpos_bytes
from printing.page import Page
from printing.render import bitmap_of, write_pdf
from printing.template_file import default_template

BATCH: Final = 500
SINGLE: Final = 60


def paper_rows(desk: Desk) -> list[Row]:
    """Measure one badge to printer bytes, and five hundred in one PDF."""
    pages = _pages(desk, max(BATCH, SINGLE))
    stock = pages[0].stock
    blank = Page(stock, (), ())
    with tempfile.TemporaryDirectory() as cache:
        folder = Path(cache)
        single = [millis(partial(_bytes, page, folder)) for page in pages[:SINGLE]]
        bare = [millis(lambda: bitmap_of(blank)) for _ in range(SINGLE)]
    stream = io.BytesIO()
    batch = millis(lambda: write_pdf(stream, iter(_pages(desk, BATCH)))) / 1000
    bare_batch = millis(lambda: _bare_pdf(stock.width, stock.height, BATCH)) / 1000
    size = f"{len(stream.getvalue()) / BATCH / 1000:.2g} kB a badge"
    return [
        Row(
            "badge.bytes", SINGLE, median(single[5:]), "ms", median(bare[5:]),
            "an empty page to dots", "≤ 30 ms",
        ),
        Row(
            "pdf.500", BATCH, batch, "s", bare_batch,
            "500 bare reportlab pages of one line", "≤ 3 s", size,
        ),
    ]  # fmt: skip


def _pages(desk: Desk, count: int) -> list[Page]:
    template = default_template()
    people = [p for pk in range(1, count + 1) if (p := desk.store.roster.at(pk)) is not None]
    return [
        compose(
            template,
            badge_data(person, desk.event, desk.people.badge_code(person.id)),
            template.stocks[0],
        )
        for person in people
    ]


def _bytes(page: Page, cache: Path) -> bytes:
    return escpos_bytes(bitmap_of(page), cut=True, cache_folder=cache)


def _bare_pdf(width: int, height: int, count: int) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(io.BytesIO(), pagesize=(width, height))
    for number in range(count):
        canvas.drawString(20, 20, f"Badge {number}")
        canvas.showPage()
    canvas.save()
