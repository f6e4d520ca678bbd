"""The words of workout titles: what each of them does in a title, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from midstance.domain.run import RunType

MARATHON_KM = 42.195
HALF_KM = 21.0975


class Effort(IntEnum):
    """How fast a part is run; hard is marathon pace or faster."""

    EASY = 1
    STEADY = 2
    HARD = 3


class Does(StrEnum):
    """What a word does in a title."""

    RUN = "names a kind of run"
    RACE = "names a race, or a pace when pace or effort follows"
    EFFORT = "says how fast"
    PACE = "turns the race before it into a pace"
    WARM = "warm-up"
    COOL = "cool-down"
    STRIDES = "strides: they leave a run easy"
    SPRINT = "sprints: strides when short, work when long"
    PAUSE = "time between hard parts"
    WALK = "walking"
    REST = "a day off"
    SPORT = "other training in place of a run"
    ADDON = "other training, alone or beside a run"
    EVENT = "something else in the calendar"
    AT = "a pace follows"
    WITH = "what follows is part of what stands before"
    LAST = "what follows is a stretch of the run"
    THEN = "the next part follows"
    OR = "a choice"
    DAY = "one of two runs of a day"
    SETS = "counts repetitions"
    OF = "joins a time with the pattern that fills it"
    FOR = "the time or distance of the whole follows"
    TOTAL = "the amount beside it is that of the whole run"
    MADE_OF = "what stands before is the whole, its parts follow"
    NOT_LENGTH = "the amount beside it is no length of a run"
    FILLER = "tells nothing about type or length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What a word or phrase means.

    Attributes:
        does: Its part in the grammar.
        type: Kind of run that it names.
        effort: How fast, where it says so.
        pause: Whether it names a pause when it follows work ("400 m jog", "2 min recovery").
        sure: Whether it is unmistakably about running, even among unknown words.
        whole: Whether a distance beside it is that of the whole run, not of the work ("VO2max 8 mi").
        race_km: Distance of the race that it names [km].
    """

    does: Does
    type: RunType | None = None
    effort: Effort | None = None
    pause: bool = False
    sure: bool = False
    whole: bool = False
    race_km: float | None = None


def _run(
    kind: RunType, effort: Effort | None, *, sure: bool = False, pause: bool = False, whole: bool = False,
) -> Sense:
    return Sense(does=Does.RUN, type=kind, effort=effort, sure=sure, pause=pause, whole=whole)


HARD = Sense(does=Does.EFFORT, effort=Effort.HARD)
STEADY = Sense(does=Does.EFFORT, effort=Effort.STEADY)
EASY = Sense(does=Does.EFFORT, effort=Effort.EASY)
UNSAID = Sense(does=Does.EFFORT)

