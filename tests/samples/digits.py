"""Writes public/samples/digits.zip from scikit-learn's copy of the UCI digits: `python digits.py > digits.zip`.

One 8-bit grey PNG an image in a folder of its label, nothing compressed, so that any zlib gives the same bytes.
"""

import io
import struct
import sys
import zipfile
import zlib

from sklearn.datasets import load_digits

DARKEST = 16
"""The original values count the inked pixels of 4 × 4 blocks: 0 to 16."""


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(image) -> bytes:
    """White ink on black, as large values are ink."""
    height, width = image.shape
    rows = b"".join(b"\0" + bytes(int(value) * 255 // DARKEST for value in row) for row in image)
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(rows), len(rows) ^ 0xFFFF) + rows + struct.pack(">I", zlib.adler32(rows))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")


def main() -> None:
    digits = load_digits()
    files = {f"{label}/{i:04}.png": png(image) for i, (image, label) in enumerate(zip(digits.images, digits.target))}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for name, data in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    if "--hex" in sys.argv:
        sys.stdout.write(archive.getvalue().hex())
    else:
        sys.stdout.buffer.write(archive.getvalue())


if __name__ == "__main__":
    main()
