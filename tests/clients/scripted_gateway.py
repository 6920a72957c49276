"""A stand-in for a gateway that answers what the test wrote down, message by message, and keeps what it
was sent. HTTP only. Used where a real gateway would have to be brought into trouble first."""

import collections
import http.server
import json
import threading
import time

BROKEN = "closes without an answer"
HALF = "closes in the middle of the answer"
SILENT = "does not answer in time"


def envelope(infcode=0, err_msg="", output=None):
    return {"infcode": infcode, "inf_refmsgid": "1", "refmsg_time": "1", "respond_time": "1",
            "err_msg": err_msg, "output": output or {}}


def reply(status=200, infcode=0, err_msg="", output=None, **headers):
    return status, json.dumps(envelope(infcode, err_msg, output)), headers


class ScriptedGateway:
    def __init__(self, otherwise):
        self.script = collections.defaultdict(list)  # infno -> replies, used up one by one
        self.otherwise = otherwise                   # infno -> reply once those are used up
        self.seen = []                               # (infno, monotonic time, headers, body)
        self.over = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        self.address = self.server.server_address
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def infnos(self):
        return [infno for infno, *_ in self.seen]

    def next_reply(self, infno):
        return self.script[infno].pop(0) if self.script[infno] else self.otherwise[infno]

    def handler(self):
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                infno = json.loads(body)["infno"]
                gateway.seen.append((infno, time.monotonic(), dict(self.headers), body))
                answer = gateway.next_reply(infno)
                if answer == SILENT:
                    gateway.over.wait(60)
                if answer in (SILENT, BROKEN):
                    self.close_connection = True
                    return
                self.write(answer)

            def write(self, answer):
                status, text, headers = reply() if answer == HALF else answer
                data = text.encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[:len(data) // 2] if answer == HALF else data)
                self.close_connection = answer == HALF or self.close_connection

            def log_message(self, *_):
                pass

        return Handler
