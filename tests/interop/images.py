"""Images for images.test.ts, written by Pillow: a zip of them on stdout, or with `--sizes` what Pillow reads of one on stdin."""

import io
import json
import sys
import zipfile

import numpy as np
from PIL import Image

SIZES = [(1, 1), (7, 5), (16, 16), (33, 64), (130, 257)]


def encoded(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def variants(width: int, height: int, random: np.random.Generator) -> dict[str, bytes]:
    colour = Image.fromarray(random.integers(0, 256, (height, width, 3), dtype=np.uint8))
    clear = colour.convert("RGBA")
    grey = colour.convert("L")
    exif = Image.Exif()
    exif[0x0112] = 6
    frames = [colour, colour.rotate(180)]
    return {
        "rgb.png": encoded(colour, "PNG"),
        "palette.png": encoded(colour.convert("P"), "PNG", optimize=True),
        "grey-16.png": encoded(grey.convert("I;16"), "PNG"),
        "animated.png": encoded(colour, "PNG", save_all=True, append_images=frames[1:]),
        "plain.jpg": encoded(colour, "JPEG"),
        "grey.jpg": encoded(grey, "JPEG", quality=20),
        "progressive.jpg": encoded(colour, "JPEG", progressive=True, quality=95),
        "restarts.jpg": encoded(colour, "JPEG", restart_marker_rows=1),
        "turned.jpg": encoded(colour, "JPEG", exif=exif, comment=b"\xff\xd9 not the end"),
        "plain.gif": encoded(colour, "GIF"),
        "animated.gif": encoded(colour, "GIF", save_all=True, append_images=frames[1:], comment=b"a;b!,c"),
        "lossy.webp": encoded(colour, "WEBP", quality=60),
        "lossless.webp": encoded(clear, "WEBP", lossless=True),
        "extended.webp": encoded(clear, "WEBP", exif=exif.tobytes()),
        "animated.webp": encoded(colour, "WEBP", save_all=True, append_images=frames[1:]),
        "rgb.bmp": encoded(colour, "BMP"),
        "clear.bmp": encoded(clear, "BMP"),
        "palette.bmp": encoded(colour.convert("P"), "BMP"),
        "bits.bmp": encoded(grey.convert("1"), "BMP"),
    }


def write() -> None:
    random = np.random.default_rng(1)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for width, height in SIZES:
            for name, data in variants(width, height, random).items():
                packed.writestr(f"{width}x{height}/{name}", data)
    sys.stdout.write(archive.getvalue().hex())


def sizes() -> None:
    found = {}
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(sys.stdin.read()))) as packed:
        for name in packed.namelist():
            with Image.open(io.BytesIO(packed.read(name))) as image:
                found[name] = image.size
                image.load()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    sizes() if "--sizes" in sys.argv else write()
