"""The one way out: what it refuses, where it stops, and how it says so."""

import gzip
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import pytest
import time_machine

from tests.servers.flaky import Flaky, Forward, Send, says
from tests.servers.untrusted import untrusted_site
from wardline.channels import ChannelError, Connection
from wardline.channels.http import Http

OWN = ["127.0.0.1"]
PRIVATE = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 -- nothing is bound, it is called
    "0",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "user@127.0.0.1",
    "8.8.8.8@127.0.0.1",
    "localhost",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "198.18.0.1",
    "192.88.99.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
]
PRIVATE_IPV6 = [
    "::1",
    "::",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "::ffff:0:127.0.0.1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001::1",
]


@pytest.fixture
def site() -> Iterator[Flaky]:
    with Flaky() as server:
        server.fault = says(200, b'{"ok": true}')
        yield server


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Our own name server: each question uses up one answer, the last one stays."""
    answers: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: int, **options: int) -> list[Any]:
        left = answers.get(host, [host])
        address = left.pop(0) if len(left) > 1 else left[0]
        if ":" in address:  # as a machine with IPv6 would answer
            place = (address, port, 0, 0)
            return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", place)]
        return list(real(address, port, *rest, **options))

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return answers


def test_an_ordinary_answer_comes_back_whole(site: Flaky) -> None:
    answer = Http(OWN).request("GET", f"{site.url}/x", params={"a": "b"})
    assert (answer.status, answer.body) == (200, b'{"ok": true}')
    assert answer.decoded(dict[str, bool]) == {"ok": True}
    assert site.seen == ["GET /x?a=b"]


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_refused_in_every_spelling(
    site: Flaky, host: str
) -> None:
    port = site.url.rpartition(":")[2]
    with pytest.raises(ChannelError, match="private network address") as caught:
        Http([]).request("GET", f"http://{host}:{port}/")
    assert caught.value.permanent
    assert not caught.value.unknown_outcome
    assert site.seen == []


@pytest.mark.parametrize("host", PRIVATE_IPV6)
def test_private_ipv6_addresses_are_refused(
    host: str, names: dict[str, list[str]]
) -> None:
    names["hospital.example"] = [host]
    for url in ("https://hospital.example/", f"https://[{host}]/"):
        with pytest.raises(ChannelError, match="private network address"):
            Http([]).request("POST", url)


def test_a_public_name_that_leads_inside_is_refused(
    site: Flaky, names: dict[str, list[str]]
) -> None:
    names["hospital.example"] = ["127.0.0.1"]
    port = site.url.rpartition(":")[2]
    with pytest.raises(ChannelError, match="private network address"):
        Http([]).request("GET", f"http://hospital.example:{port}/")
    assert site.seen == []


def test_a_name_is_resolved_once_so_a_second_answer_cannot_lead_inside(
    site: Flaky, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["hospital.example"] = ["192.0.2.7", "127.0.0.1"]
    asked: list[str] = []

    def connect(_self: socket.socket, address: tuple[str, int]) -> None:
        asked.append(address[0])
        raise OSError

    # 192.0.2.0/24 stands for a public address; nothing answers there.
    monkeypatch.setattr("ipaddress.IPv4Address.is_private", property(_not_test_net))
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(ChannelError, match="could not be reached"):
        Http([]).request("GET", "http://hospital.example/")
    assert asked == ["192.0.2.7"]
    assert site.seen == []


def _not_test_net(address: object) -> bool:
    return not str(address).startswith("192.0.2.")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "//x",
        "file:///etc/passwd",
        "gopher://x/",
        "ftp://x/",
        "javascript:x",
        "http://",
        "http://[::1",
        "http://x:99999/",
        "http://x:y/",
        "http://a..b/",
        "http://ex ample/",
        "http://①②⑦.0.0.1/",
        "http://\ud800/",
    ],
)
def test_what_is_no_web_address_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(ChannelError, match=r"not a (web address|proper host)") as it:
        Http([]).request("POST", url)
    assert it.value.permanent
    assert not it.value.unknown_outcome


def test_only_the_listed_port_of_a_host_is_open(site: Flaky) -> None:
    listed = site.url.removeprefix("http://")
    assert Http([listed]).request("GET", site.url).status == 200
    with pytest.raises(ChannelError, match="private network address"):
        Http([f"{listed}0"]).request("GET", site.url)


def test_the_operator_lists_hosts_in_the_environment(
    site: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARDLINE_ALLOWED_HOSTS", "[]")
    with pytest.raises(ChannelError, match="WARDLINE_ALLOWED_HOSTS"):
        Http().request("GET", site.url)
    monkeypatch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
    assert Http().request("GET", site.url).status == 200


def test_a_redirect_to_a_private_address_is_refused(site: Flaky) -> None:
    listed = site.url.removeprefix("http://")
    site.fault = says(302, Location="http://127.0.0.2:9/secret")
    with pytest.raises(ChannelError, match="private network address"):
        Http([listed], hops=5).request("GET", site.url)
    assert len(site.seen) == 1


def test_redirects_are_followed_as_far_as_asked_and_no_further(site: Flaky) -> None:
    site.fault = says(302, Location="/next")
    site.faults[3] = says(200, b"here")
    assert Http(OWN, hops=2).request("GET", site.url).body == b"here"
    site.seen.clear()
    with pytest.raises(ChannelError, match="sends us on"):
        Http(OWN, hops=1).request("GET", site.url)
    assert len(site.seen) == 2


@pytest.mark.parametrize("target", ["http://[::1", "file:///etc/passwd", "http://x:y/"])
def test_a_redirect_to_nonsense_is_refused(site: Flaky, target: str) -> None:
    site.fault = says(302, Location=target)
    for hops in (0, 2):
        with pytest.raises(ChannelError) as caught:
            Http(OWN, hops=hops).request("GET", site.url)
        assert caught.value.permanent


def test_a_password_never_travels_readable_but_to_listed_hosts(site: Flaky) -> None:
    sign_in = Connection("http://blog.example", "author", "hunter2")
    with pytest.raises(ChannelError, match="could be read on the way") as caught:
        Http(OWN).request("GET", "http://blog.example/", sign_in=sign_in)
    assert caught.value.permanent
    assert Http(OWN).request("GET", site.url, sign_in=sign_in).status == 200


def test_proxies_of_the_environment_are_not_used(
    site: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert Http(OWN).request("GET", site.url).status == 200


@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_an_endless_body_is_cut_off(site: Flaky, status: int) -> None:
    def endless(_forward: Forward, send: Send) -> None:
        send(f"HTTP/1.1 {status} X\r\nLocation: /next\r\n\r\n".encode())
        while not site.closing.is_set():
            send(b"x" * 65_536)

    site.faults[1] = endless
    with pytest.raises(ChannelError, match="more than we read"):
        Http(OWN, most_bytes=200_000).request("GET", site.url)
    site.faults[2] = endless
    if status == HTTPStatus.FOUND:
        assert Http(OWN, hops=1).request("GET", site.url).status == HTTPStatus.OK


def test_a_small_body_that_unpacks_to_a_huge_one_is_cut_off(site: Flaky) -> None:
    site.fault = says(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    for method, unknown in (("GET", False), ("POST", True)):
        with pytest.raises(ChannelError, match="more than we read") as caught:
            Http(OWN).request(method, site.url)
        assert caught.value.unknown_outcome is unknown


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
)
def test_a_garbled_answer_leaves_the_outcome_of_a_write_unknown(
    site: Flaky, head: bytes
) -> None:
    site.fault = lambda _forward, send: send(head)
    with pytest.raises(ChannelError, match="broke off") as caught:
        Http(OWN).request("POST", site.url)
    assert caught.value.unknown_outcome
    assert not caught.value.permanent


def test_a_name_that_nobody_knows_got_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_question: object, **_options: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for listed in ([], ["blog.example"]):
        with pytest.raises(ChannelError, match="could not be reached") as caught:
            Http(listed).request("POST", "https://blog.example/")
        assert not caught.value.unknown_outcome


def test_a_password_in_an_address_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ChannelError, match=r"^127\.0\.0\.1:9 could not") as caught:
        Http(OWN).request("GET", "http://me:hunter2@127.0.0.1:9/")
    assert "hunter2" not in str(caught.value)


def test_a_body_that_is_not_packed_as_it_says_is_an_error(site: Flaky) -> None:
    site.fault = says(200, b"not gzip", Content_Encoding="gzip")
    with pytest.raises(ChannelError, match="broke off"):
        Http(OWN).request("GET", site.url)


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_byte_at_a_time_ends_at_the_deadline(site: Flaky, start: bytes) -> None:
    def dripping(_forward: Forward, send: Send) -> None:
        send(start)
        site.drip(lambda: b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000, send)

    site.fault = dripping
    for method, unknown in (("GET", False), ("POST", True)):
        with pytest.raises(ChannelError, match="too long to answer") as caught:
            Http(OWN, deadline=0.3).request(method, site.url)
        assert not caught.value.permanent
        assert caught.value.unknown_outcome is unknown


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("9" * 400, 86_400),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("²", None),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 22 Nov 2026 12:01:00", 60),
        ("Sun, 22 Nov 99999 12:01:00 GMT", None),
    ],
)
@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
def test_a_site_that_asks_us_to_wait_is_obeyed(
    site: Flaky, value: str, seconds: float | None
) -> None:
    site.fault = says(429, Retry_After=value.encode().decode("latin-1"))
    with pytest.raises(ChannelError, match="slow down") as caught:
        Http(OWN).request("POST", site.url)
    assert caught.value.retry_after == seconds
    assert not caught.value.permanent
    assert not caught.value.unknown_outcome


@pytest.mark.parametrize(
    ("reset", "seconds"), [("1795348860", 60), ("60", 0), ("soon", None)]
)
@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
def test_a_site_that_says_when_its_limit_ends_is_obeyed(
    site: Flaky, reset: str, seconds: float | None
) -> None:
    site.fault = says(429, RateLimit_Reset=reset)
    with pytest.raises(ChannelError, match="slow down") as caught:
        Http(OWN).request("POST", site.url)
    assert caught.value.retry_after == seconds


def test_what_nothing_public_can_come_of_is_never_in_doubt(site: Flaky) -> None:
    site.fault = says(500)
    with pytest.raises(ChannelError, match="status 500") as caught:
        Http(OWN).request("POST", site.url, harmless=True)
    assert not caught.value.unknown_outcome


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("status", [500, 502, 503, 599])
def test_an_outage_leaves_the_outcome_of_a_write_unknown(
    site: Flaky, method: str, status: int
) -> None:
    site.fault = says(status, Retry_After="7")
    with pytest.raises(ChannelError, match=f"status {status}") as caught:
        Http(OWN).request(method, site.url)
    assert not caught.value.permanent
    assert caught.value.unknown_outcome is (method != "GET")
    assert caught.value.retry_after == 7


def test_not_implemented_is_an_answer_and_no_outage(site: Flaky) -> None:
    site.fault = says(501)
    assert Http(OWN).request("DELETE", site.url).status == 501


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b"[" * 100_000, b"[]"])
def test_a_body_of_another_shape_is_named(site: Flaky, body: bytes) -> None:
    site.fault = says(200, body)
    for method in ("GET", "POST"):
        answer = Http(OWN).request(method, site.url)
        with pytest.raises(ChannelError, match="expected data") as caught:
            answer.decoded(dict[str, bool])
        assert caught.value.unknown_outcome is (method == "POST")


def test_a_certificate_that_nobody_vouches_for_stops_everything() -> None:
    with (
        untrusted_site() as url,
        pytest.raises(ChannelError, match="certificate") as caught,
    ):
        Http(OWN).request("POST", url)
    assert caught.value.permanent
    assert not caught.value.unknown_outcome


def test_a_body_with_a_password_travels_as_a_sign_in_does(site: Flaky) -> None:
    own = Http(OWN, hops=1)
    assert own.request("POST", site.url, form={"p": "x"}, private=True).status
    site.fault = says(HTTPStatus.TEMPORARY_REDIRECT, Location="/elsewhere")
    with pytest.raises(ChannelError, match="sends us on"):
        own.request("POST", site.url, form={"p": "x"}, private=True)
    with pytest.raises(ChannelError, match="could be read on the way"):
        Http([]).request("POST", "http://a.example/", form={"p": "x"}, private=True)


def test_what_a_database_cannot_keep_is_taken_out_of_json(site: Flaky) -> None:
    site.fault = says(HTTPStatus.OK, b'["a\\u0000b"]')
    assert Http(OWN).request("GET", site.url).decoded(list[str]) == ["a\ufffdb"]
