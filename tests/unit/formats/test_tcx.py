"""TCX activities: laps, sports, and what is kept of damaged files."""

from __future__ import annotations

import datetime as dt

import pytest

from builders_recordings import START, tcx, track_points
from midstance.formats import tcx as reader


def parse(text, source="a.tcx"):
    return reader.parse(text.encode(), source)


def only(parsed):
    assert len(parsed.entries) == 1, parsed
    return parsed.entries[0]


def test_a_run_is_read_with_what_its_laps_state():
    """Time and distance are the sum of the laps, heart rate their mean and highest."""
    parsed = parse(tcx(track_points(), laps=3))
    run = only(parsed)
    assert (run.start, run.seconds, run.distance_km) == (START, 600, 1.8)
    assert (run.mean_hr, run.max_hr, run.device) == (140, 150, "our tests")
    assert run.minute_speed_m_s[4] == pytest.approx(3.0, rel=0.01)
    assert run.minute_hr[4] == 140
    assert (parsed.faults, parsed.ignored) == ((), 0)


@pytest.mark.parametrize("sport", ["Biking", "Other", "Walking", "MultiSport"])
def test_other_sports_are_ignored(sport):
    """Rides, walks and what the programs call other are counted, without a fault."""
    parsed = parse(tcx(track_points(), sport=sport))
    assert (parsed.entries, parsed.faults, parsed.ignored) == ((), (), 1)


def test_of_a_multisport_session_the_run_is_read():
    """Activities inside a multi-sport session are judged one by one."""
    ride = tcx(track_points(), sport="Biking")
    run = tcx(track_points(at=START + dt.timedelta(hours=1)))
    inner = run[run.index("<Activity "):run.index("</Activities>")]
    both = ride.replace("</Activities>", f"<MultiSportSession>{inner}</MultiSportSession></Activities>")
    parsed = parse(both)
    assert (only(parsed).start.hour, parsed.ignored) == (7, 1)


def test_without_distances_the_places_are_measured():
    """Where neither laps nor points state a distance, it comes from the places."""
    run = only(parse(tcx(track_points(), speed=None, metres=0)))
    assert run.distance_km == pytest.approx(1.8, rel=0.005)


def test_a_treadmill_without_a_sensor_has_time_and_no_distance():
    """A run without any distance keeps its time and heart rate."""
    text = tcx([(at, 45.0, 8.0, hr) for at, _, _, hr in track_points()], speed=None, metres=0)
    text = text.replace("<LatitudeDegrees>45.0000000</LatitudeDegrees>", "")
    run = only(parse(text))
    assert (run.seconds, run.distance_km, run.minute_speed_m_s) == (600, None, ())
    assert run.minute_hr[:10] == (140,) * 10


def test_a_start_without_seconds_is_mended_by_the_first_lap():
    """Some programs cut the seconds off the activity's own time; the first lap knows them."""
    text = tcx(track_points(at=START + dt.timedelta(seconds=23)))
    cut = text.replace("<Id>2026-11-03T06:30:23Z", "<Id>2026-11-03T06:30:00Z")
    assert only(parse(cut)).start.second == 23


def test_a_cut_file_is_measured_by_its_points():
    """In a file that breaks off, laps that are missing are not pretended: the points tell."""
    text = tcx(track_points(), laps=3, seconds=9000)
    parsed = parse(text[:text.index("</Lap>", len(text) // 2)])
    assert 350 < only(parsed).seconds < 450
    assert parsed.faults[0].place.startswith("line ")
    assert not parsed.faults[0].fatal


def test_courses_and_other_documents_are_fatal_faults():
    """A course is no activity, a document type is refused, and other XML is not TCX."""
    course = "<TrainingCenterDatabase><Courses><Course><Name>x</Name></Course></Courses></TrainingCenterDatabase>"
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]>' + tcx(track_points())
    for text, word in ((course, "activity"), (bomb, "document type"), ("<gpx></gpx>", "TCX")):
        parsed = parse(text)
        assert parsed.entries == ()
        assert parsed.faults[0].fatal
        assert word in parsed.faults[0].says