VOCABULARY: tuple[tuple[Sense, str], ...] = (
    (_run(RunType.EASY, None),
     "run, runs, running, workout time, hilly run, loop, sortie, laufen, lauftraining"),
    (_run(RunType.EASY, None, sure=True),
     "morning run, lunch run, afternoon run, evening run, night run, treadmill, training run, trail run, group "
     "run, club run, social run, track run, lauf, morgenlauf, abendlauf, waldlauf, waldrunde, laufrunde, "
     "footing, rodaje, trote, corrida, runwalk run, couchrun, birthday run"),
    (_run(RunType.EASY, Effort.EASY),
     "easy, aerobic, base, regular, conversational, comfortable, relaxed, gentle, foundation, maintenance, "
     "locker, lockerer, lockeres, z1, z2, chill, facile, suave, souple, slow, normal, langsam"),
    (_run(RunType.EASY, Effort.EASY, sure=True),
     "easy run, easy runs, easy jog, easy miles, easy pace, easy effort, aerobic run, general aerobic, gen "
     "aerobic, base run, regular run, regular run pace, daily run, foundation run, dauerlauf, lockerer "
     "dauerlauf, locker dauerlauf, ruhiger dauerlauf, lockerer lauf, ga, ga1, dl, endurance fondamentale, ef, "
     "easy trail run, aerobic endurance, maf, maf run, easy running, slow run, steady easy run"),
    (_run(RunType.EASY, Effort.EASY, sure=True, pause=True),
     "jog, jogs, jogging, traben, trab, runwalk, trot, jogged, jg"),
    (_run(RunType.RECOVERY, Effort.EASY, pause=True),
     "recovery, recovey, recoveries, regeneration, rec"),
    (_run(RunType.RECOVERY, Effort.EASY),
     "very easy, super easy, regenerative, active recovery, really easy, easy recovery"),
    (_run(RunType.RECOVERY, Effort.EASY, sure=True),
     "recovery run, recovery runs, recovery jog, easy recovery run, shakeout, shake out, shakeout run, "
     "shakeout jog, shake out run, rekom, regenerationslauf, regenerativer lauf, regenerativer dauerlauf, very "
     "easy run, recovery shuffle"),
    (_run(RunType.LONG, None),
     "long, endurance, ml, longest, lang, langer, longao, larga"),
    (_run(RunType.LONG, None, sure=True),
     "long run, long runs, long easy run, long slow run, easy long run, lr, lsd, long slow distance, slow long "
     "run, medium long, medium long run, mid long run, mid long, med long, med long run, semi long run, mlr, "
     "endurance run, marathon simulation, long trail run, long jog, trail long run, progression long run, "
     "progressive long run, long progression run, long aerobic run, sunday long run, steady long run, langer "
     "lauf, langer dauerlauf, langer lockerer lauf, ldl, sortie longue, sl, tirada larga, tirada, fondo, "
     "longrun, ultra long run, overdistance, back to back long run"),
    (_run(RunType.STEADY, Effort.STEADY),
     "steady, moderate, medium, brisk, prog, ga2, z3, progressive, kenyan style, zugig, zugiger, comfortably "
     "fast"),
    (_run(RunType.STEADY, Effort.STEADY, sure=True),
     "mittlerer dauerlauf, mittlerer lauf, steady run, steady state, steady state run, moderate run, medium "
     "run, aerobic threshold, progression, progression run, progressive run, progression style run, "
     "steigerungslauf, zugiger dauerlauf, steady effort, fast finish run"),
    (_run(RunType.TEMPO, Effort.HARD),
     "tempo, threshold, schwelle, seuil, umbral, comfortably hard, z4"),
    (_run(RunType.TEMPO, Effort.HARD, sure=True),
     "tempo run, tempo runs, threshold run, tempo effort, tempo pace, threshold effort, threshold pace, cut "
     "down, cutdown, cut down run, tempodauerlauf, schwellenlauf, schwellendauerlauf, tdl, sub threshold, "
     "tempolauf, long tempo, tempo workout"),
    (_run(RunType.TEMPO, Effort.HARD, sure=True, whole=True),
     "lactate threshold, lt, lactate threshold run, lt run, marathon pace run, mp run, mp long run, dress "
     "rehearsal, mp workout, lt workout, race pace run"),
    (_run(RunType.INTERVALS, Effort.HARD, whole=True),
     "speed, track, vo2, series, pyramid, ladder, speed session, z5, anaerobic"),
    (_run(RunType.INTERVALS, Effort.HARD, sure=True, whole=True),
     "tempowechsellauf, interval, intervals, speedwork, speed work, speed workout, track workout, track "
     "session, tempo intervals, cruise intervals, threshold intervals, tempo repeats, threshold repeats, "
     "alternations, michigan, yasso, yassos, long intervals, short intervals, long reps, intervalle, "
     "intervalltraining, tempolaufe, fractionne, vma, norwegian, over unders, broken tempo, speed endurance, "
     "vo2 intervals, vo2 workout, fast intervals, interval run, interval training, interval session, magic "
     "mile, interval workout, tempo interval, track intervals, speed intervals, pyramide, pyramidenlauf, vo2 "
     "session"),
    (Sense(does=Does.SETS),
     "repeats, repetitions, reps, rep, sets, set, rounds, round, times, mal, wiederholungen, wdh, intervals of"),
    (_run(RunType.HILLS, Effort.HARD),
     "hill, hills, uphill, uphills, bergauf, hugel, cotes, cuestas, stairs, stair, subidas"),
    (_run(RunType.HILLS, Effort.HARD, sure=True),
     "hill repeats, hill reps, hill repetitions, hill workout, hill work, hill session, hill intervals, hill "
     "circuit, hill circuits, hill training, long hills, short hills, hill climbs, uphill repeats, "
     "bergsprints, berglauf, berglaufe, hugellaufe, hill fartlek, hill run, hills repeats, hill loops, "
     "bergintervalle"),
    (_run(RunType.FARTLEK, Effort.HARD, sure=True, whole=True),
     "fartlek, fartlek run, fahrtspiel, speed play, speedplay, mona fartlek, fartleks, fartlek workout"),
    (Sense(does=Does.RACE, type=RunType.RACE, effort=Effort.HARD),
     "race, competition, wettkampf, wettkampftempo"),
    (Sense(does=Does.RACE, type=RunType.RACE, effort=Effort.HARD, sure=True),
     "race day, raceday, tune up race, tuneup race, goal race, key race, time trial, tt, practice race, target "
     "race, cross country race, xc race, trail race, ultra race, road race, a race, b race, c race, rennen, "
     "volkslauf, ultramarathon, warm up race, turkey trot, local race, tune up"),
    (Sense(does=Does.RACE, type=RunType.RACE, effort=Effort.HARD, sure=True, race_km=MARATHON_KM),
     "marathon, maraton"),
    (Sense(does=Does.RACE, type=RunType.RACE, effort=Effort.HARD, sure=True, race_km=HALF_KM),
     "half marathon, halfmarathon, half maraton, halbmarathon, semi marathon, medio maraton"),
    (Sense(does=Does.RACE, type=RunType.RACE, effort=Effort.HARD, sure=True, race_km=5.0),
     "parkrun, park run race"),
    (Sense(does=Does.RACE, type=RunType.RACE, effort=Effort.HARD, race_km=HALF_KM),
     "half"),
    (Sense(does=Does.EFFORT, effort=Effort.HARD, race_km=HALF_KM),
     "hm"),
    (HARD,
     "hard, fast, faster, quick, quicker, all out, flat out, max, maximal, mp, gmp, mgp, mrp, hmp, ghmp, hmrp, "
     "gp, rp, cv, hmt, mt, critical velocity, lt pace, lt effort, goal pace, marathon pace, goal marathon "
     "pace, half marathon pace, half pace, mile pace, mile effort, vo2 pace, interval pace, repetition pace, "
     "rep pace, threshold intensity, mittel schnell, schnell, flott, pick it up, fast finish mp, vite, rapide"),
    (Sense(does=Does.EFFORT, effort=Effort.HARD, whole=True),
     "race pace, goal race pace, race effort, race specific pace"),
    (STEADY,
     "strong, stronger, moderately, upbeat, moderate effort, just below mp, slower than mp"),
    (Sense(does=Does.PACE),
     "pace, effort, intensity, speed effort, tempo effort level, paces, efforts, renntempo"),
    (Sense(does=Does.WARM),
     "warm up, warmup, warm ups, wu, warm, warming up, einlaufen, el, echauffement, calentamiento, warmlaufen, "
     "wup"),
    (Sense(does=Does.COOL),
     "cool down, cooldown, cool, cd, warm down, warmdown, cooling down, auslaufen, al, enfriamiento, retour au "
     "calme, cdown"),
    (Sense(does=Does.STRIDES, sure=True),
     "strides, stride, striders, strider, stride outs, strideouts, hill strides, accelerations, steigerungen, "
     "steigerungslaufe, steigerung, stl, buildups, build ups, pick ups, pickups, surges, lignes droites, ld, "
     "progresivos, wind sprints, windsprints, relaxed strides, fast strides"),
    (Sense(does=Does.SPRINT, type=RunType.HILLS, effort=Effort.HARD),
     "hill sprints, hill sprint, uphill sprints, short hill sprints, steep hill sprints"),
    (Sense(does=Does.SPRINT, type=RunType.INTERVALS, effort=Effort.HARD),
     "sprints, sprint, accels, dashes"),
    (Sense(does=Does.PAUSE, effort=Effort.EASY, pause=True),
     "float, floats, pause, pausen, trabpause, gehpause, serienpause, tp, stp, recup, recs, jog recovery, jog "
     "rest, easy jog recovery, jog recoveries, walk recovery, rest interval, rest between, rest between sets, "
     "between sets, between reps, between intervals, between all, walking recovery, standing rest, ri, "
     "between, in between, btw, stehpause, set rest, rests"),
    (Sense(does=Does.WALK, effort=Effort.EASY, pause=True),
     "walk, walks, walking, gehen, brisk walk, marche, power walk, easy walking, easy walk, warm up walk, cool "
     "down walk, warmup walk, spaziergang"),
    (Sense(does=Does.REST, pause=True),
     "rest, off, complete rest"),
    (Sense(does=Does.REST),
     "rest day, rest days, day off, off day, days off, no run, no running, recovery day, ruhetag, laufpause, "
     "frei, repos, descanso, riposo, full rest, total rest, day of rest, pausentag, rustdag, folga"),
    (Sense(does=Does.SPORT),
     "bike, biking, cycle, cycling, ride, bike ride, spin, spinning, peloton, turbo, zwift, swim, swimming, "
     "row, rowing, rower, elliptical, ellipticals, arc trainer, ski, skiing, cross country ski, cross country "
     "skiing, xc ski, skate, skating, hike, hiking, tennis, football, soccer, golf, climbing, bouldering, "
     "basketball, volleyball, squash, badminton, hockey, rugby, dance, dancing, zumba, aqua jog, aqua jogging, "
     "aquajogging, aqua run, aqua running, pool run, pool running, water running, deep water running, cross, "
     "cross train, cross training, crosstrain, crosstraining, crosstrainer, xt, ct, x train, xtrain, x "
     "training, radfahren, rad, fahrrad, rennrad, schwimmen, velo, natation, bici, natacion, kayak, kayaking, "
     "surf, surfing, paddle, paddling, canoe, boxing, kickboxing, hiit, crossfit, wandern, stairmaster, stair "
     "climber, martial arts, judo, karate, padel, alternative training, assault bike, commute ride"),
    (Sense(does=Does.ADDON),
     "strength, strengthen, strengthening, strength training, gym, weights, weight training, weight, lift, "
     "lifting, core, yoga, pilates, stretch, stretching, mobility, foam roll, foam rolling, plyo, plyos, "
     "plyometrics, conditioning, kraft, krafttraining, stabi, stabitraining, rumpfstabi, dehnen, dehnung, "
     "athletik, blackroll, massage, physio, sauna, squat, squats, lunges, plank, planks, deadlift, deadlifts, "
     "push ups, pushups, pull ups, pullups, kettlebell, dumbbell, trx, bootcamp, boot camp, circuit training, "
     "resistance, ppg, renfo, renforcement, fuerza, gimnasio, bodyweight, body weight, legs, upper body, lower "
     "body, abs, bench press, meditation, ice bath, sports massage, prehab, rehab, barre, ballet, musculation, "
     "s c"),
    (Sense(does=Does.EVENT),
     "meeting, meetings, dinner, lunch, breakfast, brunch, party, birthday, call, calls, review, planning, "
     "standup, stand up, retro, retrospective, dentist, doctor, appointment, expo, bib, packet, pickup, "
     "registration, register, entry, fee, deadline, flight, school, movie, film, concert, wedding, sync, "
     "interview, webinar, workshop, conference, budget, payroll, errand, errands, shopping, groceries, "
     "volunteer, volunteering, tickets, ticket, book, buy, pay, dating, presentation, demo, class, lesson, "
     "exam, school run, dry run, test run, trial run, run through, walk through, run errands, beer run, coffee "
     "run, milk run, bank run, sprint planning, sprint review, sprint retro, sprint demo, netflix, tv, series "
     "finale, office, customer, client, project, report, release, deploy, launch, online, vacation, trip, "
     "train, bus, vet, haircut, babysitter, theatre, museum, drinks, beers, pub, bbq, barbecue, coffee, "
     "kaffee, zahnarzt, arzt, geburtstag, essen, besprechung, termin, elternabend, dentiste, reunion, "
     "anniversaire, sales, invoice, tax, taxes, rent, paycheck, laundry, cleaning, briefing, training camp, "
     "watch, test drive, results, photos, shoes, shop, gala, fundraiser, podcast, newsletter, lecture, "
     "seminar, hiring, standup call, weekend, ends, camp"),
    (Sense(does=Does.AT),
     "at, at a, at an, at your, at the, at goal, at about, at approx, at current, at slightly, at around, im"),
    (Sense(does=Does.WITH),
     "with, w, incl, including, include, includes, inc, mit, davon, inkl, dont, featuring, contains, avec, "
     "con, of which, inside, followed with"),
    (Sense(does=Does.LAST),
     "last, final, first, finish, finishing, finish with, finishing with, closing, finish last, ending with, "
     "end with, letzte, letzten, die letzten, dernier, derniers, ultimos, middle, the last, with last, with "
     "the last, w last, with final, with the final, then last, and last, with first, with the first, with "
     "middle, with the middle"),
    (Sense(does=Does.THEN),
     "then, followed by, plus, and then, before, dann, danach, puis, luego, und, et, y"),
    (Sense(does=Does.OR),
     "or, oder, ou"),
    (Sense(does=Does.DAY),
     "am, pm"),
    (Sense(does=Does.OF),
     "of, of easy, of alternating, alternating, alternate"),
    (Sense(does=Does.FOR),
     "for, for a, during, over"),
    (Sense(does=Does.TOTAL),
     "total, total of, for a total of, for total, in total, altogether, overall, gesamt, insgesamt, all up, "
     "total distance, distance, run total, totaling, totalling"),
    (Sense(does=Does.MADE_OF),
     "consisting of, made up of, made of, comprising, consists of, structured as, broken into, split into, "
     "split as, as"),
    (Sense(does=Does.NOT_LENGTH),
     "every, each, per, after each, vert, gain, elevation, elevation gain, ascent, climb, hohenmeter, hm hohe, "
     "d, bpm, spm, ft, feet, kcal, kmh, mph, years, weeks, days, hr, hf, fc, age, kg, lbs, lb, people, euro, "
     "eur, usd, pct, incline, degrees, watts, tss, cadence, laps, lap"),
    (Sense(does=Does.FILLER),
     "a, an, the, and, in, on, to, into, from, by, my, your, our, day, week, today, monday, tuesday, "
     "wednesday, thursday, friday, saturday, sunday, mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun, "
     "course, hilly, hilly course, rolling, rolling hills, rolling hill course, rolling hill, through hills, "
     "over hills, through rolling hills, hilly route, hilly terrain, hilly trail, hilly trails, undulating, "
     "flat, downhill, downhills, terrain, trail, trails, road, roads, grass, park, river, forest, woods, "
     "beach, city, lake, canal, path, route, outdoors, outside, indoor, home, at track, at the track, on the "
     "track, on track, at end, at the end, in the middle, in middle, continuous, continuously, starting, "
     "start, start at, begin, beginning, increasing, increasing pace, increasing the pace, increase, increase "
     "the pace, quickening, after, until, all, end, goal, optional, optionally, optional fast finish, with "
     "optional fast finish, with fast finish, fast finish, strong finish, with strong finish, with a strong "
     "finish, with a fast finish, slower, than, little, a little, bit, style, up, down, group, club, solo, "
     "friends, dog, drills, lauf abc, abc, abcs, form drills, running drills, run drills, training, workout, "
     "session, work, wo, main, main set, mainset, key, quality, plan, block, program, pre race, before race, "
     "before the race, day before race, post race, after race, race week, race prep, race recovery, race "
     "specific, race simulation course, marathon training, marathon plan, marathon week, marathon prep, half "
     "marathon training, half marathon plan, marathon block, training plan, half marathon prep, half marathon "
     "week, marathon weekend, race weekend, taper, cutback, cut back, deload, test, second, third, goal of, "
     "feel, feeling, by feel, smooth, controlled, form, reverse, out and back, out back, out, back, there, "
     "repeat, repeat this, progressing, progressing to, progress, progress to, building, build, building to, "
     "build to, increasing to, special, special block, mixed, marathon specific, time, workout total, approx, "
     "approximately, about, around, circa, ca, nonstop, non stop, without, no, stop, stops, only, this, it, "
     "is, are, be, keep, me, us, we, if, but, not, as needed, as you feel, hr zone, heart rate, min km, pr, "
     "pb, sub, technique, warm weather, cold, heat, altitude, double, doubles, single, no watch, group "
     "training, minimum, at least, min per km, lap button, open, wk, easy day pace, tempo shoes, hours run, "
     "distance run, recovery week, half day, easy week, long week, long day, normal week, normal day, regular "
     "week, hard week, base week, speed week, big week, down week, build week, timed, split, negative split, "
     "negative splits, even, mostly, some, few, add, plus optional, more, less, fun, good, great, intro, "
     "introduction, basic, level, recover, recovers"),
)

LETTERS = {
    "e": EASY, "m": HARD, "t": HARD, "i": HARD, "r": HARD, "h": HARD,
    "l": Sense(does=Does.RUN, type=RunType.LONG, sure=True), "st": Sense(does=Does.STRIDES),
}
NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40",
    "sixty": "60", "ninety": "90", "half": "0.5",
}


def _index() -> dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]:
    """Sort all phrases by their first word, the longest phrase first."""
    found: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for sense, words in VOCABULARY:
        for phrase in words.split(", "):
            first, *rest = phrase.split()
            found.setdefault(first, []).append((tuple(rest), sense))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in found.items()}


PHRASES = _index()
