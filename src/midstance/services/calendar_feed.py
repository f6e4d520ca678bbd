"""Fetch a calendar from an address that the runner gave: within bounds, and never from where it was not meant.

A name is resolved once, every address that it has is judged, and the connection goes to one that was judged: what a
name means cannot change in between. No proxy is asked, no cookie kept, and nothing is told but the address itself and
which version of the calendar is known already.
"""

from __future__ import annotations

import http
import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from midstance import __version__
from midstance.formats._format import InputError, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
TIMEOUT_S = 10.0
"""Longest silence of the other side [s]; midstance default, as the numbers below."""
WHOLE_S = 40.0
"""Longest time for all of it [s]."""
MOST_BYTES = 5_000_000
"""Longest calendar fetched [bytes]; some years of runs have a tenth of it."""
MOST_REDIRECTS = 3
MOST_LETTERS = 2000
MOST_TAG = 300
CHUNK = 1 << 16
FIELD = "address"
"""The form's field, as the place of every fault."""
SCHEMES = {"http": 80, "https": 443}
SHARED = ipaddress.ip_network("100.64.0.0/10")
"""Addresses that private networks of several machines use (RFC 6598)."""
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for an IPv4 address (RFC 6052)."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LOCKED = frozenset({401, 403})
GONE = frozenset({404, 410})
ASKS = {"User-Agent": f"midstance/{__version__}", "Accept": "text/calendar, text/csv;q=0.5, */*;q=0.1"}
SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What an address gave.

    Attributes:
        data: The calendar, empty when it is unchanged.
        etag: What names this version of it, or empty; ``modified`` the date of it.
        unchanged: Whether it is the version that was known already.
    """

    data: bytes = b""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


def fetch(address: str, *, own_network: bool = False, etag: str = "", modified: str = "") -> Feed:
    """Fetch a calendar.

    Args:
        address: As ``checked_address`` gives it.
        own_network: Whether the runner said that it is a machine of their own network.
        etag: What names the version that is known, or empty.
        modified: Date of that version, or empty.
    Raises: InputError: It cannot be had, or may not be asked.
    """
    asked = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
    here = address
    for _ in range(MOST_REDIRECTS + 1):
        found = _ask(urlsplit(here), asked, own_network=own_network)
        if isinstance(found, Feed):
            return found
        after = checked_address(urljoin(here, found))
        if here.startswith("https:") and not after.startswith("https:"):
            raise wrong("it leads on to an address that is not encrypted", "ask who publishes it for an https address")
        here = after
    raise wrong("it leads on from one address to the next without end", "copy the address once more")


def checked_address(text: str) -> str:
    """Check an address, and write it as it is asked: ``webcal:`` is https, and what no address may hold is escaped.

    Raises: InputError: It is none that is fetched.

    >>> checked_address(" webcal://runs.example/My week.ics#now ")
    'https://runs.example/My%20week.ics'
    """
    bare = text.strip()
    parts = _parted(bare)
    if parts.username is not None or parts.password is not None:
        raise wrong("it holds a name and a password", "use the secret address that the calendar gives for subscribing")
    host = _host(parts)
    port = "" if parts.port in (None, SCHEMES[parts.scheme]) else f":{parts.port}"
    shown = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, shown + port, quote(parts.path, safe=SAFE) or "/",
                       quote(parts.query, safe=SAFE + "?"), ""))


def _parted(bare: str) -> SplitResult:
    if len(bare) > MOST_LETTERS:
        raise wrong(f"it is longer than {MOST_LETTERS} letters", "copy the calendar's address alone")
    if not bare.isprintable():
        raise wrong("it holds letters that no address has", "copy it once more")
    named, colon, rest = bare.partition("://")
    scheme = {"webcal": "https", "webcals": "https"}.get(named.lower(), named.lower())
    if not colon or scheme not in SCHEMES:
        raise wrong("this is no address that is fetched", "it begins with https://, or with webcal://")
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        _ = parts.port
    except ValueError:
        raise wrong("this is no address", "copy it once more") from None
    return parts


def _host(parts: SplitResult) -> str:
    named = parts.hostname or ""
    try:
        host = str(ipaddress.IPv6Address(named)) if ":" in named else named.encode("idna").decode().rstrip(".")
    except ValueError:
        host = ""
    if not host or any(letter in host for letter in " /\\@?#%"):
        raise wrong("it names no computer that could be asked", "copy it once more")
    return host


def shown_address(address: str) -> str:
    """Name an address without what may be secret in it.

    >>> shown_address("https://calendar.example/feeds/k3y-of-mine/basic.ics?token=abc")
    'calendar.example/.../basic.ics'
    """
    parts = urlsplit(address)
    last = parts.path.rpartition("/")[2]
    between = "/.../" if parts.path.count("/") > 1 else "/"
    return f"{parts.netloc}{between}{last if len(last) <= 24 else '...'}".rstrip("/")


def wrong(says: str, remedy: str) -> InputError:
    """Make the error for an address that cannot be used."""
    return refusal("the calendar's address", says, remedy, place=FIELD)


def may_ask(ip: IP, *, own_network: bool) -> bool:
    """Tell whether a machine may be asked: those of the open internet, and with the runner's word those at home.

    Addresses that cloud machines keep for themselves (link-local) are never asked.

    >>> [may_ask(ipaddress.ip_address(text), own_network=False) for text in ("93.184.216.34", "10.0.0.8", "::1")]
    [True, False, False]
    """
    inner = list(_inside(ip))
    if inner:
        return all(may_ask(one, own_network=own_network) for one in inner)
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local:
        return False
    if own_network and (ip.is_loopback or _at_home(ip)):
        return True
    return ip.is_global and not ip.is_reserved and not (ip.version == 6 and ip.is_site_local)


def _at_home(ip: IP) -> bool:
    return (ip.is_private and not ip.is_reserved) or ip in SHARED


def _inside(ip: IP) -> Iterator[IP]:
    """List IPv4 addresses that an IPv6 address stands for."""
    if isinstance(ip, ipaddress.IPv6Address):
        yield from filter(None, (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())))
        if ip in TRANSLATED:
            yield ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)


def _ask(parts: SplitResult, asked: dict[str, str], *, own_network: bool) -> Feed | str:
    """Ask once; give what came, or the address that it leads on to."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or SCHEMES[parts.scheme]
    try:
        with _Watch(_dialled(host, port, own_network=own_network)) as watch:
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
            connection = kind(host, port, timeout=TIMEOUT_S)
            connection.sock = watch.secured(host) if secure else watch.line
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.request("GET", path, headers={**ASKS, **asked})
            with connection.getresponse() as answer:
                return _answered(answer, watch)
    except ssl.SSLCertVerificationError:
        raise wrong(f"{host} cannot prove who it is", "its certificate is wrong or out of date") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise wrong(f"{host} does not answer ({_reason(error)})", "look at the address and at this machine's "
                    "connection, and try again later") from None


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it takes too long"
    return getattr(error, "strerror", None) or "its answer is garbled"


