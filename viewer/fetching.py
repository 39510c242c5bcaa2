"""Fetching one page, only when the user asks for it: no cookies, no credentials, no proxy, no private addresses.

An address from a document is a stranger's word. Its name is looked up once a step, each address that it has is
judged, and the connection is made to a judged address itself, so that a second look-up cannot lead elsewhere.
Everything has a limit: steps, seconds and bytes.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from threading import Thread
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from viewer import __version__
from viewer.frozen import dataclass

SIZE_LIMIT = 10_000_000
"""Bytes of a page."""
REDIRECTS = 3

_HEADERS_LIMIT = 300_000
_URL_LENGTH = 2048
_LOOK_EVERY = 0.25
_REFUSED = re.compile(r"[\x00-\x20\x7f-\x9f\\]|\s")
_KEPT = "/%:=&?~#+!$,;'@()*[]"
_MOVED = (301, 302, 303, 307, 308)
_HEADERS = {
    "User-Agent": f"Dateline/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9",
    "Accept-Encoding": "identity",
    "Connection": "close",
}

LookUp = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its addresses, as text; raises OSError."""


class FetchError(Exception):
    """The page was not fetched. The message says why, in plain words; `code` is stable.

    Codes: url, address, name, connection, certificate, answer, status, redirects, size, time, cancelled.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the bytes, where they were in the end, and what it calls them."""

    data: bytes
    url: str
    content_type: str | None


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet, also when it is wrapped in an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _translated(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address behind one that a network translates (NAT64)."""
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def fetch(
    url: str,
    *,
    may_connect: Callable[[str], bool] = is_public,
    look_up: LookUp = look_up,
    step_seconds: float = 10,
    total_seconds: float = 30,
    cancelled: Callable[[], bool] = lambda: False,
) -> Fetched:
    """Fetch a page over http or https, following at most three redirects; blocks, so not for the window's thread.

    `may_connect` judges each address; `step_seconds` is the longest silence, `total_seconds` all of it together.

    Raises:
        FetchError: for every reason that there is.
    """
    watch = _Watch(step_seconds, time.monotonic() + total_seconds, cancelled)
    for _ in range(REDIRECTS + 1):
        parts = _checked(url)
        try:
            with _Exchange(parts, watch, may_connect, look_up) as exchange:
                target = exchange.redirect()
                if target is None:
                    return Fetched(exchange.body(), url, exchange.content_type())
        except ssl.SSLCertVerificationError as error:
            message = f"{parts.hostname} has no certificate that this system trusts: {error.verify_message}"
            raise FetchError("certificate", message) from error
        except TimeoutError as error:
            raise FetchError("time", f"{parts.hostname} did not answer in time") from error
        except http.client.HTTPException as error:
            raise FetchError("answer", f"{parts.hostname} did not answer as a web server does") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "the connection broke off"
            raise FetchError("connection", f"no page from {parts.hostname}: {reason}") from error
        url = urljoin(url, target)
    raise FetchError("redirects", f"it was redirected more than {REDIRECTS} times")


def _checked(url: str) -> SplitResult:
    """Return the parts of an address that may be fetched."""
    wrong = FetchError("url", "expected an address that begins with http:// or https:// and names a host")
    if len(url) > _URL_LENGTH or _REFUSED.search(url):
        raise wrong
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:  # a UnicodeError too: a host that no name can be
        raise wrong from error
    if parts.scheme not in ("http", "https") or not host or "%" in host or port == 0:
        raise wrong
    if "@" in parts.netloc:
        raise FetchError("url", "an address with a user's name or a password in it is not fetched")
    netloc = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=f"{netloc}:{port}" if port else netloc, fragment="")


@dataclass(frozen=True, slots=True)
class _Watch:
    """How long one may wait, and whether anybody still does."""

    step: float
    deadline: float
    cancelled: Callable[[], bool]

    def check(self) -> float:
        """Return the seconds that are left."""
        if self.cancelled():
            raise FetchError("cancelled", "it was cancelled")
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Exchange:
    """One request and its answer, over a connection to an address that was judged."""

    def __init__(
        self, parts: SplitResult, watch: _Watch, may_connect: Callable[[str], bool], look_up: LookUp
    ) -> None:
        self._host = host = parts.hostname or ""
        context = ssl.create_default_context() if parts.scheme == "https" else None
        connection = (
            http.client.HTTPConnection(host, parts.port)
            if context is None
            else http.client.HTTPSConnection(host, parts.port, context=context)
        )
        addresses = [
            address for address in _looked_up(look_up, host, connection.port, watch) if may_connect(address)
        ]
        if not addresses:
            message = f"{host} is this machine or in a private network; only public addresses are fetched"
            raise FetchError("address", message)
        self._intake = _Intake(_connected(addresses, connection.port, watch), watch)
        try:
            if context is not None:
                self._intake.secure(context, host)
            connection.sock = self._intake  # the part of a socket that it uses
            connection.request("GET", _target(parts), headers=_HEADERS)
            self._response = connection.getresponse()
        except BaseException:
            self._intake.hang_up()
            raise

    def __enter__(self) -> _Exchange:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._response.close()
        self._intake.hang_up()

    def redirect(self) -> str | None:
        """Return where the server sends us, or None if this is the page."""
        status = self._response.status
        target = self._response.getheader("Location")
        if status in _MOVED and target:
            return _as_sent(target).strip().replace(" ", "%20")
        if status != HTTPStatus.OK:
            known = {code.value: f" ({code.phrase})" for code in HTTPStatus}
            raise FetchError("status", f"{self._host} answered {status}{known.get(status, '')}")
        encoding = self._response.getheader("Content-Encoding", "identity").strip().lower()
        if encoding not in ("", "identity"):
            raise FetchError("answer", f"{self._host} sends its pages compressed only, which is not read")
        return None

    def content_type(self) -> str | None:
        """Return what the server calls the page."""
        named = self._response.getheader("Content-Type")
        return None if named is None else named[:200]

    def body(self) -> bytes:
        """Return the page whole."""
        said = self._response.length
        self._intake.allow(SIZE_LIMIT)
        pieces: list[bytes] = []
        size = 0
        while size <= SIZE_LIMIT and (said is None or said <= SIZE_LIMIT):
            piece = self._response.read(65_536)
            if not piece:
                if self._response.length:
                    raise http.client.IncompleteRead(b"".join(pieces))
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
        raise FetchError("size", f"the page has more than {SIZE_LIMIT / 1e6:.0f} MB")


def _target(parts: SplitResult) -> str:
    """Return what is asked of the server: path and query, in ASCII."""
    path = quote(parts.path or "/", safe=_KEPT)
    return f"{path}?{quote(parts.query, safe=_KEPT)}" if parts.query else path


def _as_sent(header: str) -> str:
    """Return a header that was read as Latin 1 as the UTF-8 that it may be."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _looked_up(look_up: LookUp, host: str, port: int, watch: _Watch) -> Sequence[str]:
    """Look a name up in a thread of its own: the system takes its time, and cannot be interrupted."""
    found: list[Sequence[str]] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            found.append(look_up(host, port))
        except (OSError, UnicodeError) as error:
            faults.append(error)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    end = time.monotonic() + watch.step
    while thread.is_alive():
        if time.monotonic() > end:
            raise TimeoutError
        thread.join(min(_LOOK_EVERY, watch.check()))
    if faults or not found or not found[0]:
        raise FetchError("name", f"there is no host {host}, or this machine is not connected")
    return found[0]


def _connected(addresses: Sequence[str], port: int, watch: _Watch) -> socket.socket:
    """Return a connection to the first of the addresses that takes it."""
    fault: OSError = TimeoutError()
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=min(watch.step, watch.check()))
        except OSError as error:
            fault = error
    raise fault


