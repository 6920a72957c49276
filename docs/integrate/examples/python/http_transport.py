"""One message over HTTP, on a connection of its own: nothing below us can send it twice."""

import http.client
import urllib.error
import urllib.parse
import urllib.request

import signing
from gongji import Answer, Word, read_answer


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None  # a settlement is not carried to another address


class HttpTransport:
    def __init__(self, settings):
        self.settings = settings
        self.url = settings.url.rstrip("/") + "/fsi/api"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)

    def send(self, body):
        """The answer; Word.NONE for whatever goes wrong on the way."""
        path = urllib.parse.urlsplit(self.url).path
        headers = signing.http_headers(self.settings, "POST", path, body, *signing.fresh())
        headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.url, body, headers, method="POST")
        try:
            with self.opener.open(request, timeout=self.settings.timeout_s) as reply:
                return read_answer(reply.status, reply.read())
        except urllib.error.HTTPError as reply:
            with reply:
                return self.read_error(reply)
        except urllib.error.URLError as fault:
            if isinstance(fault.reason, ConnectionRefusedError):
                return Answer(Word.NOT_DECIDED, "", "nobody listens there: it was not sent")
            return Answer(Word.NONE, "", str(fault.reason))
        except (OSError, http.client.HTTPException) as fault:
            return Answer(Word.NONE, "", str(fault))

    @staticmethod
    def read_error(reply):
        try:
            return read_answer(reply.status, reply.read(), reply.headers.get("Retry-After"))
        except (OSError, http.client.HTTPException) as fault:
            return Answer(Word.NONE, "", str(fault))