def _dialled(host: str, port: int, *, own_network: bool) -> socket.socket:
    """Connect to an address of a name, after all of them were judged.

    Raises: InputError: One of them may not be asked.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise wrong(f"no computer of the name {host} is known", "look at the address, and at this machine's connection"
                    ) from None
    for *_, where in found:
        if not may_ask(ipaddress.ip_address(str(where[0]).partition("%")[0]), own_network=own_network):
            raise wrong(f"{host} lies in a private network", "say so where it is a machine of your own, or give the "
                        "address that the calendar has on the internet")
    last: OSError | None = None
    for family, kind, protocol, _, where in found:
        line = socket.socket(family, kind, protocol)
        line.settimeout(TIMEOUT_S)
        try:
            line.connect(where)
        except OSError as error:
            line.close()
            last = error
        else:
            return line
    raise last or OSError(0, "it has no address")


class _Watch:
    """A connection that is cut when all of it takes too long, however slowly something still comes."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.cut = False
        self._timer = threading.Timer(WHOLE_S, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self.line.close()

    def _cut(self) -> None:
        self.cut = True
        try:
            self.line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def secured(self, host: str) -> ssl.SSLSocket:
        """Encrypt the connection, and have the other side prove its name."""
        made = ssl.create_default_context().wrap_socket(self.line, server_hostname=host)
        self.line = made
        return made


def _answered(answer: http.client.HTTPResponse, watch: _Watch) -> Feed | str:
    status = answer.status
    if status == http.HTTPStatus.NOT_MODIFIED:
        return Feed(unchanged=True)
    if status in REDIRECTS and (to := answer.getheader("Location")):
        return to
    if status != http.HTTPStatus.OK:
        raise _told(status)
    if answer.getheader("Content-Encoding", "identity").lower() not in ("identity", ""):
        raise wrong("it comes packed, though that was not asked for", "give an address that ends in .ics")
    data = bytearray()
    while chunk := answer.read1(CHUNK):
        data += chunk
        if len(data) > MOST_BYTES:
            raise wrong(f"it is longer than {MOST_BYTES // 10**6} MB", "subscribe to a calendar of the runs alone")
    if watch.cut:
        raise TimeoutError
    if (length := answer.getheader("Content-Length", "")).isdigit() and len(data) < int(length):
        raise http.client.IncompleteRead(bytes(data))
    return Feed(data=bytes(data), etag=_tag(answer, "ETag"), modified=_tag(answer, "Last-Modified"))


def _tag(answer: http.client.HTTPResponse, name: str) -> str:
    value = answer.getheader(name, "")
    return value if len(value) <= MOST_TAG and value.isprintable() and value.isascii() else ""


def _told(status: int) -> InputError:
    if status in LOCKED:
        return wrong("it is not open to whoever has the address", "use the secret address that the calendar gives for "
                     "subscribing, or make the calendar public")
    if status in GONE:
        return wrong("there is no calendar at this address, or none any more", "copy it once more")
    return wrong(f"the other side answers with an error ({status})", "try again later")


def says_of(error: InputError) -> str:
    """Write why a calendar could not be fetched or read as one sentence."""
    first = error.faults[0]
    says = f"{first.says}; {first.remedy}" if first.remedy else first.says
    return f"{says[:1].upper()}{says[1:]}."
