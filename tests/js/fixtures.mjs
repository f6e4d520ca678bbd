// A session document by hand, with everything that can occur: warm-up, supersets, sides, an extra set, every unit, swaps.

const item = (label, exercise, unit, low, high, more = {}) => ({
  label, exercise, unit, low, high, per_side: false, first_side: null, extra_rounds: {}, weight_kg: null, per_hand: false, rir: null,
  tempo: "", to_last_good_rep: false, last: null, ...more,
});

export const swing = item("W1", "leg-swing-bent-knee", "reps", 10, 12, { per_side: true, first_side: "left", tempo: "1-0-1-0" });
export const squatToStand = item("W2", "squat-to-stand", "reps", 6, 8, { tempo: "2-1-2-0" });
export const deadlift = item("A1", "single-leg-deadlift", "reps", 6, 8, {
  per_side: true, first_side: "left", extra_rounds: { left: 1 }, weight_kg: 16, rir: 2, tempo: "3-1-1-0",
  last: { date: "2026-11-26", says: "8, 8, 7 with 16 kg", sets: [{ amount: 7, weight_kg: 16 }, { amount: 6, weight_kg: 16 }] } });
export const squat = item("A2", "goblet-squat", "reps", 6, 8, { weight_kg: 24, rir: 2, tempo: "3-0-1-0",
  last: { date: "2026-11-26", says: "8, 8 with 20 kg", sets: [{ amount: 8, weight_kg: 20 }] } });
export const plank = item("A3", "plank", "seconds", 30, 45);
export const carry = item("B1", "farmers-carry", "steps", 8, 10, { weight_kg: 16, per_hand: true });
export const calf = item("B2", "single-leg-calf-raise", "reps", 12, 18, { per_side: true, first_side: "right", rir: 2, tempo: "3-0-1-1" });
export const row = item("F1", "plank-row", "reps", 5, 10, { per_side: true, first_side: "left", weight_kg: 8, per_hand: true, rir: 2, to_last_good_rep: true });

const exercise = (name, unit, more = {}) => ({ name, setup: "", cues: [], unit, sides: "both", hold: null, easier: null, harder: null, swaps: [],
  weights_kg: [], plates: {}, areas: [], ...more });

const swap = (id, name, how, of, says) => ({ id, name, how, item: of, says });

