"""Fetching: what is never connected to, what ends whatever a server does, and a page that simply comes."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
import time

import pytest

from viewer.fetching import SIZE_LIMIT, FetchError, fetch, is_public

PAGE = "<p>Le train de nuit – arrivé.</p>".encode()
PRIVATE = [
    *(
        "127.0.0.1",
        "127.9.9.9",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
    ),
    *("224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::",
        "64:ff9b::7f00:1",
        "nonsense",
        "",
    ),
]


def answer(body=PAGE, *, status="200 OK", headers=("Content-Type: text/html; charset=utf-8",), length=True):
    lines = [f"HTTP/1.1 {status}", *headers, *([f"Content-Length: {len(body)}"] if length else [])]
    return "\r\n".join([*lines, "", ""]).encode() + body


def moved(target, status="302 Found"):
    return answer(b"", status=status, headers=[f"Location: {target}"])


class Server:
    """A server of one's own: each path has bytes, or a function that is given the connection."""

    def __init__(self, context=None):
        self.answers, self.requests, self.stopped = {}, [], threading.Event()
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def _listen(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self.stopped.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=[connection])
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        connection.settimeout(10)
        with contextlib.suppress(OSError), connection:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    piece = connection.recv(65_536)
                    if not piece:
                        return
                    asked += piece
                self.requests.append(asked.decode())
                reply = self.answers[asked.decode().split()[1]]
                if callable(reply):
                    reply(connection)
                else:
                    connection.sendall(reply)

    def stop(self):
        self.stopped.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def url(self, path="/", host="press.example", scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"


@pytest.fixture
def server():
    started = Server()
    yield started
    started.stop()


def anywhere(_address):
    return True


def here(_host, _port):
    return ["127.0.0.1"]


def get(url, **options):
    return fetch(url, **{"may_connect": anywhere, "look_up": here, **options})


def refusal(url, **options):
    start = time.monotonic()
    with pytest.raises(FetchError) as found:
        get(url, **options)
    assert time.monotonic() - start < 15
    assert str(found.value)
    return found.value.code


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_never_connected_to(address, server):
    server.answers["/"] = answer()
    assert not is_public(address)
    assert refusal(server.url(), may_connect=is_public, look_up=lambda host, port: [address]) == "address"
    assert server.requests == []


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"]
)
def test_by_default_this_machine_is_refused_however_it_is_written(host, server):
    with pytest.raises(FetchError) as found:
        fetch(server.url(host=host))
    assert found.value.code in ("address", "name")
    assert server.requests == []


def test_a_redirect_to_a_private_address_is_refused(server):
    server.answers["/"] = moved(server.url("/inner", host="router.example"))
    server.answers["/inner"] = answer()
    addresses = {"press.example": "127.0.0.1", "router.example": "127.0.0.2"}
    code = refusal(
        server.url(), look_up=lambda host, _port: [addresses[host]], may_connect="127.0.0.1".__eq__
    )
    assert code == "address"
    assert len(server.requests) == 1


