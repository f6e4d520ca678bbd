"""Calendars of the app: what is fetched and from where, what waits, what it would change, and how it is taken."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from calendar_server import Answers, calendar_server, ics
from lives import EXAMPLES, Life, on
from midstance.domain.diary import Moved
from midstance.domain.entry import Origin, Via, batch_id
from midstance.formats._format import InputError
from midstance.services import calendar_change, calendar_feed
from midstance.services import calendar_subscription as remembering
from midstance.services.calendar_change import need_settings, preview
from midstance.services.calendar_feed import Feed, checked_address, fetch, may_ask, shown_address
from midstance.services.calendar_subscription import (
    Held,
    Subscription,
    Waiting,
    calendar_file,
    is_due,
    kept_in,
    look_for_changes,
    offer,
    read_held,
    settle,
    subscribe,
    unsubscribe,
)
from midstance.services.course import need_course
from midstance.services.diary import current, open_store, take_back
from midstance.services.replan_day import know
from midstance.services.told import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from midstance.services.set_up_change import Settings

EXAMPLE = EXAMPLES / "jonas-10k.ics"
DAY = 8
TODAY = on(DAY)
CLUB = (("20270119", "6 x 400 m"), ("20270123", "Easy 40 min"), ("20270131", "Long run 14 km"))


def at(day: int = DAY, hour: int = 7) -> dt.datetime:
    """A moment of a day of the plan."""
    return dt.datetime.combine(on(day), dt.time(hour), dt.UTC)


def stamp(day: int = DAY) -> Stamp:
    """What a command writes with."""
    origin = Origin(via=Via.HAND, batch=batch_id(at(day), "calendar"))
    return Stamp(at=at(day), date=on(day), today=on(day), origin=origin)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    """Jonas and his plan, in a file."""
    with open_store(tmp_path / "diary.db") as store:
        yield Life.with_plan(store=store)


@pytest.fixture
def path(life: Life, tmp_path: Path) -> Path:
    """Where the calendar of his diary is remembered."""
    return calendar_file(life.store.address, tmp_path)


@pytest.fixture
def server() -> Iterator[Answers]:
    """A server of calendars on this machine."""
    with calendar_server() as answers:
        answers.data = ics(*CLUB)
        yield answers


def settings(life: Life, day: int = DAY) -> Settings:
    """What is set on a day."""
    return need_settings(life.entries, on(day))


def looked(life: Life, path: Path, day: int = DAY, **more: Any) -> Subscription:
    """Look for changes."""
    return look_for_changes(path, settings(life, day), at=at(day), today=on(day), **more)


def held(life: Life, tmp_path: Path, data: bytes, name: str = "club.ics", **more: Any) -> Held:
    """Read a calendar that is handed in."""
    file = tmp_path / name
    file.write_bytes(data)
    return read_held([file], settings(life), today=TODAY, **more)


def wrong(act: Callable[[], object]) -> str:
    """What is said of an address that is not fetched."""
    with pytest.raises(InputError) as error:
        act()
    assert [fault.place for fault in error.value.faults] == ["address"]
    return str(error.value)


# --------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(("text", "plain"), [
    ("webcal://club.example/a.ics", "https://club.example/a.ics"),
    ("HTTPS://Club.Example:443/a b.ics?x=ä#top", "https://club.example/a%20b.ics?x=%C3%A4"),
    ("http://club.example:8080", "http://club.example:8080/"),
    ("https://läufer.example/k", "https://xn--lufer-gra.example/k"),
    ("https://[2001:DB8::1]/k", "https://[2001:db8::1]/k"),
    ("https://a.example/x%20y?z=%C3", "https://a.example/x%20y?z=%C3"),
])
def test_addresses_are_written_as_they_are_asked(text, plain):
    """Calendars' own scheme is https, names are small, what no address holds is escaped once, and twice is the same."""
    assert checked_address(text) == plain
    assert checked_address(plain) == plain


@pytest.mark.parametrize("text", [
    "", "club.example/a.ics", "file:///etc/passwd", "ftp://club.example/a", "gopher://x", "javascript:alert(1)",
    "https://", "https:///a", "https://ana:secret@club.example/a", "https://club.example:port/", "https://a b.example/",
    "https://club.example/a\r\nHost: other", "https://[::1/", "https://" + "a" * 3000, "https://..example/",
    "https://x%zz/", "data:text/calendar,BEGIN", "https://club.example:99999/",
])
def test_what_is_no_address_is_refused_in_words(text):
    """Other schemes, passwords, broken hosts and ports, line ends and endless texts are refused at their field."""
    assert "address" in wrong(lambda: checked_address(text)) or text