export const exercises = {
  "leg-swing-bent-knee": exercise("Bent-knee leg swing, front to back", "reps", { sides: "each", areas: ["hip", "hamstring"],
    setup: "Stand side-on to a wall or post with one hand on it. Swing the outer leg forward and back like a pendulum, the knee softly bent.",
    cues: ["Start small and let the swing grow.", "The trunk stays tall: the leg moves, the back does not."] }),
  "squat-to-stand": exercise("Squat-to-stand", "reps", { areas: ["knee", "hamstring", "back"],
    setup: "Feet a little wider than hips. Fold and take hold of the toes or shins, sink into a squat, lift the chest, then straighten the legs.",
    cues: ["Heels stay down.", "Elbows inside the knees, chest up in the squat."] }),
  "single-leg-deadlift": exercise("Single-leg deadlift", "reps", { sides: "each", hold: "one-hand", easier: "kickstand-deadlift", areas: ["ankle", "hamstring", "back"],
    setup: "Stand on one leg with a slight bend in the knee that stays the same throughout. A weight hangs from the hand of the standing side, over that foot.",
    cues: ["Lower slowly until your back is level with the floor.", "Reach the free leg long behind you.", "Hips stay square, as if carrying a tray on your back."],
    weights_kg: [4, 8, 12, 16, 24],
    swaps: [swap("kickstand-deadlift", "Kickstand deadlift", "easier", { ...deadlift, exercise: "kickstand-deadlift", weight_kg: 24, extra_rounds: {}, last: null }, "the free foot stays on the floor, so it takes more weight: 16 kg becomes 24 kg"),
      swap("kettlebell-deadlift", "Kettlebell deadlift", "same-slot", { ...squat, label: "A1", exercise: "kettlebell-deadlift", weight_kg: 32, last: null }, "both legs: 16 kg becomes 32 kg"),
      swap("single-leg-glute-bridge", "Single-leg glute bridge", "same-slot", item("A1", "single-leg-glute-bridge", "reps", 8, 12, { per_side: true, first_side: "left", rir: 2, tempo: "2-0-1-1" }), "no weight needed")] }),
  "kickstand-deadlift": exercise("Kickstand deadlift", "reps", { sides: "each", hold: "one-hand", weights_kg: [4, 8, 12, 16, 24], areas: ["hamstring", "back"],
    setup: "Stand on one leg, the toes of the other on the floor beside its heel.", cues: ["Hips back, weight on the front foot."] }),
  "kettlebell-deadlift": exercise("Kettlebell deadlift", "reps", { hold: "two-hands", weights_kg: [16, 24, 32], areas: ["hamstring", "back"],
    setup: "Place the kettlebell between your feet, under the middle of your body.", cues: ["Push the floor away and stand tall."] }),
  "single-leg-glute-bridge": exercise("Single-leg glute bridge", "reps", { sides: "each", areas: [],
    setup: "Lie on your back with feet hip-wide, then stretch one leg straight to the ceiling.", cues: ["Push through the foot that stays on the floor."] }),
  "goblet-squat": exercise("Goblet squat", "reps", { hold: "two-hands", areas: ["knee", "quad"], harder: "barbell-front-squat", weights_kg: [8, 12, 16, 24, 32],
    setup: "Hold one weight with both hands close to your chest. Feet are a little wider than the hips, parallel and facing forward.",
    cues: ["Elbows point down and stay in front of the ribs.", "Hips back and down, knees over the second toes.", "Push the floor away evenly with both feet."],
    swaps: [swap("barbell-front-squat", "Barbell front squat", "harder", { ...squat, exercise: "barbell-front-squat", weight_kg: 30, last: null }, "24 kg at the chest becomes 30 kg on the bar")] }),
  "barbell-front-squat": exercise("Barbell front squat", "reps", { hold: "bar", areas: ["knee", "quad", "back"], weights_kg: [20, 25, 30, 35, 40],
    plates: { "20.0": "bar only", "25.0": "2.5 a side", "30.0": "5 a side", "35.0": "5 + 2.5 a side", "40.0": "10 a side" },
    setup: "The bar lies on the front of the shoulders.", cues: ["Elbows high."] }),
  plank: exercise("Plank", "seconds", { areas: ["back", "shoulder"], setup: "Set your hands under your shoulders, arms straight, feet no wider than your hips; closer together is harder.",
    cues: ["One line from heels to head.", "Pelvis tucked, glutes and belly on.", "Push the floor away and keep breathing."] }),
  "farmers-carry": exercise("Farmer's carry", "steps", { hold: "each-hand", areas: ["back", "shoulder"], weights_kg: [8, 12, 16, 24],
    setup: "Pick up one weight in each hand with a long back. Walk the steps out, turn, and walk back.", cues: ["Stand tall, pelvis tucked, core on.", "Short, even steps."] }),
  "single-leg-calf-raise": exercise("Single-leg calf raise", "reps", { sides: "each", hold: "one-hand", areas: ["foot", "ankle", "achilles", "calf"], weights_kg: [4, 8, 12, 16],
    setup: "Stand on one foot with a straight knee, fingertips of one hand on a wall.", cues: ["Rise all the way, over the big toe.", "Lower for three seconds, every repetition."] }),
  "plank-row": exercise("Plank row", "reps", { sides: "each", hold: "each-hand", areas: ["back", "shoulder"], weights_kg: [4, 8, 12],
    setup: "Take a plank on two light to medium dumbbells, hands under shoulders, feet as wide as you need to stay still.",
    cues: ["Row one elbow to the hip, slowly.", "No twist: both hip bones face the floor."] }),
  pogo: exercise("Pogo hop", "contacts", { areas: ["foot", "calf", "shin"], setup: "Feet hip-wide, arms loose.", cues: ["Spring like a pogo stick: short on the floor."] }),
};

