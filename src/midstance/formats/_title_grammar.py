"""The grammar of workout titles as data: what is read, in words, with examples that tests run."""

from __future__ import annotations

from dataclasses import dataclass

from midstance.domain.run import RunType
from midstance.formats._title_words import VOCABULARY, Does

EASY, LONG, STEADY, TEMPO = RunType.EASY, RunType.LONG, RunType.STEADY, RunType.TEMPO
INTERVALS, FARTLEK, HILLS, RACE, RECOVERY = (
    RunType.INTERVALS, RunType.FARTLEK, RunType.HILLS, RunType.RACE, RunType.RECOVERY)


@dataclass(frozen=True, slots=True)
class Example:
    """A title with its reading; what is None must be read as None.

    Attributes:
        title: Title as a plan writes it.
        type: Kind of run, None for none.
        km: Distance [km].
        minutes: Length [min].
        hard_minutes: Work stated in time [min].
        hard_km: Work stated in distance [km].
        units: What a bare number of distance means.
        distance: Distance that the plan states beside the title, in ``units``.
        is_run: Whether it is a run.
    """

    title: str
    type: RunType | None = None
    km: float | None = None
    minutes: float | None = None
    hard_minutes: float | None = None
    hard_km: float | None = None
    units: str = "km"
    distance: float | None = None
    is_run: bool | None = True


