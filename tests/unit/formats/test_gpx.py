"""GPX tracks: which are runs, how they are measured, and what strange XML does."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from builders_recordings import START, gpx, track_points
from midstance.formats import gpx as reader

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    ) + "]><gpx><trk><name>&j;</name></trk></gpx>"
)


def parse(text, source="a.gpx"):
    return reader.parse(text.encode() if isinstance(text, str) else text, source)


def only(parsed):
    assert len(parsed.entries) == 1, parsed
    return parsed.entries[0]


def test_a_run_is_measured_from_its_points():
    """A track of type running gives start, moving time, distance, heart rate and means by minute."""
    parsed = parse(gpx(track_points()))
    run = only(parsed)
    assert run.start == START
    assert run.seconds == 600
    assert run.distance_km == pytest.approx(1.8, rel=0.005)
    assert (run.mean_hr, run.max_hr, run.device) == (140, 140, "our tests")
    assert run.minute_hr[:10] == (140,) * 10
    assert run.minute_speed_m_s[4] == pytest.approx(3.0, rel=0.01)
    assert parsed.faults == ()


@pytest.mark.parametrize(("kind", "name", "speed", "runs", "ignored", "faults"), [
    ("trail_running", "", 3.0, 1, 0, 0),
    ("9", "", 3.0, 1, 0, 0),
    ("", "Morning Run", 3.0, 1, 0, 0),
    ("", "Lauf am Abend", 3.0, 1, 0, 0),
    ("cycling", "Run to work", 3.0, 0, 1, 0),
    ("", "Evening Ride", 3.0, 0, 1, 0),
    ("walking", "", 3.0, 0, 1, 0),
    ("", "Track 7", 3.0, 1, 0, 1),
    ("", "", 1.3, 0, 1, 0),
    ("", "", 9.0, 0, 1, 0),
])
def test_the_sport_is_told_by_type_then_name_then_speed(kind, name, speed, runs, ignored, faults):
    """Type comes before name and name before speed; a run by its speed alone is marked as doubtful."""
    parsed = parse(gpx(track_points(speed=speed), kind=kind, name=name))
    assert (len(parsed.entries), parsed.ignored, len(parsed.faults)) == (runs, ignored, faults)
    assert all("sport not stated" in fault.says and not fault.fatal for fault in parsed.faults)


def test_a_ride_without_a_sport_is_known_by_its_swings():
    """Climbing at 2 m/s and coasting at 8 m/s is no run, though the median could be one."""
    slow = track_points(seconds=500, speed=2.0, every=5)
    last = slow[-1]
    fast = [
        (last[0] + dt.timedelta(seconds=5 * k), last[1] + 40 * k / 111_195, 8.0, None) for k in range(1, 30)
    ]
    parsed = parse(gpx(slow + fast, kind=""))
    assert parsed.entries == ()
    assert "swings" in parsed.faults[0].says


def test_a_short_track_without_a_sport_tells_nothing():
    """Two minutes at a runner's speed are not enough to take a track for a run."""
    parsed = parse(gpx(track_points(seconds=120), kind=""))
    assert parsed.entries == ()
    assert "too short" in parsed.faults[0].says


def test_pauses_do_not_count():
    """A silence of ten minutes, and five minutes on the spot, are no moving time and give minutes of 0."""
    first = track_points(seconds=300)
    still = [(START + dt.timedelta(seconds=300 + s), first[-1][1], 8.0, 90) for s in range(1, 301)]
    rest = [
        (START + dt.timedelta(seconds=1200 + s), first[-1][1] + 3 * s / 111_195, 8.0, 140) for s in range(301)
    ]
    run = only(parse(gpx(first + still + rest)))
    assert run.seconds == pytest.approx(600, abs=6)
    assert run.distance_km == pytest.approx(1.8, rel=0.01)
    assert run.minute_speed_m_s[7] == 0
    assert run.minute_speed_m_s[15] == 0
    assert run.mean_hr == pytest.approx(140, abs=1)


def test_spikes_of_the_receiver_are_left_out():
    """Single fixes 5 km away change neither distance nor time by more than a step."""
    points = track_points()
    for i in (100, 200, 201, 400):
        points[i] = (points[i][0], points[i][1] + 0.05, 8.0, 140)
    run = only(parse(gpx(points)))
    assert run.distance_km == pytest.approx(1.8, rel=0.01)


