"""What hostile or broken senders put on the wire: each row says how a strict server must take it.

Every variant carries an outer sale, whose body is JSON, and after or inside it a smuggled one, which some wrong
reading takes for a request of its own. Built from tables: spellings times places.
"""

import dataclasses
import json

from messages import CHILD, sale

# What becomes of the outer sale, and whether the connection goes on.
REFUSE, DECLINE, SERVE, LAST = "refuse", "decline", "serve", "last"
SMUGGLED_PATH = "/fsi/api/smuggled"  # fronts are told to let nobody through to it


@dataclasses.dataclass
class Variant:
    name: str
    verdict: str
    data: bytes
    outer: str  # message ids
    smuggled: str


def post(path, message, fields=b""):
    body = json.dumps(message).encode()
    return b"POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: %d\r\n\r\n" % (path.encode(), fields, len(body)) + body


class Bench:
    """The parts of one variant: an outer body and a smuggled request, with message ids of their own."""

    line = b"POST /fsi/api HTTP/1.1\r\n"
    host = b"Host: a\r\n"

    def __init__(self):
        outer, smuggled = sale(CHILD, "0.01"), sale(CHILD, "0.02")
        self.outer, self.smuggled = outer["msgid"], smuggled["msgid"]
        self.body = json.dumps(outer).encode()
        self.length = b"%d" % len(self.body)
        self.hidden = post(SMUGGLED_PATH, smuggled)

    def chunks(self, data=None):
        data = self.body if data is None else data
        return b"%x\r\n" % len(data) + data + b"\r\n0\r\n\r\n"

    def request(self, fields, rest=b"", line=None, host=None):
        return (self.line if line is None else line) + (self.host if host is None else host) + fields + b"\r\n" + rest


def variants():
    rows = []

    def add(verdict, name, build):
        bench = Bench()
        rows.append(Variant(name, verdict, build(bench), bench.outer, bench.smuggled))

    for table in (transfer_encodings, both_lengths, content_lengths, field_names, lines, control_bytes, request_lines,
                  hosts, chunk_rows, sizes, clear_rows):
        table(add)
    return rows


CHUNKED_SPELLINGS = [  # value as it stands after the colon, and whether it is a plain "chunked"
    (b" chunked", True), (b"chunked", True), (b" Chunked", True), (b" CHUNKED", True), (b"\tchunked", True),
    (b" chunked ", True), (b" chunked\t", True), (b"  chunked", True),
    (b" xchunked", False), (b" chunkedx", False), (b" chunke", False), (b" chunked;q=1", False),
    (b" chunked;", False), (b" chunked; q=0.5", False), (b" chunked,", False), (b" ,chunked", False),
    (b" chunked, chunked", False), (b" chunked, identity", False), (b" identity, chunked", False),
    (b" gzip, chunked", False), (b" chunked, gzip", False), (b" gzip", False), (b" identity", False),
    (b" deflate", False), (b" compress", False), (b"", False), (b" ", False), (b" ,", False), (b" cow", False),
    (b' "chunked"', False), (b" 'chunked'", False), (b" chun ked", False), (b" chunked chunked", False),
    (b" chunked\x0b", False), (b" \x0bchunked", False), (b" \x0cchunked", False), (b" \x00chunked", False),
    (b" chunked\x00", False), (b" \xa0chunked", False), (b" chunked\xff", False), (b" [chunked]", False),
    (b" chunked=1", False), (b" chunked/1", False), (b" trailers", False), (b" chunked\r", False),
    (b"\r\n chunked", False), (b" chun\r\n ked", False), (b" \xe2\x80\x8bchunked", False),
]


def transfer_encodings(add):
    for value, plain in CHUNKED_SPELLINGS:
        field = b"Transfer-Encoding:%s\r\n" % value
        shown = f"TE{value!r}"
        add(SERVE if plain else REFUSE, f"{shown} alone", lambda b, f=field: b.request(f, b.chunks()))
        # Who takes it for no encoding finds the smuggled request where the body would be.
        add(DECLINE if plain else REFUSE, f"{shown}, a request inside the chunk",
            lambda b, f=field: b.request(f, b.chunks(b.hidden)))


