"""Images for image-pixels.test.ts and what Pillow makes of their pixels, as JSON on stdout: of each file its bytes, and
the pixels laid on white, in colour and in grey, as they are and brought to several sizes."""

import io
import json
import struct
import sys
import zlib

import numpy as np
from PIL import Image, ImageOps

SIZES = [(1, 1), (7, 5), (16, 16), (33, 64), (130, 97)]
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(samples, depth, colour, interlaced, random, extra=b""):
    """A PNG of [height, width, samples] written by hand, each line with a filter drawn at random."""
    height, width, channels = samples.shape
    raw = b""
    for left, top, across, down in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = samples[top::down, left::across]
        if part.size:
            raw += filtered(part, depth, max(1, channels * depth // 8), random)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND")


def filtered(part, depth, step, random):
    lines = part.reshape(part.shape[0], -1)
    if depth == 16:
        lines = lines.astype(">u2").view(np.uint8)
    elif depth < 8:
        bits = np.unpackbits(lines.astype(np.uint8)[..., None], axis=2)[..., 8 - depth :]
        lines = np.packbits(bits.reshape(lines.shape[0], -1), axis=1)
    lines = lines.astype(np.int64)
    above, out = np.zeros_like(lines[0]), b""
    for line in lines:
        left = np.concatenate([np.zeros(step, int), line])[: len(line)]
        corner = np.concatenate([np.zeros(step, int), above])[: len(line)]
        guess = left + above - corner
        distances = np.abs(np.stack([guess - left, guess - above, guess - corner]))
        paeth = np.choose(distances.argmin(axis=0), [left, above, corner])
        kind = int(random.integers(0, 5))
        taken = [0 * line, left, above, (left + above) // 2, paeth][kind]
        out += bytes([kind]) + ((line - taken) % 256).astype(np.uint8).tobytes()
        above = line
    return out


def bmp(width, height, bits, packing, masks, data, palette=b"", header=40):
    info = struct.pack("<IiiHHIIiiII", header, width, height, 1, bits, packing, len(data), 0, 0, 0, 0)
    rest = masks + b"\0" * max(0, header - 40 - len(masks)) + palette
    return b"BM" + struct.pack("<IHHI", 54 + len(rest) + len(data), 0, 0, 54 + len(rest)) + info + rest + data


def by_hand(width, height, random):
    def drawn(depth, channels):
        return random.integers(0, 2**depth, (height, width, channels))

    files = {}
    for interlaced in [False, True]:
        of = "interlaced" if interlaced else "plain"
        for colour, channels, depths in [(0, 1, [1, 2, 4, 8, 16]), (2, 3, [8, 16]), (4, 2, [8]), (6, 4, [8])]:
            for depth in depths:
                files[f"{of}-{colour}-{depth}.png"] = png(drawn(depth, channels), depth, colour, interlaced, random)
        palette = chunk(b"PLTE", random.bytes(48)) + chunk(b"tRNS", random.bytes(9))
        files[f"{of}-palette-4.png"] = png(drawn(4, 1), 4, 3, interlaced, random, palette)
        clear = chunk(b"tRNS", struct.pack(">H", 5))
        # Of fewer bits Pillow compares the stretched value with the one of the file, and finds nothing transparent.
        files[f"{of}-clear-grey.png"] = png(drawn(3, 1), 8, 0, interlaced, random, clear)
        one = drawn(8, 3)
        clear = chunk(b"tRNS", struct.pack(">HHH", *[int(value) for value in one[0, 0]]))
        files[f"{of}-clear-colour.png"] = png(one, 8, 2, interlaced, random, clear)
    pixels = random.bytes((width * 16 + 31) // 32 * 4 * height)
    files["555.bmp"] = bmp(width, height, 16, 0, b"", pixels)
    files["565.bmp"] = bmp(width, height, 16, 3, struct.pack("<III", 0xF800, 0x7E0, 0x1F), pixels)
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    files["masked.bmp"] = bmp(width, height, 32, 3, masks, random.bytes(4 * width * height), header=108)
    files["top-down.bmp"] = bmp(width, -height, 32, 0, b"", random.bytes(4 * width * height))
    pixels = random.bytes((width * 4 + 31) // 32 * 4 * height)
    files["4-bits.bmp"] = bmp(width, height, 4, 0, b"", pixels, random.bytes(64))
    return files


def by_pillow(width, height, random):
    colour = Image.fromarray(random.integers(0, 256, (height, width, 3), dtype=np.uint8))
    smooth = Image.fromarray(random.integers(0, 256, (4, 4, 3), dtype=np.uint8)).resize((width, height))
    clear = Image.fromarray(random.integers(0, 256, (height, width, 4), dtype=np.uint8))
    grey = colour.convert("L")
    files = {
        "rgba.png": encoded(clear, "PNG"),
        "palette.png": encoded(colour.convert("P"), "PNG"),
        "animated.png": encoded(colour, "PNG", save_all=True, append_images=[smooth]),
        "noise.jpg": encoded(colour, "JPEG", quality=30),
        "smooth.jpg": encoded(smooth, "JPEG"),
        "full.jpg": encoded(smooth, "JPEG", subsampling=0, quality=95),
        "half.jpg": encoded(colour, "JPEG", subsampling=1),
        "grey.jpg": encoded(grey, "JPEG"),
        "progressive.jpg": encoded(smooth, "JPEG", progressive=True),
        "restarts.jpg": encoded(colour, "JPEG", restart_marker_rows=1),
        "plain.gif": encoded(colour, "GIF"),
        "interlaced.gif": encoded(grey, "GIF", interlace=1),
        "flat.gif": encoded(grey, "GIF", interlace=0),
        "clear.gif": encoded(grey.convert("P"), "GIF", transparency=int(np.asarray(grey)[0, 0])),
        "animated.gif": encoded(colour, "GIF", save_all=True, append_images=[smooth]),
        "lossy.webp": encoded(colour, "WEBP", quality=60),
        "smooth.webp": encoded(smooth, "WEBP"),
        "lossless.webp": encoded(clear, "WEBP", lossless=True, exact=True),
        "clear.webp": encoded(clear, "WEBP", quality=80),
        "rgb.bmp": encoded(colour, "BMP"),
        "clear.bmp": encoded(clear, "BMP"),
        "grey.bmp": encoded(grey, "BMP"),
        "palette.bmp": encoded(colour.convert("P"), "BMP"),
        "bits.bmp": encoded(grey.convert("1"), "BMP"),
    }
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        files[f"turned-{orientation}.jpg"] = encoded(smooth, "JPEG", exif=exif)
    return files


def on_white(data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(np.uint16) >> 8).astype(np.uint8))
    clear = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white.convert("RGB")


def brought_to(image, fit, size):
    if fit == "crop":
        return ImageOps.fit(image, size, Image.Resampling.BILINEAR)
    if fit == "pad":
        return ImageOps.pad(image, size, Image.Resampling.BILINEAR)
    return image.resize(size, Image.Resampling.BILINEAR)


def main():
    random = np.random.default_rng(7)
    found = []
    for width, height in SIZES:
        files = {**by_pillow(width, height, random), **by_hand(width, height, random)}
        for name, data in files.items():
            image = on_white(data)
            cases = [("stretch", image.size, 3), ("stretch", image.size, 1)]
            if name in ("rgba.png", "rgb.bmp"):
                wanted = [(8, 8), (28, 20), (1, 1), (64, 200), (31, 7)]
                cases += [(fit, size, 1 if fit == "pad" else 3) for fit in ("stretch", "pad", "crop") for size in wanted]
            results = []
            for fit, size, channels in cases:
                made = brought_to(image.convert("L") if channels == 1 else image, fit, size)
                results.append({"fit": fit, "width": size[0], "height": size[1], "channels": channels, "pixels": made.tobytes().hex()})
            found.append({"name": f"{width}x{height}/{name}", "bytes": data.hex(), "results": results})
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