@dataclass(frozen=True, slots=True)
class GrammarRule:
    """One rule of the grammar.

    Attributes:
        id: Kebab case, unique.
        says: What is matched and what it means.
        examples: Titles with their readings.
        does: Which words of the vocabulary it is about.
    """

    id: str
    says: str
    examples: tuple[Example, ...]
    does: tuple[Does, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Words and phrases of the vocabulary that the rule is about."""
        return tuple(w for sense, words in VOCABULARY if sense.does in self.does for w in words.split(", "))


GRAMMAR: tuple[GrammarRule, ...] = (
    GrammarRule(
        "amounts",
        "A number with a unit is a distance (km, k, mi, miles, M, m, yd) or a time (min, ', h, sec, \"). M behind "
        "a number below 50 is miles, from 50 on (in repetitions above 10) metres.",
        (
            Example("Easy 8 km", EASY, km=8),
            Example("4 M Easy + 6 strides", EASY, km=6.44),
            Example("45' Z2", EASY, minutes=45),
            Example("1h15 easy", EASY, minutes=75),
            Example("Lauf 7,5 km", EASY, km=7.5),
        ),
    ),
    GrammarRule(
        "ranges",
        "Of a range the middle is meant.",
        (
            Example("45-60 min easy run", EASY, minutes=52.5),
            Example("Easy run: {4}-{6}", EASY, km=8.05, units="mi"),
        ),
    ),
    GrammarRule(
        "braces",
        "{6} is 6 in the unit of bare numbers, {6:10} is miles and kilometres, {4-6:6-10} a range of both; the "
        "miles are read.",
        (
            Example("Recovery {5:8}", RECOVERY, km=8.05),
            Example("{6} Easy", EASY, km=9.66, units="mi"),
        ),
    ),
    GrammarRule(
        "meant",
        "A lone {6} behind a range is the distance meant, unless it lies outside of it.",
        (
            Example("4-6 mile Easy Run {6}", EASY, km=9.66),
            Example("8-10 mile Easy Run {1}", EASY, km=14.48),
        ),
    ),
    GrammarRule(
        "bare-numbers",
        "A number without unit is a distance where a word of running stands beside it, in the unit of the "
        "distance that the title begins with, else in the plan's; minutes where it is too large for one (tempo, "
        "recovery 15, easy 25, long 61). In repetitions from 100 on it is metres.",
        (
            Example("6 easy", EASY, km=9.66, units="mi"),
            Example("30 tempo", TEMPO, minutes=30),
            Example("MLR 14", LONG, km=14),
            Example("6 x 800", INTERVALS, hard_km=4.8),
        ),
    ),
    GrammarRule(
        "clock-times",
        "h:mm:ss is a time. m:ss is one in repetitions, pauses, warm-ups, beside other such times and from 24:00 "
        "on; below 5:00 it is h:mm. Anything else may be a time of day and is no length.",
        (
            Example("Recovery jog 30:00", RECOVERY, minutes=30),
            Example("Long run 2:00", LONG, minutes=120),
            Example("10:00 WU 20:00 tempo 10:00 CD", TEMPO, minutes=40, hard_minutes=20),
            Example("Easy run 18:30", EASY),
        ),
    ),
    GrammarRule(
        "repetitions",
        "N x, N sets of, x N and repeat N times multiply what follows or stands before. Repetitions are work "
        "unless a word says easy or steady.",
        (
            Example("5 x 1 km", INTERVALS, hard_km=5),
            Example("800m repeats x 6", INTERVALS, hard_km=4.8),
            Example("3x(4x400m) r=60s", INTERVALS, hard_km=4.8),
            Example("2 x 30 min easy", EASY, minutes=60),
        ),
        (Does.SETS,),
    ),
    GrammarRule(
        "patterns",
        "A pattern in brackets is added up and multiplied, or fills a time; its hard parts are work.",
        (
            Example(
                "3 sets of (3 min at 98% 5k, 1 min jog, 3 min at 100-102% 5k, 4 min walk/jog)",
                INTERVALS, hard_minutes=18),
            Example(
                "40 min easy with 20 min of (1 min at 95% 5k effort, 3 min easy)",
                FARTLEK, minutes=40, hard_minutes=5),
        ),
        (Does.OF,),
    ),
    GrammarRule(
        "ladders",
        "Three and more numbers in a row, or two that fall, are added up.",
        (
            Example("5-4-3-2-1 km at 10k pace", INTERVALS, hard_km=15),
            Example("1-2-3-2-1 min hard", INTERVALS, hard_minutes=9),
        ),
    ),
    GrammarRule(
        "pauses",
        "Jog, walk, rest, recovery and float up to 6 min or 1.6 km behind work are pauses: no work, part of the "
        "length when it is spelt out in one measure.",
        (
            Example("WU 2k, 8x400 @ 5k (200 jog), CD 2k", INTERVALS, km=8.6, hard_km=3.2),
            Example("15' wu + 6x3' @5k (r 2') + 10' cd", INTERVALS, minutes=53, hard_minutes=18),
        ),
        (Does.PAUSE,),
    ),
    GrammarRule(
        "warm-up",
        "Warm-up and cool-down are easy and belong to the length.",
        (
            Example(
                "2 mi warm up, 4 x 1 mile at 10k pace, 2 mi cool down (8 miles)",
                INTERVALS, km=12.87, hard_km=6.44),
            Example("2 km Einlaufen, 4 km Tempo, 2 km Auslaufen", TEMPO, km=8, hard_km=4),
        ),
        (Does.WARM, Does.COOL,),
    ),
    GrammarRule(
        "sum",
        "Parts listed one after the other are added up when all are stated in one measure. Repetitions alone are "
        "not the whole: warm-up and cool-down are not stated.",
        (
            Example("3km easy + 4km tempo + 3km easy", TEMPO, km=10, hard_km=4),
            Example("6 x 3 min hard", INTERVALS, hard_minutes=18),
            Example("2 miles easy, 20 min tempo, 2 miles easy", TEMPO, hard_minutes=20),
        ),
        (Does.THEN,),
    ),
    GrammarRule(
        "made-of",
        "An amount before a colon, brackets or 'consisting of' is the whole, what follows are its parts.",
        (
            Example(
                "8 miles, consisting of:\n2 mile Warm Up\n6 x 1k at 10k pace with 2 minutes rest\n2 mile Warm Down {8}",
                INTERVALS, km=12.87, hard_km=6),
            Example("10 miles: 2 easy, 6 @ MP, 2 easy", TEMPO, km=16.09, hard_km=9.66, units="mi"),
        ),
        (Does.MADE_OF,),
    ),
    GrammarRule(
        "part-of",
        "With, w/, including, last and first introduce a part of what stands before: it does not add.",
        (
            Example("VO2max 8 mi w/ 5x1000", INTERVALS, km=12.87, hard_km=5),
            Example("14 km with 4 km at marathon pace", TEMPO, km=14, hard_km=4),
            Example("Progression run 12k last 4k at HMP", TEMPO, km=12, hard_km=4),
        ),
        (Does.WITH, Does.LAST,),
    ),
    GrammarRule(
        "stated-twice",
        "A lone amount behind the others states the whole; one in the other measure states it again.",
        (
            Example("Easy run 10 km (60 min)", EASY, km=10, minutes=60),
            Example("Easy 5 miles (8 km)", EASY, km=8),
        ),
        (Does.TOTAL, Does.FOR,),
    ),
    GrammarRule(
        "paces",
        "Race distances and race names behind @, at or before pace, effort are paces: marathon pace and faster is "
        "hard.",
        (
            Example("6 x 800 @ 5K", INTERVALS, hard_km=4.8),
            Example("LT 8 mi w/ 4 @ 15K to half pace", TEMPO, km=12.87, hard_km=6.44, units="mi"),
            Example("10 km at half marathon pace", TEMPO, km=10, hard_km=10),
        ),
        (Does.AT, Does.PACE,),
    ),
    GrammarRule(
        "shares",
        "Shares of a race speed are compared with marathon speed: 99.5 % and more is hard, 86 % and more steady. "
        "Of the highest heart rate 88 % is hard, 80 % steady. Zones 4 and 5 and RPE from 7 on are hard.",
        (
            Example("{11-12:18-20} at 100% MP", TEMPO, km=18.51, hard_km=18.51),
            Example("{9:15} at 70-75% 5k", STEADY, km=14.48),
            Example("50 min @ 70% HRmax", EASY, minutes=50),
            Example("6x3 min @ RPE 8, 2 min jog", INTERVALS, hard_minutes=18),
        ),
    ),
    GrammarRule(
        "pace-letters",
        "E, M, T, I, R, H and L beside an amount are easy, marathon, threshold, interval, repetition, hard and "
        "long.",
        (
            Example("2E + 3x1mi T + 2E", INTERVALS, km=11.27, hard_km=4.83, units="mi"),
            Example("E 8mi", EASY, km=12.87),
        ),
    ),
    GrammarRule(
        "pace-figures",
        "A pace in figures is not compared with the runner's own: it changes nothing. Seconds added to a pace "
        "make it steady, taken off leave it hard.",
        (
            Example("8 km @ 5:00/km", EASY, km=8),
            Example("10 km @ MP+20s/km", STEADY, km=10),
            Example("6 x {1} @ MP - 10s", INTERVALS, hard_km=6),
        ),
    ),
    GrammarRule(
        "tempo-or-intervals",
        "Hard work without a break is tempo, broken up it is intervals. Beside LT, VO2max, speed or race pace a "
        "distance is the whole run, beside tempo it is the work.",
        (
            Example("40 min tempo", TEMPO, minutes=40),
            Example("Threshold 3 x 10 min (2 min)", INTERVALS, hard_minutes=30),
            Example("Lactate threshold {10:16}", TEMPO, km=16.09),
            Example("Tempo 8 km", TEMPO, km=8),
        ),
    ),
    GrammarRule(
        "fartlek",
        "Fartlek, and fast stretches of up to 3 min within an easy run.",
        (
            Example("Fartlek 40 min", FARTLEK, minutes=40),
            Example("60' with 10 x 1' fast / 1' easy", FARTLEK, minutes=60, hard_minutes=10),
        ),
    ),
    GrammarRule(
        "hills",
        "Hill repeats are work; rolling hills and hilly courses say nothing about effort.",
        (
            Example("Hill repeats 10 x 90 sec", HILLS, hard_minutes=15),
            Example("Easy 8 km through rolling hills", EASY, km=8),
        ),
    ),
    GrammarRule(
        "strides",
        "Strides, pick-ups, sprints up to 20 s or 100 m and 'easy + speed' leave a run easy.",
        (
            Example("General aerobic + speed {7:11} with 8 x 100 m strides", EASY, km=11.27),
            Example("Hill sprints 8 x 10 sec", EASY),
            Example("50 min easy + 5 x 20 sec strides", EASY, minutes=50),
        ),
        (Does.STRIDES, Does.SPRINT,),
    ),
    GrammarRule(
        "long",
        "Long, medium-long, endurance and marathon simulation are long, also with a hard part in them. An easy "
        "run is long from 16 km or above 90 min on.",
        (
            Example("Medium-long 10 miles w/ 4 @ MP", LONG, km=16.09, hard_km=6.44, units="mi"),
            Example("20 km easy", LONG, km=20),
            Example("Long run 16-18 miles {18}", LONG, km=28.97),
        ),
    ),
    GrammarRule(
        "calm",
        "Steady, moderate and progression are below marathon pace unless a part says otherwise; very easy and "
        "recovery are recovery; a distance alone is easy.",
        (
            Example("Steady state 30 min", STEADY, minutes=30),
            Example("Progression 10 km", STEADY, km=10),
            Example("{4-7:7-12} very easy to easy", RECOVERY, km=8.85),
            Example("10 km", EASY, km=10),
        ),
        (Does.RUN, Does.EFFORT,),
    ),
    GrammarRule(
        "run-walk",
        "Running and walking in turns is easy, walking alone is no run.",
        (
            Example("Run/walk 22 min", EASY, minutes=22),
            Example("5 min walk, 8 x (1 min run, 90 sec walk), 5 min walk", EASY, minutes=30),
            Example("Walk 30 min", is_run=False),
        ),
        (Does.WALK,),
    ),
    GrammarRule(
        "races",
        "A race is hard from start to finish. In a longer run the race is the work; a marathon named beside "
        "another kind of run is what that run is for.",
        (
            Example("10-K Race", RACE, km=10, hard_km=10),
            Example("8K-10K tune-up race {12:19}", RACE, km=19.31, hard_km=9),
            Example("Berlin Marathon", RACE, km=42.2, hard_km=42.2),
            Example("Marathon long run 30 km", LONG, km=30),
        ),
        (Does.RACE,),
    ),
    GrammarRule(
        "two-runs",
        "AM and PM mark two runs: lengths are added, the hardest type counts.",
        (
            Example("AM: {4:6} easy / PM: 6 x 1 km at 10k", INTERVALS, hard_km=6),
            Example("Recovery AM {5:8} LT PM {11:18}", TEMPO, km=25.75),
        ),
        (Does.DAY,),
    ),
    GrammarRule(
        "choices",
        "Of several choices the first run with a length is read; a choice of rest or other training makes it "
        "optional, which the report says.",
        (
            Example("Rest or {3-5:6-7} easy", EASY, km=6.44),
            Example("Rest or cross training", is_run=False),
        ),
        (Does.OR,),
    ),
    GrammarRule(
        "no-run",
        "Rest and other training are no runs; beside a run they are left out.",
        (
            Example("Off Day", is_run=False),
            Example("Swim 2k", is_run=False),
            Example("Gym - legs", is_run=False),
            Example("5km easy + core", EASY, km=5),
        ),
        (Does.REST, Does.SPORT, Does.ADDON,),
    ),
    GrammarRule(
        "not-read",
        "Titles about other things, and titles with unknown words and nothing that is surely running, are not "
        "read; the report says why.",
        (
            Example("Dentist 30 min", is_run=None),
            Example("Meeting 5 pm", is_run=None),
            Example("School run", is_run=None),
            Example("60 min", is_run=None),
            Example("Long run with Anna, 22 km", LONG, km=22),
        ),
        (Does.EVENT, Does.FILLER,),
    ),
    GrammarRule(
        "no-length",
        "Amounts beside every, elevation, heart rate and the like are no lengths; week and day labels are left "
        "out.",
        (
            Example("Trail run 15 km / 600 m D+", EASY, km=15),
            Example("W3D2 - 5x5min @ threshold w/ 2min jog", INTERVALS, hard_minutes=25),
        ),
        (Does.NOT_LENGTH,),
    ),
    GrammarRule(
        "beside-the-title",
        "The distance that a plan states beside the title is used where the title states none or only parts, "
        "unless it is less than they are.",
        (
            Example("2 recovery runs", RECOVERY, km=16.09, distance=10, units="mi"),
            Example("Easy 8 km", EASY, km=8, distance=1),
            Example("5 x 800", INTERVALS, km=10, hard_km=4, distance=10),
        ),
    ),
)
