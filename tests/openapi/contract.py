"""The OpenAPI document as a judge of replies: is the status documented for the operation, is the
media type, and does the body have the schema given there. Schemas are closed first: a field nobody
documented is a fault, too."""

import copy
import datetime
import json
import os
import pathlib
import re

from jsonschema import Draft202012Validator, FormatChecker, RefResolver

DOCUMENT = pathlib.Path(os.environ["GONGJI_SOURCE_DIR"]) / "gateway" / "rest" / "openapi.json"
METHODS = ("get", "put", "post", "delete", "patch")
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value):
    return not isinstance(value, str) or bool(re.search(r"T.*(Z|[+-]\d\d:\d\d)$", value)
                                              and datetime.datetime.fromisoformat(value))


@FORMATS.checks("date", raises=ValueError)
def is_date(value):
    return not isinstance(value, str) or bool(datetime.date.fromisoformat(value))


def closed(node):
    """Objects with named properties have no others, unless the document says that they may."""
    if isinstance(node, list):
        return [closed(child) for child in node]
    if not isinstance(node, dict):
        return node
    node = {name: closed(child) for name, child in node.items()}
    if node.get("type") == "object" and isinstance(node.get("properties"), dict):
        node.setdefault("additionalProperties", False)
    return node


class Contract:
    def __init__(self, document=None):
        self.document = document or json.loads(DOCUMENT.read_text())
        judged = copy.deepcopy(self.document)
        judged["components"]["schemas"] = closed(judged["components"]["schemas"])
        self.resolver = RefResolver.from_schema(judged)
        self.produced = {}
        self.faults = []

    def resolved(self, node):
        while "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def operations(self):
        return [(method.upper(), path) for path, methods in self.document["paths"].items()
                for method in methods if method in METHODS]

    def responses(self, method, path):
        return self.document["paths"][path][method.lower()]["responses"]

    def documented(self):
        return {(method, path, int(status)) for method, path in self.operations()
                for status in self.responses(method, path)}

    def media_types(self, method, path, status):
        response = self.resolved(self.responses(method, path)[str(status)])
        return set(response.get("content", {}))

    def judge(self, method, path, reply):
        """Counts the reply as produced, and keeps what is wrong with it."""
        self.produced.setdefault((method, path, reply.status), []).append(self.media_type(reply))
        for fault in self.faults_of(method, path, reply):
            self.faults.append(f"{reply.request} -> {reply.status}: {fault}")

    @staticmethod
    def media_type(reply):
        return reply.headers.get("content-type", "").split(";")[0].strip()

    def faults_of(self, method, path, reply):
        response = self.responses(method, path).get(str(reply.status))
        if response is None:
            yield f"the status is not documented; {reply.body[:300]!r}"
            return
        response = self.resolved(response)
        for name, header in response.get("headers", {}).items():
            yield from self.header_faults(name, self.resolved(header), reply)
        content = response.get("content", {})
        media_type = self.media_type(reply)
        if media_type not in content:
            yield f"{media_type!r} is none of the documented {sorted(content)}"
            return
        yield from self.body_faults(content[media_type].get("schema", {}), media_type, reply)

    def header_faults(self, name, header, reply):
        value = reply.headers.get(name.lower())
        if value is None:
            if header.get("required"):
                yield f"header {name} is missing"
            return
        kind = header["schema"].get("type")
        yield from self.schema_faults(header["schema"], int(value) if kind == "integer" else value,
                                      f"header {name}")

    def body_faults(self, schema, media_type, reply):
        if not media_type.endswith("json"):
            if not reply.body:
                yield "the body is empty"
            return
        try:
            body = json.loads(reply.body)
        except ValueError as wrong:
            yield f"the body is no JSON: {wrong}"
            return
        yield from self.schema_faults(schema, body, "body")
        if media_type == "application/problem+json" and body.get("status") != reply.status:
            yield f"the problem says {body.get('status')}"

    def schema_faults(self, schema, value, what):
        validator = Draft202012Validator(closed(schema), resolver=self.resolver, format_checker=FORMATS)
        for error in validator.iter_errors(value):
            yield f"{what} {error.json_path}: {error.message[:300]}"
