"""What is measured in each round, and which ratios are promised."""

from dataclasses import dataclass
from typing import Callable

import generators as by

HTTP, PLAIN = "over HTTP, 64 connections", "without HTTP"


@dataclass(frozen=True)
class Measurement:
    key: str
    group: str
    label: str
    contender: str  # key in the stage's table
    client: str
    send: Callable  # (contender, families_file, families, seconds) -> Answers


@dataclass(frozen=True)
class Promise:
    text: str
    numerator: str
    denominator: str
    at_least: float


def _wrk(hot):
    return lambda server, file, families, seconds: by.wrk(server.port, file, seconds, hot)


def _tcp(profile):
    return lambda server, file, families, seconds: by.gongji_load(["--tcp", server.tcp_address()], families, seconds,
                                                                  profile)


def _redis(connections, depth):
    return lambda server, file, families, seconds: by.redis_benchmark(server, seconds, connections, depth)


def _pgbench(server, file, families, seconds):
    return by.pgbench(server, families, seconds)


MEASUREMENTS = [
    Measurement("http_gongji", HTTP, "gongji", "gongji", "wrk", _wrk(hot=False)),
    Measurement("http_node_redis", HTTP, "Node + Redis Lua, always", "node_redis", "wrk", _wrk(hot=False)),
    Measurement("http_node_postgres", HTTP, "Node + PostgreSQL procedure", "node_postgres", "wrk", _wrk(hot=False)),
    Measurement("http_nginx", HTTP, "nginx, no work (ceiling)", "nginx", "wrk", _wrk(hot=False)),
    Measurement("hot_gongji", HTTP + ", one family takes all", "gongji", "gongji", "wrk", _wrk(hot=True)),
    Measurement("hot_node_redis", HTTP + ", one family takes all", "Node + Redis Lua, always", "node_redis", "wrk",
                _wrk(hot=True)),
    Measurement("hot_node_postgres", HTTP + ", one family takes all", "Node + PostgreSQL procedure", "node_postgres",
                "wrk", _wrk(hot=True)),
    Measurement("tcp_gongji", PLAIN, "gongji, TCP 8 × 64 in flight", "gongji", "gongji-load", _tcp("uniform")),
    Measurement("redis_pipelined", PLAIN, "Redis Lua, always, 8 × 64 in flight", "redis", "redis-benchmark",
                _redis(8, 64)),
    Measurement("redis_plain", PLAIN, "Redis Lua, always, 64 connections", "redis", "redis-benchmark", _redis(64, 1)),
    Measurement("pgbench", PLAIN, "PostgreSQL procedure, 32 connections", "postgres", "pgbench", _pgbench),
    Measurement("tcp_hot", PLAIN + ", few take most", "gongji, TCP, one family takes all", "gongji", "gongji-load",
                _tcp("one-hot-family")),
    Measurement("tcp_zipf", PLAIN + ", few take most", "gongji, TCP, Zipf", "gongji", "gongji-load", _tcp("zipf")),
]

PROMISES = [
    Promise("HTTP: gongji to Node + PostgreSQL", "http_gongji", "http_node_postgres", 10),
    Promise("HTTP: gongji to Node + Redis", "http_gongji", "http_node_redis", 2),
    Promise("HTTP: gongji to nginx that does no work", "http_gongji", "http_nginx", 0.6),
    Promise("TCP by 64: gongji to Redis by 64", "tcp_gongji", "redis_pipelined", 1.5),
    Promise("HTTP: one hot family to uniform", "hot_gongji", "http_gongji", 0.85),
    Promise("TCP: one hot family to uniform", "tcp_hot", "tcp_gongji", 0.85),
    Promise("one hot family: gongji to Node + PostgreSQL", "hot_gongji", "hot_node_postgres", 25),
    Promise("TCP: Zipf to uniform", "tcp_zipf", "tcp_gongji", 0.9),
]