def both_lengths(add):
    """Content-Length and Transfer-Encoding together, whatever their spelling and order."""
    for value, _ in CHUNKED_SPELLINGS:
        encoding = b"Transfer-Encoding:%s\r\n" % value
        for first, order in ((True, "TE{0!r}, then CL"), (False, "CL, then TE{0!r}")):
            def pair(length, first=first, encoding=encoding):
                field = b"Content-Length: %d\r\n" % length
                return encoding + field if first else field + encoding

            def by_length(b, pair=pair):  # CL covers what chunks end before
                rest = b"0\r\n\r\n" + b.hidden
                return b.request(pair(len(rest)), rest)

            def by_chunks(b, pair=pair):  # chunks cover what CL ends before
                rest = b.chunks(b.hidden)
                return b.request(pair(rest.index(b"\n") + 1), rest)

            add(REFUSE, order.format(value) + ", CL longer", by_length)
            add(REFUSE, order.format(value) + ", CL shorter", by_chunks)
    for name in (b"transfer-encoding", b"TRANSFER-ENCODING", b"Transfer_Encoding", b"Transfer-Encoding ",
                 b" Transfer-Encoding", b"\tTransfer-Encoding", b"Transfer-Encoding\t", b"Transfer Encoding",
                 b"X: y\nTransfer-Encoding", b"X: y\rTransfer-Encoding", b"X:\r\n Transfer-Encoding"):
        verdict = DECLINE if name == b"Transfer_Encoding" else REFUSE  # a field of no meaning here
        add(verdict, f"CL, then a field {name!r}", lambda b, n=name: b.request(
            b"Content-Length: %d\r\n%s: chunked\r\n" % (5 + len(b.hidden), n), b"0\r\n\r\n" + b.hidden))
    for second in (b"chunked", b"identity", b"gzip", b""):
        twice = b"Transfer-Encoding: chunked\r\nTransfer-Encoding: %s\r\n" % second
        add(REFUSE, f"TE chunked, then TE {second!r}", lambda b, f=twice: b.request(f, b.chunks() + b.hidden))
        swapped = b"Transfer-Encoding: %s\r\nTransfer-Encoding: chunked\r\n" % second
        add(REFUSE, f"TE {second!r}, then TE chunked", lambda b, f=swapped: b.request(f, b.chunks() + b.hidden))
    add(REFUSE, "TE chunked on HTTP/1.0", lambda b: b.request(
        b"Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n", b.chunks() + b.hidden,
        b"POST /fsi/api HTTP/1.0\r\n"))


def content_lengths(add):
    for shown in ("+{0}", "-{0}", "{0},", ",{0}", "{0},{0}", "{0}, {0}", "{0},0", "0,{0}", "{0} {0}", "{0} 0", "0 {0}",
                  "0x{0:x}", "{0:x}h", "{0}.0", "{0}e0", "{0};", "{0};a=b", "'{0}'", '"{0}"', "({0})", "{0}_", "_{0}",
                  "0{0}x", "{0}L", "{0}\x00", "\x00{0}", "{0}\x0b", "{0}\r", "1{0:018d}8", "18446744073709551616",
                  "18446744073709551{0}", "9223372036854775808", "-1", "-0", "", " ", "NaN", "0b0", "{0}\xa0", "１２",
                  "{0:016d}", "%30", "\r\n {0}"):
        add(REFUSE, f"CL {shown!r}", lambda b, s=shown: b.request(
            b"Content-Length: " + s.format(len(b.body)).encode("utf-8") + b"\r\n", b.body + b.hidden))
    for shown in ("0{0}", "000{0}", " {0}", "{0} ", "\t{0}", "{0}\t"):
        add(SERVE, f"CL {shown!r}", lambda b, s=shown: b.request(
            b"Content-Length:" + s.format(len(b.body)).encode() + b"\r\n", b.body))
    for first, second in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1)):  # times: nothing, the body, all
        def twice(b, first=first, second=second):
            sizes = (0, len(b.body), len(b.body) + len(b.hidden))
            return b.request(b"Content-Length: %d\r\nContent-Length: %d\r\n" % (sizes[first], sizes[second]),
                             b.body + b.hidden)
        add(REFUSE, f"CL twice, {first} then {second}", twice)
        add(REFUSE, f"CL twice in other letters, {first} then {second}",
            lambda b, t=twice: t(b).replace(b"Content-Length", b"CONTENT-LENGTH", 1))
        add(REFUSE, f"CL twice with a field between, {first} then {second}",
            lambda b, t=twice: t(b).replace(b"Content-Length", b"X: y\r\ncontent-length", 1))