def test_a_stated_offset_gives_the_local_start():
    """Times with an offset tell the runner's clock."""
    zone = dt.timezone(dt.timedelta(hours=-5))
    run = only(parse(gpx(track_points(at=START.astimezone(zone)))))
    assert run.start == START
    assert run.local_start == dt.datetime.fromisoformat("2026-11-03T01:30")


def test_points_out_of_order_and_with_a_lost_clock_do_no_harm():
    """Fixes in the wrong order are sorted, one from 1901 is dropped."""
    points = track_points()
    points[10], points[300] = points[300], points[10]
    points.insert(0, (dt.datetime(1901, 12, 13, tzinfo=dt.UTC), 45.0, 8.0, None))
    run = only(parse(gpx(points)))
    assert (run.start, run.seconds) == (START, 600)


TEXT = gpx(track_points(), name="Läufe")


@pytest.mark.parametrize("data", [
    b"\xef\xbb\xbf" + TEXT.encode(),
    b" \r\n\t" + TEXT.encode(),
    b"\xef\xbb\xbf\n  " + TEXT.encode(),
    TEXT.split("\n", 1)[1].encode(),
    TEXT.replace(' xmlns="urn:gpx"', "").encode(),
    TEXT.replace(' xmlns:x="urn:tpx"', "").encode(),
    TEXT.replace("UTF-8", "UTF-16").encode("utf-16"),
    TEXT.replace("UTF-8", "UTF-16").encode(),
    TEXT.encode("latin-1"),
    TEXT.replace("UTF-8", "windows-1252").encode("latin-1"),
    TEXT.replace("<gpx", "<g:gpx").replace("</gpx", "</g:gpx").encode(),
], ids=["bom", "blanks", "bom-blanks", "bare", "no-ns", "unbound", "utf16", "not-utf16", "latin", "cp1252", "prefix"])
def test_xml_is_read_as_programs_write_it(data):
    """Marks, blanks, missing or undeclared name spaces and false encodings do not matter."""
    parsed = parse(data)
    assert only(parsed).seconds == 600
    assert parsed.faults == ()
    assert only(parsed).mean_hr == 140


def test_entity_bombs_are_refused_at_once():
    """A document type is refused before any entity is expanded, naming the line."""
    began = time.perf_counter()
    parsed = parse(BOMB)
    assert time.perf_counter() - began < 0.5
    assert parsed.entries == ()
    assert parsed.faults[0].fatal
    assert "document type" in parsed.faults[0].says
    outside = '<!DOCTYPE gpx SYSTEM "file:///etc/hostname"><gpx></gpx>'
    assert "document type" in parse(outside).faults[0].says


def test_a_cut_file_gives_its_good_half():
    """A file that breaks off is measured up to there, and the fault names the line."""
    text = gpx(track_points())
    parsed = parse(text[:len(text) // 2])
    assert 200 < only(parsed).seconds < 350
    assert parsed.faults[0].place.startswith("line ")
    assert not parsed.faults[0].fatal


def test_endless_nesting_is_refused():
    """Elements nested without end stop the reading."""
    parsed = parse("<gpx>" + "<a>" * 100_000)
    assert "deeper" in parsed.faults[0].says


def test_tracks_without_times_and_files_without_tracks_are_faults():
    """A track without times is left out with a remedy; a route is no recording."""
    timeless = parse('<gpx><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>')
    assert "times" in timeless.faults[0].says
    assert timeless.faults[0].remedy
    assert parse('<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>').faults[0].fatal
    assert parse("<kml></kml>").faults[0].fatal


def test_each_track_is_a_recording():
    """Two tracks in a file are two recordings."""
    one, two = gpx(track_points()), gpx(track_points(at=START + dt.timedelta(days=1)))
    both = one.replace("</gpx>", two[two.index("<trk>"):])
    assert [run.start.day for run in parse(both).entries] == [3, 4]


@pytest.mark.parametrize("value", ["nan", "inf", "1e999", "-", "", "200", "9" * 400])
def test_impossible_places_and_beats_are_skipped(value):
    """Places and heart rates that cannot be are left out, and the rest is read."""
    text = gpx(track_points())
    broken = text.replace('lat="45.0008094"', f'lat="{value}"').replace("<x:hr>140</x:hr>", f"<x:hr>{value}</x:hr>", 3)
    run = only(parse(broken))
    assert run.seconds == 600
    assert run.distance_km == pytest.approx(1.8, rel=0.01)
