"""Running calendars as tables: what spreadsheets write, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from midstance.domain.run import CalendarRun, RunType
from midstance.formats._format import InputError
from midstance.formats.calendar_csv import FORMAT, parse_csv

HEADER = "date,start,type,minutes,distance_km,title\n"
TABLE = HEADER + """2026-12-01,06:30,intervals,50,9.5,6 x 800 m
2026-12-03,,easy,45,,

2026-12-06,8:00,LONG,,14,"Long run,
with a friend"
"""


def refused(text: str | bytes) -> list[str]:
    """All that is said about a table that is refused."""
    with pytest.raises(InputError) as caught:
        parse_csv(text if isinstance(text, bytes) else text.encode(), "runs.csv")
    return [str(fault) for fault in caught.value.faults]


def test_a_table_becomes_runs_with_what_it_states() -> None:
    """Date, start, type, minutes, distance and title of each row reach the run; blank rows count for nothing."""
    parsed = parse_csv(TABLE.encode(), "runs.csv")
    runs = [(r.date.isoformat(), r.start_minute, r.type, r.minutes, r.distance_km, r.title) for r in parsed.entries]
    assert runs == [
        ("2026-12-01", 390, RunType.INTERVALS, 50, 9.5, "6 x 800 m"),
        ("2026-12-03", None, RunType.EASY, 45, None, ""),
        ("2026-12-06", 480, RunType.LONG, None, 14, "Long run,\nwith a friend"),
    ]
    assert {run.source for run in parsed.entries} == {"runs.csv"}
    assert (parsed.faults, parsed.unread, parsed.ignored) == ((), (), 0)


def other_separator(separator: str) -> str:
    """The table with another separator and decimal commas, as spreadsheets in much of Europe write it."""
    text = TABLE.replace("\n", "\r\n").replace("run,\r\n", "run@\r\n")
    return text.replace(",", separator).replace("9.5", "9,5").replace("@", ",")


@pytest.mark.parametrize("data", [
    other_separator(";").encode("utf-8-sig"), other_separator("\t").encode("utf-16"), TABLE.encode("utf-16-be"),
    other_separator(";").encode("utf-16-le"), TABLE.replace("9.5", '"9,5"').encode("cp1252"),
])
def test_spreadsheet_dialects_change_nothing(data: bytes) -> None:
    """Separators, decimal commas, line ends and encodings of spreadsheets give the same runs."""
    runs = parse_csv(data, "runs.csv").entries
    wanted = parse_csv(TABLE.encode(), "runs.csv").entries
    assert [(r.date, r.start_minute, r.type, r.minutes, r.distance_km) for r in runs] == [
        (r.date, r.start_minute, r.type, r.minutes, r.distance_km) for r in wanted]


def test_a_title_in_latin_letters_of_another_encoding_is_kept() -> None:
    """A table saved in the Windows encoding keeps its accents."""
    parsed = parse_csv((HEADER + "2026-12-01,,easy,45,,Zoë läuft\n").encode("cp1252"), "runs.csv")
    assert parsed.entries[0].title == "Zoë läuft"


def test_titles_alone_are_read() -> None:
    """Where only a title stands, all comes from it; a day of rest is no run, and nothing is guessed."""
    rows = "2026-12-01,,,,,Easy 40 min\n2026-12-02,,,,,Rest\n2026-12-03,,,,,Easy 8 km\n2026-12-04,,,,,Qwertz\n"
    parsed = parse_csv((HEADER + rows).encode(), "runs.csv")
    assert [(r.date.day, r.type, r.minutes, r.distance_km) for r in parsed.entries] == [
        (1, RunType.EASY, 40, None), (3, RunType.EASY, None, 8)]
    assert parsed.ignored == 1
    assert parsed.unread == ((dt.date(2026, 12, 4), "Qwertz"),)


def test_what_is_stated_comes_before_the_title() -> None:
    """A stated type, length or distance overrides what the title says."""
    rows = "2026-12-01,,steady,50,,Easy 40 min\n2026-12-02,,,,7.5,Easy 8 km\n2026-12-03,,recovery,30,,Rest\n"
    runs = parse_csv((HEADER + rows).encode(), "runs.csv").entries
    assert [(r.type, r.minutes, r.distance_km) for r in runs] == [
        (RunType.STEADY, 50, None), (RunType.EASY, None, 7.5), (RunType.RECOVERY, 30, None)]


def test_the_title_tells_the_work_in_a_run_of_stated_length() -> None:
    """Hard minutes come from the title also where the row states type and minutes."""
    row = "2026-12-01,,tempo,60,,20 min tempo\n"
    assert parse_csv((HEADER + row).encode(), "runs.csv").entries[0].hard_minutes == 20


def test_a_run_without_a_type_is_easy_and_that_is_said() -> None:
    """Minutes without a type or a readable title make an easy run and a note with its line."""
    parsed = parse_csv((HEADER + "2026-12-01,,,45,,\n").encode(), "runs.csv")
    run = CalendarRun(date=dt.date(2026, 12, 1), minutes=45.0, type=RunType.EASY, source="runs.csv")
    assert parsed.entries == (run,)
    assert [str(fault) for fault in parsed.faults] == [
        "runs.csv: line 2: does not say what kind of run 2026-12-01 has; taken as easy - name its type"]
    assert not parsed.faults[0].fatal


def test_columns_that_are_not_read_are_named() -> None:
    """Other columns cost nothing but a note, which names the column that was probably meant."""
    parsed = parse_csv(b"date,minute,Title\n2026-12-01,45,Easy 5 km\n", "runs.csv")
    assert len(parsed.entries) == 1
    assert [str(fault) for fault in parsed.faults] == [
        'runs.csv: line 1: the column "minute" is not read - was minutes meant?']


def test_every_bad_row_is_named_with_its_line() -> None:
    """One bad row refuses the table; all bad rows are named, each with its line and everything wrong in it."""
    rows = '2026-12-01,,easy,45,,"two\nlines"\n2026-12-32,06:30,easy,45,,\n2026-12-03,25:00,sprinting,-5,x,\n'
    found = refused(HEADER + rows)
    assert len(found) == 2
    assert found[0].startswith('runs.csv: line 4: date is "2026-12-32", and there is no such date')
    assert all(word in found[1] for word in ("line 5", "25:00", "sprinting", "-5", '"x"', "the kinds are"))


@pytest.mark.parametrize(("row", "words"), [
    ("31.12.2026,,easy,45,,", ("31.12.2026", "write 2026-12-31")),
    ("12/31/2026,,easy,45,,", ("12/31/2026", "year-month-day")),
    (",,easy,45,,", ("has no date",)),
    ("2026-12-01,,easy,,,", ("minutes, distance_km and title",)),
    ("2026-12-01,,easy,9,5,2,x,y", ("8 cells", "6 columns", "quotes")),
    ("2026-12-01,,easy,nan,,", ('"nan"', "not a number")),
    ("2026-12-01,,easy,1e5,,", ('"1e5"', "not a number")),
    ("2026-12-01,,easy,0,,", ("minutes is 0",)),
    ("2026-12-01,,easy,,9999,", ("distance_km is 9999", "500 km")),
    ("1026-12-01,,easy,45,,", ("too far from today",)),
    ("2026-12-01,,tempos,45,,", ("was tempo meant?",)),
    ("2026-12-01,6.30,easy,45,,", ('start is "6.30"', "06:30")),
    ("2026-12-01,,easy,45,," + "x" * 600, ("600 characters",)),
    ('2026-12-01,,easy,45,,"never closed', ("line 2", "CSV", "quotes")),
])
def test_each_kind_of_bad_cell_has_its_words(row: str, words: tuple[str, ...]) -> None:
    """What is wrong with a cell is said with the cell and what would be right."""
    found = refused(HEADER + row + "\n")
    assert len(found) == 1
    assert "line 2" in found[0]
    assert all(word in found[0] for word in words), found[0]


@pytest.mark.parametrize(("data", "words"), [
    (b"", ("empty", "date")), (b" \n,,\n", ("empty",)), (b"start,minutes\n06:30,45\n", ("line 1", "no column date")),
    (b"date,date\n", ("twice",)), (bytes(range(256)) * 20, ("not text",)), (b"\x00" * 100, ("not text",)),
    (b"date,title\n" + b"2026-12-01,Easy\n" * 50_001, ("more than 50000 rows",)),
])
def test_what_is_no_table_is_refused(data: bytes, words: tuple[str, ...]) -> None:
    """An empty file, a table without dates, noise or a flood is one clear refusal."""
    found = refused(data)
    assert len(found) == 1
    assert all(word in found[0] for word in words), found


def test_many_bad_rows_are_counted_not_poured_out() -> None:
    """Of hundreds of bad rows the first forty are spelled out and the rest counted."""
    found = refused(HEADER + "2026-12-32,,easy,45,,\n" * 300)
    assert len(found) == 41
    assert "260 more" in found[-1]


def test_a_header_alone_is_an_empty_calendar() -> None:
    """A table without rows gives no runs and says so."""
    parsed = parse_csv(HEADER.encode(), "runs.csv")
    assert parsed.entries == ()
    assert "no rows" in str(parsed.faults[0])


def test_a_table_is_known_by_its_header() -> None:
    """The sniffer knows tables in every dialect and nothing else."""
    assert FORMAT.sniff(other_separator(";").encode("utf-16"))
    assert FORMAT.sniff(TABLE.encode())
    assert not FORMAT.sniff(b'{"date": 1, "title": 2}')
    assert not FORMAT.sniff(b"\xff\xfe\x00\x01noise")