def field_names(add):
    """Names that are nearly Content-Length: refused, or a field of no meaning and the body a bad request."""
    for name in (b"Content-Length ", b"Content-Length\t", b" Content-Length", b"\tContent-Length", b"Content-Length\x00",
                 b"Content-Length\x0b", b"Content Length", b"\x00Content-Length", b"Content-Length\xa0", b"Content-Leng\xc3\xadh",
                 b"Content-Length\r", b"Content\r\n-Length", b"(Content-Length)", b"Content-Length,", b'"Content-Length"',
                 b"Content-Length;", b"Content-Length[0]", b"Content/Length", b"Content=Length", b"", b"{Content-Length}",
                 b"Content_Length", b"ContentLength", b"Content-Lengt", b"Content-Length-", b"X-Content-Length"):
        add(REFUSE, f"a field {name!r}", lambda b, n=name: b.request(
            b"%s: %s\r\n" % (n, b.length), b.body + b.hidden))


def lines(add):
    for shown, end in (("LF", b"\n"), ("CR", b"\r"), ("CR CR LF", b"\r\r\n"), ("LF CR", b"\n\r"), ("LF LF", b"\n\n"),
                       ("NUL CR LF", b"\x00\r\n"), ("CR NUL LF", b"\r\x00\n"), ("NEL", b"\xc2\x85"), ("VT", b"\x0b"),
                       ("FF", b"\x0c")):
        for place in range(4):  # after the request line, Host, Content-Length, the head
            def build(b, place=place, end=end):
                parts = [b.line[:-2], b.host[:-2], b"Content-Length: " + b.length, b"", b.body + b.hidden]
                return b"\r\n".join(parts[:place + 1]) + end + b"\r\n".join(parts[place + 1:])
            add(REFUSE, f"{shown} ends line {place + 1}", build)
    for name, fold in (("space", b"\r\n "), ("tab", b"\r\n\t"), ("two", b"\r\n \r\n "), ("LF space", b"\n ")):
        add(REFUSE, f"CL hidden by folding with {name}", lambda b, f=fold: b.request(
            b"X: y" + f + b"Content-Length: " + b.length + b"\r\n", b.body + b.hidden))
        add(REFUSE, f"CL on a folded line, {name}", lambda b, f=fold: b.request(
            b"Content-Length:" + f + b.length + b"\r\n", b.body + b.hidden))
        add(REFUSE, f"folding after Host, {name}", lambda b, f=fold: b.request(
            f[f.rindex(b"\n") + 1:] + b"x: y\r\nContent-Length: " + b.length + b"\r\n", b.body + b.hidden))
    for name, before in (("an empty line", b"\r\n"), ("two empty lines", b"\r\n\r\n"), ("a bare LF", b"\n"),
                         ("a space", b" "), ("a NUL", b"\x00"), ("a byte-order mark", b"\xef\xbb\xbf")):
        add(REFUSE, f"{name} before the request line", lambda b, p=before: p + b.request(
            b"Content-Length: " + b.length + b"\r\n", b.body + b.hidden))