class _Intake:
    """The part of a socket that an HTTP connection uses; each wait is watched, and the bytes are counted."""

    def __init__(self, plain: socket.socket, watch: _Watch) -> None:
        self._socket = plain
        self._watch = watch
        self._left = _HEADERS_LIMIT

    def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Go on encrypted, with whoever proves to be the host."""
        self._socket.settimeout(min(self._watch.step, self._watch.check()))
        self._socket = context.wrap_socket(self._socket, server_hostname=host)

    def allow(self, size: int) -> None:
        """Let so many bytes more come in, and what frames them."""
        self._left = 2 * size + _HEADERS_LIMIT

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(_Reading(self))

    def sendall(self, data: bytes) -> None:
        """Send the request."""
        self._socket.settimeout(min(self._watch.step, self._watch.check()))
        self._socket.sendall(data)

    def receive_into(self, buffer: memoryview) -> int:
        """Wait for bytes, no longer than may be; return how many came."""
        end = time.monotonic() + self._watch.step
        while True:
            self._socket.settimeout(min(_LOOK_EVERY, self._watch.check()))
            try:
                count = self._socket.recv_into(buffer)
            except TimeoutError:
                if time.monotonic() > end:
                    raise
                continue
            self._left -= count
            if self._left < 0:
                raise FetchError("size", "the server sends more than a page has")
            return count

    def close(self) -> None:
        """Do nothing: the HTTP connection closes before the answer is read."""

    def hang_up(self) -> None:
        """Close the connection."""
        self._socket.close()


class _Reading(io.RawIOBase):
    """The bytes of an intake, as a file."""

    def __init__(self, intake: _Intake) -> None:
        super().__init__()
        self._intake = intake

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # always a memoryview here
        """Fill the buffer as far as bytes have come."""
        return self._intake.receive_into(buffer)