def test_only_the_judged_address_is_connected_to_whatever_a_second_look_up_would_say(server):
    server.answers["/"] = answer()
    asked = []

    def rebinding(host, _port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    assert get(server.url(), look_up=rebinding).data == PAGE
    assert asked == ["press.example"]


def test_of_several_addresses_only_the_allowed_are_tried(server):
    server.answers["/"] = answer()
    addresses = ["10.255.255.1", "127.0.0.1"]
    found = get(server.url(), look_up=lambda host, port: addresses, may_connect="127.0.0.1".__eq__)
    assert found.data == PAGE


def test_a_page_comes_with_its_type_and_nothing_of_ours_is_told(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.answers["/train?id=%C3%A9&a=b%20c"] = answer()
    found = get(server.url("/train?id=é&a=b%20c#part"))
    assert (found.data, found.content_type) == (PAGE, "text/html; charset=utf-8")
    (request,) = server.requests
    names = {line.partition(":")[0] for line in request.splitlines()[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert f"Host: press.example:{server.port}\r\n" in request


def test_a_page_in_pieces_or_without_a_length_comes_whole(server):
    server.answers["/"] = answer(length=False)
    server.answers["/pieces"] = answer(
        b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", headers=["Transfer-Encoding: chunked"], length=False
    )
    assert get(server.url()).data == PAGE
    assert get(server.url("/pieces")).data == b"abcde"


def test_three_redirects_are_followed_and_a_fourth_is_not(server):
    server.answers |= {f"/{at}": moved(f"/{at + 1}") for at in range(9)}
    server.answers["/3"] = answer()
    found = get(server.url("/0"))
    assert (found.data, found.url) == (PAGE, server.url("/3"))
    server.answers["/3"] = moved("/4")
    assert refusal(server.url("/0")) == "redirects"
    server.answers["/loop"] = moved("/loop", "301 Moved Permanently")
    assert refusal(server.url("/loop")) == "redirects"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "press.example",
            "//press.example",
            "ftp://press.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ),
        *(
            "http://",
            "http:///path",
            "http://press.example:0/",
            "http://press.example:99999/",
            "http://[::1",
            "http:x",
        ),
        *(
            "http://a b/",
            "http://a\\b/",
            "http://press.example/\n",
            "http://press.example/a b",
            " http://a.b",
        ),
        *(
            "http://" + "a" * 70 + ".example/",
            "http://press.example/" + "a" * 3000,
            "http://[fe80::1%25eth0]/",
        ),
        *("http://user@press.example/", "http://user:secret@press.example/", "http://@press.example/"),
    ],
)
def test_an_address_that_is_no_plain_web_address_is_refused(url):
    assert refusal(url) == "url"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://press.example/", "http://user:pw@press.example/"]
)
def test_a_redirect_to_something_else_is_refused(target, server):
    server.answers["/"] = moved(target)
    assert refusal(server.url()) == "url"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (answer(status="404 Not Found"), "status"),
        (answer(status="500 Oh"), "status"),
        (answer(status="302 Found", headers=[]), "status"),
        (answer(status="204 No Content"), "status"),
        (answer(headers=["Content-Encoding: gzip"]), "answer"),
        (answer(PAGE, headers=["Content-Length: 99"], length=False), "answer"),
        (b"", "answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "answer"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "answer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "size"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "answer"),
    ],
)
def test_an_answer_that_is_no_page_is_refused(reply, code, server):
    server.answers["/"] = reply
    assert refusal(server.url()) == code


def endless(beginning, piece, pause, server):
    def reply(connection):
        connection.sendall(beginning)
        while not server.stopped.is_set():
            connection.sendall(piece)
            server.stopped.wait(pause)

    return reply


@pytest.mark.parametrize(
    ("beginning", "piece", "pause", "code"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 100_000, 0, "size"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05, "time"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.05, "time"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"", 0.05, "time"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0, "size"),
        (b"", b"", 0.05, "time"),
    ],
)
def test_a_server_that_never_ends_is_left(beginning, piece, pause, code, server):
    server.answers["/"] = endless(beginning, piece, pause, server)
    assert SIZE_LIMIT == 10_000_000
    assert refusal(server.url(), step_seconds=0.6, total_seconds=1.5 if code == "time" else 60) == code


def test_a_name_that_takes_its_time_is_left():
    done = threading.Event()
    assert (
        refusal("http://press.example/", look_up=lambda host, port: done.wait(20) or [], step_seconds=0.5)
        == "time"
    )
    done.set()


def test_a_name_that_nobody_has_and_a_port_that_nobody_serves_are_said():
    def unknown(_host, _port):
        raise socket.gaierror(-2, "Name or service not known")

    assert refusal("http://press.example/", look_up=unknown) == "name"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert refusal(f"http://press.example:{port}/") == "connection"


def test_fetching_can_be_cancelled(server):
    server.answers["/"] = endless(b"", b"", 0.05, server)
    start = time.monotonic()
    code = refusal(server.url(), cancelled=lambda: time.monotonic() - start > 0.5)
    assert code == "cancelled"
    assert time.monotonic() - start < 3


@pytest.fixture
def secure_server(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes a certificate for the test, is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2"
    names = ["-subj", "/CN=press.example", "-addext", "subjectAltName=DNS:press.example"]
    subprocess.run([*request.split(), *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    started = Server(context)
    started.answers["/"] = answer()
    started.certificate = certificate
    yield started
    started.stop()


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_server):
    assert refusal(secure_server.url(scheme="https")) == "certificate"


def test_over_https_the_name_is_proved_though_the_address_is_connected_to(secure_server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure_server.certificate))
    assert get(secure_server.url(scheme="https")).data == PAGE
    assert refusal(secure_server.url(scheme="https", host="other.example")) == "certificate"


def test_a_server_without_encryption_is_no_https_server(server):
    server.answers["/"] = answer()
    assert refusal(server.url(scheme="https"), step_seconds=2) in ("connection", "time")