def test_an_address_is_named_without_what_may_be_secret():
    """Neither the folders nor the query of a secret address are shown."""
    shown = shown_address("https://calendar.example/private-k3y/of-ana/basic.ics?token=t0p")
    assert shown == "calendar.example/.../basic.ics"
    assert shown_address("https://calendar.example/" + "k" * 40) == "calendar.example/..."


PUBLIC = ("93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822")
OWN = ("127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.4", "100.64.0.7", "::1", "fd00::4", "::ffff:192.168.1.4",
       "64:ff9b::a00:1")
NEVER = ("0.0.0.0", "169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1", "::", "240.0.0.1",
         "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "255.255.255.255")


@pytest.mark.parametrize(("texts", "open_to", "at_home"), [
    (PUBLIC, True, True), (OWN, False, True), (NEVER, False, False)])
def test_only_machines_that_are_meant_are_asked(texts, open_to, at_home):
    """The internet always, the own network with the runner's word, what clouds keep for themselves never."""
    found = [ipaddress.ip_address(text) for text in texts]
    assert {may_ask(ip, own_network=False) for ip in found} == {open_to}
    assert {may_ask(ip, own_network=True) for ip in found} == {at_home}


# ---------------------------------------------------------------------------------------------------- fetching


def test_a_machine_of_ones_own_is_asked_only_when_it_is_meant(server):
    """Loopback is refused before anything is sent to it, and answers once the runner says so."""
    assert "private network" in wrong(lambda: fetch(f"{server.home}/a.ics"))
    assert server.asked == []
    assert fetch(f"{server.home}/a.ics", own_network=True).data == server.data
    assert [path for path, _ in server.asked] == ["/a.ics"]


def test_a_public_name_that_leads_home_is_refused(server, monkeypatch):
    """One private address among a name's addresses is enough, and the name is resolved once for each request."""
    port = int(server.home.rpartition(":")[2])
    asked = []

    def resolved(host: str, number: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, number)) for ip in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert "private network" in wrong(lambda: fetch(f"http://club.example:{port}/a.ics"))
    assert (server.asked, asked) == ([], ["club.example"])


def test_nothing_is_told_but_the_address_and_the_version_that_is_known(server):
    """No cookie, no referrer, no language: host, agent, accept, and the tags of the version before."""
    server.headers = {"ETag": '"v1"', "Last-Modified": "Tue, 05 Jan 2027 08:00:00 GMT", "Set-Cookie": "a=b"}
    first = fetch(f"{server.home}/a.ics?k=1", own_network=True)
    assert (first.etag, first.modified, first.unchanged) == ('"v1"', "Tue, 05 Jan 2027 08:00:00 GMT", False)
    again = fetch(f"{server.home}/a.ics?k=1", own_network=True, etag=first.etag, modified=first.modified)
    assert again == Feed(unchanged=True)
    told = {name.lower() for name in server.asked[1][1]}
    assert told == {"host", "accept-encoding", "user-agent", "accept", "if-none-match", "if-modified-since"}


def test_it_follows_a_few_steps_and_not_to_other_places(server):
    """Three redirects are followed; more, to other schemes and from encrypted to plain are refused."""
    steps = {f"/{n}": (302, {"Location": f"/{n + 1}"}) for n in range(3)}
    server.at_path = {**steps, "/file": (301, {"Location": "file:///etc/passwd"}), "/on": (307, {"Location": "/on"})}
    assert fetch(f"{server.home}/0", own_network=True).data == server.data
    assert "begins with https" in wrong(lambda: fetch(f"{server.home}/file", own_network=True))
    assert "without end" in wrong(lambda: fetch(f"{server.home}/on", own_network=True))
    assert len(server.asked) == 4 + 1 + 4


def test_a_step_to_a_plain_address_is_refused(monkeypatch):
    """What was asked for encrypted is never asked for in the open."""
    monkeypatch.setattr(calendar_feed, "_ask", lambda parts, asked, own_network: "http://club.example/a.ics")
    assert "not encrypted" in wrong(lambda: fetch("https://club.example/a.ics"))


@pytest.mark.parametrize(("status", "words"), [(403, "not open"), (404, "no calendar"), (500, "an error (500)")])
def test_other_answers_are_told_in_words(server, status, words):
    """A locked, a missing and a broken calendar are told apart."""
    server.status = status
    assert words in wrong(lambda: fetch(server.home, own_network=True))