def control_bytes(add):
    for code in [*range(0x00, 0x09), 0x0b, 0x0c, *range(0x0e, 0x20), 0x7f]:
        byte = bytes([code])
        add(REFUSE, f"byte {code:02x} in a value", lambda b, c=byte: b.request(
            b"X: a%sb\r\nContent-Length: %s\r\n" % (c, b.length), b.body + b.hidden))
        add(REFUSE, f"byte {code:02x} in a name", lambda b, c=byte: b.request(
            b"X%sY: a\r\nContent-Length: %s\r\n" % (c, b.length), b.body + b.hidden))
        add(REFUSE, f"byte {code:02x} in the target", lambda b, c=byte: b.request(
            b"Content-Length: %s\r\n" % b.length, b.body + b.hidden, b"POST /fsi/a%spi HTTP/1.1\r\n" % c))


def request_lines(add):
    for line in (b"POST /fsi/api HTTP/1.2", b"POST /fsi/api HTTP/2.0", b"POST /fsi/api HTTP/0.9", b"POST /fsi/api HTTP/1.01",
                 b"POST /fsi/api HTTP/01.1", b"POST /fsi/api HTTP/11", b"POST /fsi/api HTTP/1,1", b"POST /fsi/api HTTP/1",
                 b"POST /fsi/api HTTP 1.1", b"POST /fsi/api HTTPS/1.1", b"POST /fsi/api http/1.1", b"POST /fsi/api Http/1.1",
                 b"POST /fsi/api HTTP/1.1 ", b"POST /fsi/api HTTP/1.1\t", b"POST /fsi/api HTTP/1.1 x", b"POST /fsi/api",
                 b"POST  /fsi/api HTTP/1.1", b"POST /fsi/api  HTTP/1.1", b"POST\t/fsi/api HTTP/1.1",
                 b"POST /fsi/api\tHTTP/1.1", b" POST /fsi/api HTTP/1.1", b"/fsi/api HTTP/1.1", b"POST HTTP/1.1",
                 b"PO ST /fsi/api HTTP/1.1", b"P(ST /fsi/api HTTP/1.1", b"P\x80ST /fsi/api HTTP/1.1",
                 b"POST /fsi /api HTTP/1.1", b"POST /fsi/api#x HTTP/1.1", b"POST /fsi/\xe5\x85\xb1 HTTP/1.1",
                 b"POST fsi/api HTTP/1.1", b"POST \\fsi\\api HTTP/1.1", b"POST * HTTP/1.1", b"POST a:80 HTTP/1.1",
                 b"POST http://a/fsi/api HTTP/1.1", b"POST http://b/fsi/api HTTP/1.1", b"POST //fsi/api HTTP/1.1",
                 b"CONNECT a:80 HTTP/1.1", b"OPTIONS * HTTP/1.1", b"PRI * HTTP/2.0", b"\x16\x03\x01\x02\x00"):
        verdict = DECLINE if b"//fsi" in line and b"http:" not in line else REFUSE  # an unknown path
        add(verdict, f"request line {line!r}", lambda b, l=line: b.request(
            b"Content-Length: %s\r\n" % b.length, b.body + (b.hidden if verdict == REFUSE else b""), l + b"\r\n"))
    for method in (b"GET", b"PUT", b"DELETE", b"PATCH", b"TRACE", b"post", b"POSTX", b"PROPFIND", b"X-A"):
        add(DECLINE, f"method {method!r}", lambda b, m=method: b.request(
            b"Content-Length: %s\r\n" % b.length, b.body, m + b" /fsi/api HTTP/1.1\r\n"))


