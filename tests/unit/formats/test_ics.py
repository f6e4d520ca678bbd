"""iCalendar: runs of a calendar that people keep, and sessions as a calendar."""

from __future__ import annotations

import datetime
import datetime as dt
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import dateutil.rrule
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.domain.run import RunType
from midstance.domain.session import Kind
from midstance.domain.units import clock_text
from midstance.formats._format import InputError, Parsed
from midstance.formats._recurrence import Recurrence, occurrence_dates, read_rule
from midstance.formats.ics import FORMAT, parse_ics, render_plan_ics
from strategies_plan import MONDAY, a_plan, plans

if TYPE_CHECKING:
    from midstance.domain.plan import Plan

FIRST, LAST = dt.date(2026, 11, 30), dt.date(2027, 3, 21)


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events given as their lines."""
    bodies = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{bodies}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def parse(data: bytes, *, zone: str = "Europe/Lisbon", last: dt.date = LAST) -> Parsed:
    """Read a calendar as a runner in Lisbon would."""
    return parse_ics(data, "runs.ics", zone=zone, first=FIRST, last=last)


def starts(parsed: Parsed) -> list[str]:
    """Date and time of each run."""
    times = ["" if run.start_minute is None else f" {clock_text(run.start_minute)}" for run in parsed.entries]
    return [f"{run.date:%m-%d}{time}" for run, time in zip(parsed.entries, times, strict=True)]


@pytest.mark.parametrize(("line", "zone", "wanted"), [
    ("DTSTART;TZID=Europe/Lisbon:20261202T203000", "Europe/Lisbon", "12-02 20:30"),
    ("DTSTART:20261203T063000", "Europe/Lisbon", "12-03 06:30"),
    ("DTSTART:20261203T193000Z", "Australia/Sydney", "12-04 06:30"),
    ("DTSTART;TZID=America/New_York:20261203T200000", "Europe/Lisbon", "12-04 01:00"),
    ("DTSTART;TZID=W. Europe Standard Time:20261203T200000", "Europe/Lisbon", "12-03 19:00"),
    ("DTSTART;VALUE=DATE:20261206", "Asia/Kathmandu", "12-06"),
])
def test_times_are_by_the_runners_clock(line: str, zone: str, wanted: str) -> None:
    """Times in UTC or another zone are turned into the runner's; floating times and whole days stay."""
    assert starts(parse(calendar(f"{line}\nSUMMARY:Easy 40 min"), zone=zone)) == [wanted]


def test_length_comes_from_title_then_distance_then_event() -> None:
    """A stated length or distance wins; only a title without either takes the event's duration."""
    parsed = parse(calendar(
        "DTSTART:20261202T203000\nDURATION:PT45M\nSUMMARY:Easy 40 min",
        "DTSTART:20261203T203000\nDURATION:PT45M\nSUMMARY:Tempo 8 km",
        "DTSTART:20261204T203000\nDURATION:PT1H40M\nSUMMARY:Long run",
        "DTSTART:20261205T203000\nDTEND:20261205T212000\nSUMMARY:Easy run",
        "DTSTART;TZID=Europe/Lisbon:20261206T100000\nDTEND:20261206T111500Z\nSUMMARY:Easy run",
        "DTSTART;VALUE=DATE:20261207\nDTEND;VALUE=DATE:20261208\nSUMMARY:Easy run",
        "DTSTART:20261208T203000\nDURATION:P9D\nSUMMARY:Easy run"))
    assert [(r.minutes, r.distance_km) for r in parsed.entries] == [
        (40, None), (None, 8), (100, None), (50, None), (75, None), (None, None), (None, None)]


def test_only_runs_are_runs() -> None:
    """Rest days and cancelled events are counted, and what cannot be read is listed, once an event."""
    parsed = parse(calendar(
        "DTSTART:20261202T203000\nSUMMARY:Easy 40 min", "DTSTART:20261203\nSUMMARY:Rest",
        "DTSTART:20261204T063000\nSTATUS:CANCELLED\nSUMMARY:Tempo 8 km",
        "DTSTART:20261205T063000\nRRULE:FREQ=DAILY\nSUMMARY:Qwertz"))
    assert starts(parsed) == ["12-02 20:30"]
    assert parsed.ignored == 2
    assert parsed.unread == ((dt.date(2026, 12, 5), "Qwertz"),)


