"""Pictures of certificates, to compare what is drawn in one form with what another form says: the
PNG's pixels in grey, and the PDF drawn by poppler at the same size. Only what cairo writes is read."""

import subprocess
import tempfile
import zlib

BLOCK = 6  # pixels a side; smaller than a character, larger than the differences of two renderers


def grey_of_png(body):
    """Width, and rows of grey values, of an 8-bit RGB picture."""
    data, place, width = b"", 8, 0
    while place < len(body):
        length, kind = int.from_bytes(body[place:place + 4], "big"), body[place + 4:place + 8]
        chunk = body[place + 8:place + 8 + length]
        if kind == b"IHDR":
            width = int.from_bytes(chunk[:4], "big")
            assert chunk[8:10] == b"\x08\x02", "8 bits, RGB"
        data += chunk if kind == b"IDAT" else b""
        place += length + 12
    return width, [bytes((row[i] * 77 + row[i + 1] * 150 + row[i + 2] * 29) >> 8
                         for i in range(0, len(row), 3)) for row in rows_of(zlib.decompress(data), 3 * width)]


def rows_of(data, width):
    above = bytes(width)
    for start in range(0, len(data), width + 1):
        above = unfiltered(data[start], data[start + 1:start + 1 + width], above)
        yield above


def unfiltered(kind, line, above):
    if kind == 0:
        return line
    if kind == 2:
        return bytes(map(lambda a, b: (a + b) & 255, line, above))
    row = bytearray(b"\0\0\0" + line)
    up = b"\0\0\0" + above
    for i in range(3, len(row)):
        left, over, corner = row[i - 3], up[i], up[i - 3]
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + over) // 2
        else:
            to_left, to_over, to_corner = abs(over - corner), abs(left - corner), abs(left + over - 2 * corner)
            guess = left if to_left <= to_over and to_left <= to_corner else over if to_over <= to_corner else corner
        row[i] = (row[i] + guess) & 255
    return bytes(row[3:])


def grey_of_pdf(body, width):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(body)
        file.flush()
        done = subprocess.run(["pdftoppm", "-gray", "-singlefile", "-scale-to-x", str(width), "-scale-to-y", "-1",
                               file.name], capture_output=True, check=True)
    _, size, _, pixels = done.stdout.split(b"\n", 3)
    columns, height = map(int, size.split())
    return columns, [pixels[row * columns:(row + 1) * columns] for row in range(height)]


def ink(picture):
    """Mean darkness of every block."""
    width, rows = picture
    blocks = []
    for top in range(0, len(rows) - BLOCK, BLOCK):
        band = rows[top:top + BLOCK]
        blocks.append([255 - sum(sum(row[left:left + BLOCK]) for row in band) // BLOCK ** 2
                       for left in range(0, width - BLOCK, BLOCK)])
    return blocks



def differing_blocks(one, other):
    """How many blocks differ by more than two renderers of one drawing do."""
    return sum(abs(a - b) > 120 for left, right in zip(ink(one), ink(other)) for a, b in zip(left, right))
