"""The /v1 interface as an agency or a citizen's app speaks it; from docs/rest.md and openapi.json alone."""

import http.client
import itertools
import json
import os

from gateway import TOKEN

_keys = itertools.count(1)


class Answer:
    """Status, headers and body of one answer; fields of a JSON object by index."""

    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data
        self.replayed = headers.get("Idempotent-Replayed") == "true"

    @property
    def json(self):
        return json.loads(self.data)

    def __getitem__(self, name):
        return self.json[name]

    def __repr__(self):
        return f"{self.status} {self.data[:500].decode(errors='replace')}"


class Desk:
    """A clerk's counter with the agency's token; `acting` speaks on behalf of a person."""

    def __init__(self, gateway, acting="", token=TOKEN):
        self.gateway, self.acting, self.token = gateway, acting, token

    def headers(self, more):
        mine = {"Authorization": f"Bearer {self.token}", "X-Operator": "window 7", "X-Channel": "counter"}
        if self.acting:
            mine["X-Acting-Person"] = self.acting
        return dict(mine, **more)

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection(*self.gateway.http, timeout=30)
        try:
            data = None if body is None else json.dumps(body).encode()
            given = self.headers({name.replace("_", "-"): value for name, value in headers.items()})
            if data is not None:
                given["Content-Type"] = "application/json"
            connection.request(method, path, data, given)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def write(self, method, path, body=None, key=None):
        return self.ask(method, path, body, Idempotency_Key=key or f"test-{os.getpid()}-{next(_keys)}")

    def post(self, path, body=None, key=None):
        return self.write("POST", path, body, key)
