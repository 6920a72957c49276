"""What a reply says: every text and every amount in its bytes, whatever they are wrapped in.

Texts (ids, names, certificate numbers, link ids) are searched as they stand, JSON escapes undone and
streams of a PDF inflated. Amounts are compared as whole numbers of the reply, as yuan, as fen and in
Chinese capitals, so that 12.34 is not found inside 912.345."""

import json
import re
import subprocess
import urllib.parse
import zlib

# Yuan anywhere; whole numbers (fen) not within hashes and ids.
NUMBER = re.compile(r"\d(?:[\d,]*\d)?\.\d+|(?<![\w.-])\d(?:[\d,]*\d)?(?![\w.])", re.ASCII)
DIGITS = "零壹贰叁肆伍陆柒捌玖"
CAPITALS = re.compile(f"[{DIGITS}仟佰拾]+元[{DIGITS}]角[{DIGITS}]分")


def in_capitals(amount):
    """123.45 as 壹佰贰拾叁元肆角伍分; below 10,000 and with both decimals, as the tests use them."""
    yuan, fen = amount.split(".")
    out, gap = "", False
    for digit, unit in zip(yuan.rjust(4, "0"), ("仟", "佰", "拾", "")):
        if digit == "0":
            gap = bool(out)
            continue
        out += ("零" if gap else "") + DIGITS[int(digit)] + unit
        gap = False
    return out + "元" + DIGITS[int(fen[0])] + "角" + DIGITS[int(fen[1])] + "分"


def forms_of_amount(amount):
    """Of "123.40": as it is, without trailing zeros, in fen (from 100 yuan, where no other number
    of a small test is as large)."""
    forms = {amount, amount.rstrip("0").rstrip(".")}
    if re.fullmatch(r"[1-9]\d{1,3}\.[1-9][1-9]", amount):
        forms.add(in_capitals(amount))
    if len(amount) >= 6:
        forms.add(amount.replace(".", "").lstrip("0"))
    return forms


class Banned:
    """What somebody may not read."""

    def __init__(self, texts, amounts):
        self.texts = {text.encode(): text for text in texts}
        self.numbers = {form: amount for amount in amounts for form in forms_of_amount(amount)}

    def found_in(self, raw):
        """The banned things a whole reply (head and body) says."""
        found = set()
        for text in layers(raw):
            found |= {plain for form, plain in self.texts.items() if form in text}
        numbers = numbers_of_pdf(raw) if is_drawing(raw) else numbers_in(raw)
        found |= {self.numbers[number] for number in numbers if number in self.numbers}
        return found


def head_and_body(raw):
    head, _, body = raw.partition(b"\r\n\r\n")
    return head, body


# Their numbers are places on the sheet; what a PDF says in words is searched for amounts too.
def is_drawing(raw):
    body = head_and_body(raw)[1]
    return body[:4] in (b"%PDF", b"\x89PNG") or b"<svg " in body[:200]


def numbers_in(raw):
    head, body = head_and_body(raw)
    head = re.sub(rb"(?i)content-length: *\d+|date: *[^\r]*", b"", head)
    text = (head + b"\n" + body).decode("utf-8", "replace") + "\n" + unescaped(body)
    return {number.replace(",", "") for number in NUMBER.findall(text)} | set(CAPITALS.findall(text))


def numbers_of_pdf(raw):
    body = head_and_body(raw)[1]
    return numbers_in(b"\r\n\r\n" + words_of_pdf(body)) if body.startswith(b"%PDF") else set()


def layers(raw):
    """The bytes, and the bytes within them."""
    yield raw
    _, body = head_and_body(raw)
    if body.startswith(b"%PDF"):
        yield words_of_pdf(body)
        yield from inflated_streams(body)
    elif body and not is_drawing(raw):
        yield unescaped(body).encode()
        yield urllib.parse.unquote_to_bytes(body)


def unescaped(body):
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return ""


def words_of_pdf(body):
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=body, capture_output=True)
    if done.returncode != 0:
        raise AssertionError(f"pdftotext: {done.stderr!r}")
    return done.stdout


def inflated_streams(body):
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", body, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(stream)
        except zlib.error:
            pass  # not deflated: seen among the raw bytes
