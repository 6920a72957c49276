"""Who may include whom. The table is the picture in docs/architecture.md, section "Arrows"."""

import re

from tree import Finding, top_folder

INWARD = {"ports", "domain"}
MAY_INCLUDE = {
    "domain": {"domain"},
    "ports": INWARD,
    "gateway": INWARD | {"gateway"},
    "actors": INWARD | {"actors"},
    "stores": INWARD | {"stores"},
    "counterparties": INWARD | {"counterparties"},
    "monitoring": INWARD | {"monitoring"},
    "config": INWARD | {"config"},
    "app": INWARD | {"app", "gateway", "actors", "stores", "counterparties", "monitoring", "config", "loadtest"},
    "loadtest": INWARD | {"loadtest"},
}
# Option structs lie beside the code that uses them; config/ fills and checks them.
OPTIONS_FOR_CONFIG = re.compile(r"(.*/)?options\.hpp$")

# Library: what its includes look like, and which places may use it. A place is a path prefix.
LIBRARIES = {
    "CAF": (r"caf/", ("actors/", "app/")),
    "Beast and Asio": (r"boost/(asio|beast|system)\b",
                       ("gateway/", "stores/redis/", "monitoring/", "app/", "loadtest/")),
    "Boost.JSON": (r"boost/json", ("gateway/", "monitoring/", "app/", "loadtest/")),
    "Boost.URL": (r"boost/url", ("gateway/", "app/", "loadtest/")),
    "simdjson": (r"simdjson", ("gateway/", "app/gongjictl/", "loadtest/")),
    "RocksDB": (r"rocksdb/", ("stores/rocksdb/",)),
    "hiredis": (r"hiredis/", ("stores/redis/",)),
    "prometheus-cpp": (r"prometheus/", ("monitoring/",)),
    "toml++": (r"toml\+\+/", ("config/",)),
    "spdlog": (r"spdlog/", ("app/gongjid/",)),  # everybody else says log_event (ports/log.hpp)
    "libsystemd": (r"systemd/", ("app/gongjid/",)),
    "CLI11": (r"CLI/", ("app/", "loadtest/")),
    "OpenSSL": (r"openssl/", ("gateway/", "stores/", "config/", "app/", "loadtest/")),
    "cairo, pango and glib": (r"(cairo(-\w+)?\.h|pango/|glib\.h)", ("gateway/certificate/",)),
    "libqrencode": (r"qrencode\.h", ("gateway/certificate/",)),
    "libzip": (r"zip\.h$", ("gateway/reconciliation/",)),
    "GoogleTest": (r"(gtest|gmock)/", ("tests/",)),
    "rapidcheck": (r"rapidcheck", ("tests/",)),
    "what lies below std::thread": (r"(cxxabi|dlfcn)\.h$", ("tests/simulation/",)),
    "Boost.Context": (r"boost/context", ("tests/simulation/",)),
}
# The operating system's headers: not in the pure core, and not in the ports.
SYSTEM = re.compile(r"(sys|netinet|arpa|linux)/|(unistd|fcntl|poll|signal|netdb|pthread|sched)\.h$")
# Every folder starts threads, and std::thread can neither name one nor let it give way.
SYSTEM_IN_PORTS = "ports/background_thread.cpp"
STANDARD = re.compile(r"[a-z_]+$")

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def check_includes(tree):
    """Includes go inward only, and each library stays where it belongs."""
    for path in tree.cpp():
        for number, line in tree.lines(path):
            found = INCLUDE.match(line)
            if not found:
                continue
            fault = (project_fault(tree, path, found[2]) if found[1] == '"'
                     else library_fault(path, found[2]))
            if fault:
                yield Finding(path, number, fault)


def project_fault(tree, path, target):
    if not tree.has(target) and not tree.has(target + ".in"):  # what CMake configures stands here as its pattern
        return f'"{target}" is not a path from the root of the repository'
    here, there = top_folder(path), top_folder(target)
    if there == "tests":
        return None if here == "tests" else "only tests may include tests"
    if here == "tests" or there in MAY_INCLUDE.get(here, ()):
        return None
    if here == "config" and OPTIONS_FOR_CONFIG.match(target):
        return None
    return f"{here}/ may not include {there}/ ({target})"


def library_fault(path, target):
    for name, (pattern, places) in LIBRARIES.items():
        if re.match(pattern, target):
            allowed = path.startswith("tests/") or path.startswith(places)
            return None if allowed else f"{name} belongs in {', '.join(places)} only (<{target}>)"
    if SYSTEM.match(target):
        pure = top_folder(path) in INWARD and path != SYSTEM_IN_PORTS
        return f"system headers do not belong in {top_folder(path)}/ (<{target}>)" if pure else None
    if STANDARD.match(target):
        return None
    return f"<{target}> is no library this project uses; tests/tidy/includes.py has the list"