const warm = { label: "warm-up", rounds: 1, rest_s: 0, items: [swing, squatToStand] };
const a = { label: "A", rounds: 2, rest_s: 90, items: [deadlift, squat, plank] };
const b = { label: "B", rounds: 2, rest_s: 60, items: [carry, calf] };
const finisher = { label: "finisher", rounds: 1, rest_s: 0, items: [row] };

const pain = {
  areas: ["foot", "ankle", "achilles", "calf", "shin", "knee", "hamstring", "quad", "groin", "hip", "glute", "back", "shoulder", "other"],
  rules: [{ from: 0, to: 2, do: "continue", says: "Up to 2 of 10 is fine. Go on, and watch that it does not rise." },
    { from: 3, to: 5, do: "swap", says: "3 to 5 of 10: take something that does not load it." },
    { from: 6, to: 10, do: "stop", says: "More than 5 of 10 ends the session for today." }],
  places: { achilles: "Achilles tendon", quad: "front of the thigh" },
  stops: [{ above: 0, area: "", tissue: "bone", unit: "", says: "A bone must not hurt at all: stop." }, { above: 2, area: "groin", tissue: "", unit: "", says: "Groin: stop." },
    { above: 1, area: "", tissue: "", unit: "contacts", says: "Hops stop when they hurt." }],
  block_areas: ["achilles"], block_rules: [{ from: 0, to: 5, do: "continue", says: "Up to 5 is fine here." }, { from: 6, to: 10, do: "stop", says: "Stop." }],
  red_flags: ["Pain on one spot of a bone, pain at night or at rest, or pain when you hop.", "A joint that swells, locks or gives way.",
    "Chest pain, fainting or a racing or stumbling heart: get help at once."],
};

/** A heavy session of 24 minutes with everything. */
export const heavy = () => structuredClone({
  format: "midstance-session/1", made_at: "2026-12-03T05:10:00Z", units: "metric",
  session: { id: "s-2026-12-03-1800", date: "2026-12-03", start: "2026-12-03T18:00", minutes: 24, kind: "heavy", name: "Heavy strength", hard: true,
    why: ["Stands 47 h after Tuesday's intervals.", "Heavy leg work, 1 of 2 strength sessions (base: most strength)."] },
  readiness: { level: "green", says: ["Nothing speaks against it today."] },
  blocks: [warm, a, b, finisher],
  shorter: { 10: { minutes: 10, blocks: [warm, { ...a, rounds: 1 }] }, 15: { minutes: 15, blocks: [warm, a] }, 20: { minutes: 20, blocks: [warm, a, { ...b, rounds: 1 }] } },
  exercises, figures: {}, pain, primer_of: null,
});

/** A primer of 6 minutes before a run. */
export const primer = () => structuredClone({
  ...heavy(), session: { id: "p-2026-12-04-0622", date: "2026-12-04", start: "2026-12-04T06:22", minutes: 6, kind: "primer", name: "Primer", hard: false, why: ["Hips and core before an easy run."] },
  blocks: [{ label: "warm-up", rounds: 2, rest_s: 0, items: [swing, { ...plank, label: "W2", low: 10, high: 10 }] }], shorter: {}, primer_of: "run-2026-12-04",
});

/** A short session with one set of each unit: quick to go through in tests. */
export const brief = () => structuredClone({
  ...heavy(), session: { ...heavy().session, id: "s-2026-12-05-0700", date: "2026-12-05", minutes: 4, name: "Every unit" },
  blocks: [{ label: "A", rounds: 1, rest_s: 20, items: [deadlift, { ...plank, label: "A2", low: 5, high: 5 }, { ...carry, label: "A3" },
    item("A4", "pogo", "contacts", 12, 16)] }], shorter: {},
});
