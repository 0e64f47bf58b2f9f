"""Draws an EAN-13 as a camera would see it, to a Y4M film or a PNG, with nothing but numpy and zlib."""

import struct
import zlib

import numpy as np

LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")


def modules(code):
    """The 95 modules of an EAN-13, 1 for dark. Source: GS1 General Specifications, section 5.2.1."""
    right = [pattern.translate(str.maketrans("01", "10")) for pattern in LEFT]
    g = [pattern[::-1] for pattern in right]
    left = "".join(
        (LEFT if parity == "L" else g)[int(d)] for parity, d in zip(PARITY[int(code[0])], code[1:7], strict=True)
    )
    return np.array([int(m) for m in f"101{left}01010{''.join(right[int(d)] for d in code[7:])}101"], dtype=np.uint8)


def picture(code, *, width=640, height=480, module=4, tilt=0.06, shift=0, seed=0):
    """A grey picture of a white label on a dark shelf: tilted, unevenly lit, noisy. Shape ``(height, width)``, uint8."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    x, y = x - width / 2 - shift, y - height / 2
    across, down = x + tilt * y, y - tilt * x
    bars = modules(code)
    at = np.floor(across / module + len(bars) / 2).astype(int)
    label = (np.abs(across) < module * (len(bars) / 2 + 11)) & (np.abs(down) < height * 0.27)
    inside = (at >= 0) & (at < len(bars)) & (np.abs(down) < height * 0.22)
    dark = inside & (bars[np.clip(at, 0, len(bars) - 1)] == 1)
    grey = np.where(dark, 45.0, np.where(label, 215.0, 95.0)) * (1 - 0.18 * x / width)
    noise = np.random.default_rng(seed).normal(0, 6, grey.shape)
    return np.clip(grey + noise, 16, 235).astype(np.uint8)


def film(path, code, *, frames=12, **look):
    """Writes a short film of a hand that is not quite still, which Chromium plays as its camera, again and again."""
    with path.open("wb") as file:
        for i in range(frames):
            grey = picture(code, shift=3 * (i % 4), seed=i, **look)
            height, width = grey.shape
            if i == 0:
                file.write(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420\n" % (width, height))
            file.write(b"FRAME\n" + grey.tobytes() + b"\x80" * (width * height // 2))
    return path


def png(grey):
    """The bytes of a grey PNG."""

    def chunk(kind, block):
        return struct.pack(">I", len(block)) + kind + block + struct.pack(">I", zlib.crc32(kind + block))

    height, width = grey.shape
    rows = b"".join(b"\x00" + row.tobytes() for row in grey)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