def test_a_calendar_without_end_is_not_read_to_its_end(server):
    """Whatever length it tells, no more than the limit is taken."""
    server.data = b"BEGIN:VCALENDAR\n" + b"x" * (calendar_feed.MOST_BYTES + 1000)
    assert "longer than 5 MB" in wrong(lambda: fetch(server.home, own_network=True))


def test_half_a_calendar_is_none(server):
    """An answer that breaks off is a fault, not a shorter calendar."""
    server.headers = {"Content-Length": str(len(server.data) + 10), "Connection": "close"}
    assert "does not answer" in wrong(lambda: fetch(server.home, own_network=True))


def test_a_packed_answer_is_refused(server):
    """What was not asked for is not unpacked: no bomb in it can grow."""
    server.headers = {"Content-Encoding": "gzip"}
    assert "packed" in wrong(lambda: fetch(server.home, own_network=True))


def test_a_silent_and_a_dripping_machine_are_left(server, monkeypatch):
    """Silence ends after its limit, and so does an answer that never comes to its end."""
    gone = threading.Event()
    server.slowly = lambda: gone.wait(5) and None
    monkeypatch.setattr(calendar_feed, "TIMEOUT_S", 0.2)
    assert "too long" in wrong(lambda: fetch(server.home, own_network=True))
    monkeypatch.setattr(calendar_feed, "TIMEOUT_S", 5.0)
    monkeypatch.setattr(calendar_feed, "WHOLE_S", 0.2)
    assert "does not answer" in wrong(lambda: fetch(server.home, own_network=True))
    gone.set()


