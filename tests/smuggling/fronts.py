"""haproxy and nginx in front of a server, set up as leniently as they can be and with one shared connection to it."""

import os
import socket
import subprocess
import time

HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
  timeout http-request {patience}
  timeout http-keep-alive 10s
  option accept-invalid-http-request
  http-reuse always
frontend front
  bind {front}
  http-request deny if {{ path_beg /fsi/api/smuggled }}
  default_backend gateway
backend gateway
  server gateway {upstream} pool-max-conn 1
"""

NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  client_header_timeout {patience}; client_body_timeout {patience};
  ignore_invalid_headers off; underscores_in_headers on; merge_slashes off;
  upstream gateway {{ server {upstream}; keepalive 1; }}
  server {{
    listen {front};
    location /fsi/api/smuggled {{ return 403; }}
    location / {{
      proxy_pass {scheme}://gateway;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_request_buffering {buffering};
      proxy_next_upstream off;
    }}
  }}
}}
"""


def haproxy_command(folder, values):
    path = write(folder, "haproxy.cfg", HAPROXY.format(**values))
    return ["haproxy", "-db", "-q", "-f", path]


def nginx_command(folder, values):
    path = write(folder, "nginx.conf", NGINX.format(**values))
    return ["nginx", "-p", folder, "-e", os.path.join(folder, "nginx.log"), "-c", path]


def nginx_buffering(folder, values):
    return nginx_command(folder, dict(values, buffering="on"))


FRONTS = {"haproxy": haproxy_command, "nginx": nginx_command, "nginx that buffers": nginx_buffering}


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    return path


class Front:
    """A started front; `address` is where it listens."""

    def __init__(self, name, folder, upstream):
        self.folder, self.make_command = folder, FRONTS[name]
        for _ in range(10):  # a free port may be gone again until the front takes it
            if self.start(upstream):
                return
        raise AssertionError(f"{name} does not start: {self.said()}")

    def start(self, upstream):
        self.address = free_address()
        values = {"folder": self.folder, "patience": "500ms", "buffering": "off", "scheme": "http",
                  "front": text(self.address), "upstream": text(upstream)}
        self.log = open(os.path.join(self.folder, "front.log"), "ab")
        environment = dict(os.environ, PATH=os.environ.get("PATH", "") + ":/usr/sbin")
        self.process = subprocess.Popen(self.make_command(self.folder, values), stdout=self.log, stderr=self.log,
                                        env=environment)
        deadline = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < deadline:
            if accepts(self.address):
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.log.close()

    def said(self):
        with open(os.path.join(self.folder, "front.log"), errors="replace") as file:
            return file.read()[-2000:]


def free_address():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()


def accepts(address):
    try:
        socket.create_connection(address, timeout=5).close()
        return True
    except OSError:
        return False


def text(address):
    return "%s:%d" % tuple(address[:2])