def hosts(add):
    for host in (b"", b"Host: a\r\nHost: a\r\n", b"Host: a\r\nHost: b\r\n", b"Host: a\r\nHOST: b\r\n", b"Host: a, b\r\n",
                 b"Host: a b\r\n", b"Host: a/b\r\n", b"Host: u@a\r\n", b"Host: a?x\r\n", b"Host: a#x\r\n",
                 b"Host: a\\b\r\n", b"Host : a\r\n", b"Host: a\r\n b\r\n"):
        add(REFUSE, f"Host fields {host!r}", lambda b, h=host: b.request(
            b"Content-Length: %s\r\n" % b.length, b.body + b.hidden, host=h))


def chunk_rows(add):
    encoded = b"Transfer-Encoding: chunked\r\n"

    def row(name, build, verdict=REFUSE):
        add(verdict, f"chunks: {name}", lambda b: b.request(encoded, build(b)))

    def size_line(b):
        return b"%x" % len(b.body)

    for shown in (b"%s;", b"%s;a", b"%s;a=b", b'%s;a="b"', b'%s;a="\n"', b'%s;a="\r\n"', b"%s ;a=b", b"%s; a=b", b"%s;\x00",
                  b"%s ", b"%s\t", b" %s", b"\t%s", b"+%s", b"-%s", b"0x%s", b"0X%s", b"#%s", b"%sg", b"%s,%s", b"%s.0",
                  b"1%013s", b"0000000%s", b"%s\x00", b"%s\x0b", b"\x00%s", b"%s_", b"'%s'", b"%s%%", b"\xef\xbc\x91%s"):
        row(f"size {shown!r}", lambda b, s=shown: s.replace(b"%s", size_line(b)).replace(
            b"%013s", size_line(b).zfill(13)).replace(b"%%", b"%") + b"\r\n" + b.body + b"\r\n0\r\n\r\n" + b.hidden)
    for shown, end in (("LF", b"\n"), ("CR", b"\r"), ("CR CR LF", b"\r\r\n"), ("LF CR", b"\n\r"), ("nothing", b"")):
        row(f"{shown} after the size", lambda b, e=end: size_line(b) + e + b.body + b"\r\n0\r\n\r\n" + b.hidden)
        row(f"{shown} after the data", lambda b, e=end: size_line(b) + b"\r\n" + b.body + e + b"0\r\n\r\n" + b.hidden)
        row(f"{shown} after the last size", lambda b, e=end: size_line(b) + b"\r\n" + b.body + b"\r\n0" + e + b.hidden)
        row(f"{shown} at the very end", lambda b, e=end: size_line(b) + b"\r\n" + b.body + b"\r\n0\r\n" + e + b.hidden)
    for trailer in (b"X: a", b"Content-Length: 5", b"Transfer-Encoding: chunked", b"Host: b", b": a", b"X", b" ", b"X: a\n"):
        row(f"trailer {trailer!r}", lambda b, t=trailer: b.chunks()[:-2] + t + b"\r\n\r\n" + b.hidden)
    row("no size", lambda b: b"\r\n" + b.body + b"\r\n0\r\n\r\n" + b.hidden)
    row("a size too small", lambda b: b"%x\r\n" % (len(b.body) - 3) + b.body + b"\r\n0\r\n\r\n" + b.hidden)
    row("a size beyond the limit", lambda b: b"10001\r\n" + b.body + b"\r\n0\r\n\r\n" + b.hidden)
    row("an endless size", lambda b: b"0" * 4096 + size_line(b) + b"\r\n" + b.body)
    row("last chunk of many zeros", lambda b: b.chunks()[:-5] + b"00000000000000000\r\n\r\n" + b.hidden)
    row("the smuggled one behind an extension", lambda b: b"0;\r\n\r\n" + b.hidden)
    row("two chunks", lambda b: b"5\r\n" + b.body[:5] + b"\r\n" + b.chunks(b.body[5:]), SERVE)
    row("capital digits", lambda b: b"%X\r\n" % len(b.body) + b.chunks()[b.chunks().index(b"\n") + 1:], SERVE)
    row("eight digits", lambda b: b"%08x\r\n" % len(b.body) + b.chunks()[b.chunks().index(b"\n") + 1:], SERVE)
    row("nothing but the end", lambda b: b"0\r\n\r\n", DECLINE)