def test_who_is_not_there_is_told_in_words(server, monkeypatch):
    """An unknown name and a closed door are no traceback."""
    def unknown(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", unknown)
        assert "is known" in wrong(lambda: fetch("https://nowhere.example/a.ics"))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        there = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert "does not answer" in wrong(lambda: fetch(there, own_network=True))


# ------------------------------------------------------------------------------------------------ what is remembered


def test_it_is_remembered_beside_the_diary_for_its_owner_alone(life, path, tmp_path):
    """One file with the diary's name, readable by nobody else; for a server's diary in the user's folder."""
    subscribe(path, "webcal://club.example/a.ics")
    assert path.name == "diary.db-calendar.json"
    assert path.stat().st_mode & 0o077 == 0
    other = calendar_file("postgresql://club.example/diary", tmp_path)
    assert other.parent == tmp_path
    assert "club" not in other.name
    with pytest.raises(InputError, match="could not be remembered"):
        calendar_file("memory", tmp_path)


def test_a_damaged_file_is_as_none(path):
    """What cannot be read is forgotten, not raised on every page; with the diary all of it is."""
    path.write_bytes(b'{"subscription": {"address": 7}}')
    assert kept_in(path) == remembering.Kept()
    subscribe(path, "https://club.example/a.ics")
    assert kept_in(path).subscription is not None
    remembering.forget(path)
    remembering.forget(path)
    assert not path.exists()


def test_another_address_takes_the_place_of_one_before(life, path, tmp_path):
    """The calendar that waited for the first address waits no longer; one that was handed in still does."""
    subscribe(path, "https://club.example/a.ics")
    looked(life, path, fetched=lambda *_, **__: Feed(data=ics(*CLUB)))
    assert kept_in(path).waiting is not None
    subscribe(path, "https://other.example/b.ics")
    assert kept_in(path).waiting is None
    offer(path, held(life, tmp_path, ics(*CLUB)), ["club.ics"], now=at())
    unsubscribe(path)
    kept = kept_in(path)
    assert (kept.subscription, kept.waiting.names) == (None, ("club.ics",))


# ------------------------------------------------------------------------------------------------------- looking


def test_a_changed_calendar_waits_and_changes_nothing_by_itself(life, path, server):
    """After a look the plan is what it was, and the calendar waits with its runs."""
    before = need_course(life.entries).plan.id
    subscribe(path, f"{server.home}/club.ics", own_network=True)
    found = looked(life, path)
    waiting = kept_in(path).waiting
    assert (found.failed, found.says) == (False, remembering.FIRST)
    assert [run.date.isoformat() for run in waiting.held.runs] == ["2027-01-19", "2027-01-23", "2027-01-31"]
    assert (waiting.names, waiting.subscribed) == (("127.0.0.1",), True)
    assert need_course(current(life.store)).plan.id == before


def test_the_same_version_is_not_read_again(life, path, server):
    """The server is told which version is known, and its short answer counts as the calendar that was held."""
    server.headers = {"ETag": '"v1"'}
    subscribe(path, server.home, own_network=True)
    looked(life, path)
    settle(path, kept_in(path).waiting, taken=False)
    found = looked(life, path, 9)
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"v1"']
    assert (found.says, kept_in(path).waiting) == (remembering.ASIDE, None)
    looked(life, path, 9 + 31)
    assert server.asked[-1][1].get("If-None-Match") is None


def test_what_was_put_aside_comes_back_only_when_it_changes(life, path, server):
    """A calendar that was turned down is not offered again each day; a new version of it is."""
    subscribe(path, server.home, own_network=True)
    looked(life, path)
    settle(path, kept_in(path).waiting, taken=False)
    assert (looked(life, path, 9).says, kept_in(path).waiting) == (remembering.ASIDE, None)
    server.data = ics(*CLUB[:2], ("20270131", "Long run 16 km"))
    assert looked(life, path, 10).says == remembering.WAITS
    assert kept_in(path).waiting.held.runs[-1].title == "Long run 16 km"


def test_a_look_that_fails_keeps_what_waits(life, path, server):
    """A server that is down costs nothing that was known, and is told in words."""
    subscribe(path, server.home, own_network=True)
    looked(life, path)
    server.status = 503
    found = looked(life, path, 9)
    assert found.failed
    assert "503" in found.says
    assert kept_in(path).waiting is not None
    server.status, server.data = 200, b"<html>sign in</html>"
    assert looked(life, path, 9).failed
    assert kept_in(path).subscription.held == kept_in(path).waiting.held


def test_a_calendar_without_runs_to_come_is_told(life, path, server):
    """It is a fault of the address, and the plan keeps its runs."""
    server.data = ics(("20261101", "Easy 40 min"))
    subscribe(path, server.home, own_network=True)
    found = looked(life, path)
    assert found.says == f"It holds no run from {TODAY} on; hand in a calendar of the weeks to come."
    assert kept_in(path).waiting is None


def test_it_is_due_once_a_day(life, path, server):
    """Looked at once, it is due the next day; without a subscription never."""
    assert not is_due(path, TODAY)
    subscribe(path, server.home, own_network=True)
    assert is_due(path, TODAY)
    looked(life, path)
    assert not is_due(path, TODAY)
    assert is_due(path, on(DAY + 1))


def test_what_was_ended_meanwhile_stays_ended(life, path):
    """A look that comes back after the address was forgotten writes nothing."""
    subscribe(path, "https://club.example/a.ics")

    def ends(*_: Any, **__: Any) -> Feed:
        unsubscribe(path)
        return Feed(data=ics(*CLUB))

    looked(life, path, fetched=ends)
    assert kept_in(path) == remembering.Kept()
    with pytest.raises(InputError, match="no address is subscribed"):
        looked(life, path)


# ------------------------------------------------------------------------------------------- what it would change


def waits(life: Life, path: Path, tmp_path: Path, data: bytes = b"", name: str = "club.ics") -> Waiting:
    """Let a calendar wait."""
    return offer(path, held(life, tmp_path, data or ics(*CLUB), name), [name], now=at())


def seen(life: Life, waiting: Waiting, day: int = DAY) -> calendar_change.CalendarChange:
    """Look at what it would change."""
    return preview(life.entries, waiting, stamp=stamp(day), clock=lambda: 0.0)


def test_a_preview_counts_and_writes_nothing(life, path, tmp_path):
    """What comes, goes and becomes another adds up to the runs before and after; the diary has no row more."""
    rows = life.store.count()
    found = seen(life, waits(life, path, tmp_path))
    before = [run for run in need_course(life.entries).plan.runs if run.date >= TODAY]
    after = [run for run in found.found.plan.runs if run.date >= TODAY]
    assert found.other + found.gone + found.same == len(before)
    assert found.other + found.new + found.same == len(after)
    assert found.gone > 0
    assert found.others == {"jonas-10k.ics": sum(run.date >= TODAY for run in settings(life).calendar)}
    assert life.store.count() == rows
    days = {day.date: day for day in found.days}
    assert [run.title for run in days[dt.date(2027, 1, 23)].new_runs] == ["Easy 40 min"]


def test_the_same_runs_change_no_day(life, path, tmp_path):
    """The plan's own calendar under another name leaves every date as it is."""
    found = seen(life, waits(life, path, tmp_path, EXAMPLE.read_bytes()))
    assert (found.days, found.new, found.gone, found.other) == ((), 0, 0, 0)


def test_beside_the_others_nothing_goes(life, path, tmp_path):
    """A second calendar beside the first adds its runs and takes none away."""
    waits(life, path, tmp_path)
    remembering.put_beside(path, beside=True)
    found = seen(life, kept_in(path).waiting)
    assert (found.gone, found.other) == (0, 0)
    assert found.new == len(CLUB)


def test_what_is_accepted_is_the_plan_and_one_undo_takes_it_back(life, path, tmp_path):
    """The runs stand in the plan with all that was lived, later mornings keep them, and undo brings the old ones."""
    before = need_course(life.entries).plan
    waiting = waits(life, path, tmp_path)
    shown = seen(life, waiting)
    done = calendar_change.accept(life.store, waiting, shown.plan, stamp=stamp(), clock=lambda: 9.0)
    course = need_course(life.entries)
    assert course.plan.id == shown.plan
    assert course.plan.starts == before.starts
    assert {run.source for run in course.plan.runs if run.date > TODAY and run.date <= dt.date(2027, 1, 31)} <= {
        "club.ics", "pattern"}
    later = know(life.entries, today=on(DAY + 2))
    assert {run.date for run in later.brief.calendar if run.source == "club.ics"} == {
        run.date for run in waiting.held.runs}
    take_back(life.store, done.batch, now=at(DAY, 8), date=TODAY)
    assert need_course(life.entries).plan.id == before.id


def test_what_the_runner_moved_stays_moved(life, path, tmp_path):
    """A run that was moved by hand is not put back by a calendar that still has it on its old date."""
    plan = need_course(life.entries).plan
    run = next(run for run in plan.runs if run.date == dt.date(2027, 1, 22))
    life.note(DAY, Moved(day=run.date, to=dt.date(2027, 1, 23), activity=run.id))
    waiting = waits(life, path, tmp_path, EXAMPLE.read_bytes())
    found = seen(life, waiting)
    there = [one for one in found.found.plan.runs if dt.date(2027, 1, 22) <= one.date <= dt.date(2027, 1, 23)]
    assert [one.date.day for one in there] == [23]


def test_another_plan_than_the_one_shown_is_not_taken(life, path, tmp_path):
    """When the diary has changed since it was shown, nothing is written."""
    waiting = waits(life, path, tmp_path)
    rows = life.store.count()
    with pytest.raises(InputError, match="another one than when this was shown"):
        calendar_change.accept(life.store, waiting, "plan-of-before", stamp=stamp(), clock=lambda: 0.0)
    assert life.store.count() == rows


def test_an_accepted_subscription_has_no_changes_until_it_changes(life, path, server):
    """After it was taken a look finds nothing; taken back, the calendar waits again."""
    subscribe(path, server.home, own_network=True)
    looked(life, path)
    waiting = kept_in(path).waiting
    done = calendar_change.accept(life.store, waiting, seen(life, waiting).plan, stamp=stamp(), clock=lambda: 0.0)
    settle(path, waiting, taken=True)
    assert looked(life, path).says == remembering.SAME
    assert kept_in(path).waiting is None
    take_back(life.store, done.batch, now=at(DAY, 8), date=TODAY)
    assert looked(life, path).says == remembering.WAITS
    assert kept_in(path).waiting is not None


def test_a_list_of_weeks_leads_to_the_race(life, path, tmp_path):
    """Without a date it leads to the next A race; with a Monday it begins there; without both it is asked for."""
    weeks = json.dumps({"units": "km", "schedule": [
        {"workouts": [None, {"title": "6 km easy"}]}, {"workouts": [None] * 6 + [{"title": "10 km race"}]}]}).encode()
    assert [run.date.isoformat() for run in held(life, tmp_path, weeks, "weeks.json").runs] == [
        "2027-03-30", "2027-04-11"]
    began = held(life, tmp_path, weeks, "weeks.json", runs_start=dt.date(2027, 2, 1))
    assert began.runs[0].date == dt.date(2027, 2, 2)
    with pytest.raises(InputError) as error:
        held(life, tmp_path, weeks, "weeks.json", runs_start=dt.date(2027, 2, 2))
    assert "Monday" in str(error.value)


def test_recordings_are_no_calendar(life, tmp_path):
    """What was run is told to be handed in with the recordings."""
    with pytest.raises(InputError, match="no plan of runs"):
        held(life, tmp_path, b"PK\x03\x04", "export.zip")


def test_without_a_plan_nothing_can_change(tmp_path):
    """A diary without a plan says what to do first."""
    with pytest.raises(InputError, match="make one first"):
        need_settings((), TODAY)