@pytest.mark.parametrize(("rule", "wanted"), [
    ("RRULE:FREQ=WEEKLY;COUNT=3", ["12-01 06:30", "12-08 06:30", "12-15 06:30"]),
    ("RRULE:FREQ=WEEKLY;UNTIL=20261215T063000Z", ["12-01 06:30", "12-08 06:30", "12-15 06:30"]),
    ("RRULE:FREQ=WEEKLY;UNTIL=20261215T062900Z", ["12-01 06:30", "12-08 06:30"]),
    ("RRULE:FREQ=WEEKLY;UNTIL=20261208", ["12-01 06:30", "12-08 06:30"]),
    ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=4", ["12-01 06:30", "12-03 06:30", "12-15 06:30", "12-17 06:30"]),
    ("RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=2", ["12-27 06:30", "01-31 06:30"]),
    ("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["12-31 06:30", "01-29 06:30"]),
    ("RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Lisbon:20261208T063000\nEXDATE:20261215",
     ["12-01 06:30", "12-22 06:30"]),
    ("RDATE;TZID=Europe/Lisbon:20261205T080000,20261206T090000", ["12-01 06:30", "12-05 08:00", "12-06 09:00"]),
])
def test_repeated_events_are_spread_out(rule: str, wanted: list[str]) -> None:
    """COUNT, UNTIL, INTERVAL, BYDAY, BYSETPOS, EXDATE and RDATE each do what RFC 5545 says."""
    event = f"DTSTART;TZID=Europe/Lisbon:20261201T063000\n{rule}\nSUMMARY:Easy 40 min"
    assert starts(parse(calendar(event))) == wanted


def test_endless_rules_end_with_the_span() -> None:
    """A rule without end gives the dates of the span, by the clock also when the clocks change."""
    event = "DTSTART;TZID=Europe/Lisbon:20200107T063000\nRRULE:FREQ=WEEKLY\nSUMMARY:Easy 40 min"
    found = starts(parse(calendar(event), last=dt.date(2027, 4, 11)))
    assert (found[0], found[-1], len(found)) == ("12-01 06:30", "04-06 06:30", 19)


def test_a_changed_occurrence_replaces_its_own() -> None:
    """An event with RECURRENCE-ID stands for one occurrence: moved, or called off, whatever zone it is written in."""
    parsed = parse(calendar(
        "UID:a\nDTSTART;TZID=Europe/Lisbon:20261201T063000\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Easy 40 min",
        "UID:a\nRECURRENCE-ID:20261208T063000Z\nDTSTART;TZID=Europe/Lisbon:20261209T190000\nSUMMARY:Easy 50 min",
        "UID:a\nRECURRENCE-ID;TZID=Europe/Lisbon:20261215T063000\nDTSTART;TZID=Europe/Lisbon:20261215T063000\n"
        "STATUS:CANCELLED\nSUMMARY:Easy 40 min",
        "UID:b\nDTSTART:20261208T063000\nSUMMARY:Easy 30 min"))
    assert sorted(starts(parsed)) == ["12-01 06:30", "12-08 06:30", "12-09 19:00", "12-22 06:30"]
    assert [run.minutes for run in parsed.entries if run.date.day == 8] == [30]


ZONE = """BEGIN:VTIMEZONE
TZID:My own zone
BEGIN:STANDARD
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0300
TZOFFSETTO:{offset}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:{offset}
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
"""


def test_a_zone_of_the_files_own_counts_for_that_file() -> None:
    """Two files may describe a zone of the same name differently; each is read by its own description."""
    event = "DTSTART;TZID=My own zone:20261202T100000\nSUMMARY:Easy 40 min"
    for offset, wanted in (("+0200", "12-02 08:00"), ("+0500", "12-02 05:00"), ("+0200", "12-02 08:00")):
        assert starts(parse(calendar(event, head=ZONE.format(offset=offset)))) == [wanted]


def test_an_unknown_zone_is_said() -> None:
    """Times of an unknown zone, or one whose description is hostile, are taken as the runner's; a fault says so."""
    hostile = ZONE.format(offset="+0200").replace("FREQ=YEARLY", "FREQ=SECONDLY")
    for head in ("", hostile):
        parsed = parse(calendar("DTSTART;TZID=My own zone:20261202T100000\nSUMMARY:Easy 40 min", head=head))
        assert starts(parsed) == ["12-02 10:00"]
        assert "My own zone" in str(parsed.faults[-1])


@pytest.mark.parametrize(("event", "words"), [
    ("DTSTART:2026-13-45T99\nSUMMARY:Tempo 8 km", ("2026-13-45T99", "Tempo 8 km")),
    ("DTSTART:20261203T063000\nSUMMARY Tempo 8 km", ("Tempo 8 km", "SUMMARY")),
    ("DTSTART:20261203T063000", ("SUMMARY",)),
    ("SUMMARY:Easy 40 min", ("DTSTART",)),
    ("DTSTART:20261203T063000\nDTSTART:20261204T063000\nSUMMARY:Easy 40 min", ("DTSTART 2 times",)),
    ("DTSTART:20261203T063000\nDTEND:20261202T063000\nSUMMARY:Easy 40 min", ("ends before it begins",)),
    ("DTSTART:20261203T063000\nRRULE:FREQ=SECONDLY\nSUMMARY:Easy 40 min", ("SECONDLY",)),
    ("DTSTART:20261203T063000\nRRULE:FREQ=DAILY;INTERVAL=0\nSUMMARY:Easy 40 min", ("INTERVAL",)),
    ("DTSTART:20261203T063000\nRRULE:FREQ=DAILY;BYHOUR=6,7\nSUMMARY:Easy 40 min", ("BYHOUR",)),
    ("DTSTART:20261203T063000\nRRULE:COUNT=2\nSUMMARY:Easy 40 min", ("FREQ",)),
    ("DTSTART:10261203T063000\nRRULE:FREQ=DAILY\nSUMMARY:Easy 40 min", ("1026",)),
])
def test_a_broken_event_costs_no_other(event: str, words: tuple[str, ...]) -> None:
    """A broken event is a fault with its lines, and the sound events around it are read."""
    sound = ("DTSTART:20261202T203000\nSUMMARY:Easy 40 min", "DTSTART:20261205\nSUMMARY:Easy 5 km")
    parsed = parse(calendar(sound[0], event, sound[1]))
    assert starts(parsed) == ["12-02 20:30", "12-05"]
    assert len(parsed.faults) == 1
    assert parsed.faults[0].place.startswith("line")
    assert all(word in str(parsed.faults[0]) for word in words), parsed.faults


def test_a_file_that_breaks_off_gives_its_sound_events() -> None:
    """Without its end a calendar gives what was whole; the event that breaks off is named with its line."""
    whole = calendar("DTSTART:20261202T203000\nSUMMARY:Easy 40 min", "DTSTART:20261203T203000\nSUMMARY:Tempo 8 km")
    parsed = parse(whole[:-40])
    assert starts(parsed) == ["12-02 20:30"]
    assert "line" in parsed.faults[0].place


def test_folds_alarms_and_encodings_do_not_disturb() -> None:
    """A fold inside a character, an alarm inside an event, UTF-16 and old Windows letters are all read."""
    event = "DTSTART:20261202T203000\nBEGIN:VALARM\nSUMMARY:Beep\nTRIGGER:-PT5M\nEND:VALARM\nSUMMARY:Zoë easy 40 min"
    plain = calendar(event)
    cut = plain.index("ë".encode()) + 1
    for data in (plain, plain[:cut] + b"\r\n " + plain[cut:], plain.decode().encode("utf-16"),
                 plain.decode().encode("cp1252"), b"\xef\xbb\xbf" + plain):
        parsed = parse(data)
        assert [(run.title, run.minutes, run.type) for run in parsed.entries] == [("Zoë easy 40 min", 40, RunType.EASY)]


@pytest.mark.parametrize("data", [b"", b"hello", bytes(range(256)) * 9, b"BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    """Another file is refused with what its first line must be."""
    with pytest.raises(InputError, match=r"runs\.ics: is not an iCalendar file - .*BEGIN:VCALENDAR"):
        parse(data)
    assert not FORMAT.sniff(data)


def test_hostile_repetition_costs_no_time() -> None:
    """Rules that never come true, and thousands of old ones, are answered within seconds."""
    never = "DTSTART:20260101T063000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:Easy 40 min"
    old = "DTSTART:19000101T063000\nRRULE:FREQ=DAILY;COUNT=99999\nSUMMARY:Easy 40 min"
    began = time.perf_counter()
    parsed = parse(calendar(*[never] * 20, *[old] * 60))
    assert time.perf_counter() - began < 8
    assert "too much is repeated" in str(parsed.faults[-1])


def test_a_flood_of_runs_is_refused() -> None:
    """More than 20,000 runs in the span are refused, naming the place."""
    daily = "DTSTART:20261130T063000\nRRULE:FREQ=DAILY\nSUMMARY:Easy 40 min"
    with pytest.raises(InputError, match="more than 20000 runs"):
        parse(calendar(*[daily] * 200))


def test_ten_years_of_other_events_are_quick() -> None:
    """Twenty thousand events of other years are passed over within seconds."""
    data = calendar(*[f"DTSTART:20{i % 20:02}0101T063000\nSUMMARY:Meeting {i}" for i in range(20_000)])
    began = time.perf_counter()
    assert parse(data) == Parsed()
    assert time.perf_counter() - began < 4


RULES = st.fixed_dictionaries({"FREQ": st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))}, optional={
    "INTERVAL": st.integers(1, 4), "COUNT": st.integers(1, 30), "WKST": st.sampled_from(("MO", "SU")),
    "BYMONTH": st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True),
    "BYMONTHDAY": st.lists(st.integers(1, 31) | st.integers(-31, -1), min_size=1, max_size=3, unique=True),
    "BYDAY": st.lists(st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")), min_size=1, max_size=3, unique=True),
    "BYSETPOS": st.lists(st.sampled_from((1, 2, -1)), min_size=1, max_size=2, unique=True),
})


@settings(max_examples=150, deadline=None)
@given(RULES, st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)))
def test_repetition_agrees_with_an_independent_reader(rule: dict, start: dt.date) -> None:
    """The dates of a rule between two dates are those that dateutil finds."""
    by = {"BYMONTH", "BYMONTHDAY", "BYDAY"}
    if "BYSETPOS" in rule and not by & set(rule):
        rule = {**rule, "BYDAY": ["TU"]}
    if "BYSETPOS" in rule and rule["FREQ"] == "WEEKLY":
        # dateutil counts positions of a first week from its start date on, RFC 5545 those of the whole week
        start -= dt.timedelta(days=(start.weekday() + (rule.get("WKST") == "SU")) % 7)
    parts = {key: value if isinstance(value, list) else [value] for key, value in rule.items()}
    text = ";".join(f"{key}={','.join(map(str, values))}" for key, values in parts.items())
    first, last = dt.date(2026, 6, 1), dt.date(2027, 12, 31)
    with pytest.MonkeyPatch.context() as patch:
        # it would look for a 30 February until the year 9999
        patch.setattr(dateutil.rrule, "datetime", SimpleNamespace(**{**vars(datetime), "MAXYEAR": 2028}))
        oracle = dateutil.rrule.rrulestr(text, dtstart=dt.datetime.combine(start, dt.time()))
        found = [moment.date() for moment in oracle]
    wanted = [date for date in found if first <= date <= last]
    assert occurrence_dates(read_rule(parts), start=start, first=first, last=last) == wanted


def test_ordinals_count_in_month_and_year() -> None:
    """The second Tuesday and last Friday of a month and the 20th Monday of a year fall on their dates."""
    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    monthly = Recurrence(frequency="MONTHLY", weekdays=((2, 1), (-1, 4)))
    assert occurrence_dates(monthly, start=first, first=first, last=dt.date(2026, 2, 28)) == [
        dt.date(2026, 1, 13), dt.date(2026, 1, 30), dt.date(2026, 2, 10), dt.date(2026, 2, 27)]
    yearly = Recurrence(frequency="YEARLY", weekdays=((20, 0),))
    assert occurrence_dates(yearly, start=first, first=first, last=last) == [dt.date(2026, 5, 18)]


PLAN = a_plan("Tue 18:00 heavy 28min | Wed 06:30 easy 50min | Thu 18:00 mobility 15min | Fri 18:00 heavy 26min")


def read_back(data: bytes) -> list[icalendar.Event]:
    """Events of a rendered calendar."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/New_York", "Australia/Sydney"])
def test_sessions_start_by_the_clock_across_clock_changes(zone: str) -> None:
    """Read back, each session starts and ends at its local time, in winter and in summer, with the right offset."""
    plan = a_plan(" / ".join(["Sat 18:00 heavy 28min | Mon 07:00 mobility 15min"]))
    shifted = [move(plan, days) for days in (0, 119, 126, 133, 140, 147, 280, 336)]
    for moved in shifted:
        found = read_back(render_plan_ics(moved, zone=zone, names={}))
        wanted = sorted((s.start, s.end) for s in moved.sessions)
        assert sorted((e.start.replace(tzinfo=None), e.end.replace(tzinfo=None)) for e in found) == wanted
        for event in found:
            assert event.start.utcoffset() == event.start.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def move(plan: Plan, days: int) -> Plan:
    """The same plan some days later."""
    by = dt.timedelta(days=days)
    weeks = tuple(replace(week, starts=week.starts + by, days=tuple(
        replace(day, date=day.date + by, runs=(), sessions=tuple(replace(s, start=s.start + by) for s in day.sessions))
        for day in week.days)) for week in plan.weeks)
    return replace(plan, starts=plan.starts + by, ends=plan.ends + by, weeks=weeks)


def test_the_written_zone_agrees_with_the_database() -> None:
    """The VTIMEZONE alone, without any zone database, gives the offsets of both halves of the year."""
    data = render_plan_ics(PLAN, zone="America/New_York", names={})
    zone = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for date in (dt.date(2026, 12, 1), dt.date(2027, 7, 1), dt.date(2027, 3, 14)):
        day = dt.datetime.combine(date, dt.time(18))
        assert day.replace(tzinfo=zone).utcoffset() == day.replace(tzinfo=ZoneInfo("America/New_York")).utcoffset()


def test_an_event_says_what_to_do() -> None:
    """Title, categories and text of an event name the session, its blocks and its reasons."""
    events = read_back(render_plan_ics(PLAN, zone="Europe/Lisbon", names={}))
    assert [str(event["SUMMARY"]) for event in events] == [
        "Heavy strength 28 min", "Mobility 15 min", "Heavy strength 26 min"]
    assert [event["SEQUENCE"] for event in events] == [0, 0, 0]
    assert {str(category) for category in events[0].categories} == {"midstance", "heavy"}
    assert {event["DTSTAMP"].dt for event in events} == {dt.datetime.combine(MONDAY, dt.time(), tzinfo=dt.UTC)}


def test_a_moved_session_keeps_its_identity() -> None:
    """UIDs are unique, the same in every export, and stay when a session moves within its week."""
    moved = a_plan("Mon 07:00 heavy 20min | Thu 18:00 mobility 15min | Sat 18:00 heavy 26min")
    exports = [render_plan_ics(plan, zone="UTC", names={}) for plan in (PLAN, moved)]
    uids = [[str(event["UID"]) for event in read_back(data)] for data in exports]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 3


@settings(max_examples=25, deadline=None)
@given(plans())
def test_any_plan_is_a_calendar(plan: Plan) -> None:
    """Any plan renders twice to the same bytes, in lines of at most 75 bytes, with one event a session."""
    data = render_plan_ics(plan, zone="Europe/Lisbon", names={"plank": "Plank; with, signs\n"}, primers=True)
    assert data == render_plan_ics(plan, zone="Europe/Lisbon", names={"plank": "Plank; with, signs\n"}, primers=True)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert len(read_back(data)) == len(plan.sessions)
    without = [session for session in plan.sessions if session.kind is not Kind.PRIMER]
    assert len(read_back(render_plan_ics(plan, zone="Europe/Lisbon", names={}))) == len(without)