def sizes(add):
    add(REFUSE, "a head of 9 KB", lambda b: b.request(
        b"X: %s\r\nContent-Length: %s\r\n" % (b"x" * 9000, b.length), b.body + b.hidden))
    add(REFUSE, "a target of 9 KB", lambda b: b.request(
        b"Content-Length: %s\r\n" % b.length, b.body + b.hidden, b"POST /fsi/api?%s HTTP/1.1\r\n" % (b"x" * 9000)))
    add(REFUSE, "65 fields", lambda b: b.request(
        b"X: y\r\n" * 64 + b"Content-Length: %s\r\n" % b.length, b.body + b.hidden))
    for length in (65537, 1 << 20, 1 << 31, 1 << 32, 999_999_999_999_999):
        add(REFUSE, f"CL {length}", lambda b, l=length: b.request(b"Content-Length: %d\r\n" % l, b.body + b.hidden))


def clear_rows(add):
    """Unusual, but there is only one way to read it."""
    def served(name, fields, host=None, line=None):
        add(SERVE, name, lambda b: b.request(fields + b"Content-Length: %s\r\n" % b.length, b.body, line, host))

    served("plain", b"")
    served("Host with a port", b"", b"Host: a:8080\r\n")
    served("an IPv6 Host", b"", b"Host: [::1]:8080\r\n")
    served("empty Host", b"", b"Host:\r\n")
    served("a query", b"", line=b"POST /fsi/api?a=b&c HTTP/1.1\r\n")
    served("a trailing slash", b"", line=b"POST /fsi/api/ HTTP/1.1\r\n")
    served("UTF-8 in a value", b"X: \xe5\x85\xb1\r\n")
    served("a tab in a value", b"X: a\tb\r\n")
    served("an empty value", b"X:\r\n")
    served("upgrade to h2c", b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n")
    served("upgrade to websocket", b"Connection: Upgrade\r\nUpgrade: websocket\r\n")
    served("Connection names Content-Length", b"Connection: keep-alive, Content-Length\r\n")
    served("Connection names Transfer-Encoding", b"Connection: keep-alive, Transfer-Encoding\r\n")
    served("TE trailers", b"TE: trailers\r\nConnection: TE\r\n")
    served("expects to be invited", b"Expect: 100-continue\r\n")
    served("X-HTTP-Method-Override", b"X-HTTP-Method-Override: DELETE\r\n")
    add(DECLINE, "a request as the body", lambda b: b.request(b"Content-Length: %d\r\n" % len(b.hidden), b.hidden))
    for name in (b"X-Content-Length", b"Content_Length"):
        add(DECLINE, f"a request as the body, beside {name!r}", lambda b, n=name: b.request(
            b"Content-Length: %d\r\n%s: 0\r\n" % (len(b.hidden), n), b.hidden))
    add(DECLINE, "no body", lambda b: b.request(b""))
    add(DECLINE, "a body of nothing", lambda b: b.request(b"Content-Length: 0\r\n"))
    add(LAST, "an empty line behind the body", lambda b: b.request(
        b"Content-Length: %s\r\n" % b.length, b.body + b"\r\n" + b.hidden))
    add(LAST, "rubbish behind the body", lambda b: b.request(
        b"Content-Length: %s\r\n" % b.length, b.body + b"{}" + b.hidden))
    add(LAST, "NUL behind the body", lambda b: b.request(
        b"Content-Length: %s\r\n" % b.length, b.body + b"\x00" + b.hidden))
    add(LAST, "Connection: close, and more behind it", lambda b: b.request(
        b"Connection: close\r\nContent-Length: %s\r\n" % b.length, b.body + b.hidden))
