import pytest
import zxingcpp
from PIL import Image

from printing.errors import CodeDoesNotFit
from printing.qr import Qr, qr_of, smallest_module


def read(code: Qr) -> zxingcpp.Barcode:
    side = code.modules
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(code.rows):
        for x, black in enumerate(row):
            if black:
                image.putpixel((x + 4, y + 4), 0)
    return zxingcpp.read_barcodes(image.resize((side * 6, side * 6), Image.Resampling.NEAREST))[0]


@pytest.mark.parametrize(
    ("digits", "side", "level"),
    [(17, 21, "H"), (27, 21, "Q"), (28, 21, "M"), (34, 21, "M"), (35, 25, "Q"), (174, 37, "M")],
)
def test_the_strongest_level_that_keeps_the_size_is_taken(
    digits: int, side: int, level: str
) -> None:
    text = "1234567890" * 18
    code = qr_of(text[:digits])
    assert len(code.rows) == side
    found = read(code)
    assert found.text == text[:digits]
    assert found.ec_level == level


@pytest.mark.parametrize(("dpi", "dots"), [(180, 5), (203, 5), (300, 7), (600, 14)])
def test_modules_keep_their_size_in_millimetres(dpi: int, dots: int) -> None:
    assert smallest_module(dpi) == dots


def test_more_digits_than_any_code_holds_are_refused() -> None:
    with pytest.raises(CodeDoesNotFit, match="9000 digits"):
        qr_of("1" * 9000)
