// What a pain asks for, by the document's rules alone. Education, no diagnosis.

/** Tissues that can be named, with their words; nobody has to know. */
export const TISSUES = [["", "not sure"], ["muscle", "muscle"], ["tendon", "tendon"], ["joint", "joint"], ["bone", "bone"]];

/**
 * Find the rule for a pain: what stops the session earlier comes first, then the score.
 * @param {any} pain the document's rules
 * @param {{area: string, score: number, tissue?: string, unit?: string, block?: string}} told with the unit of the exercise and
 *   the label of its block
 * @returns {{do: "continue"|"swap"|"stop", says: string}}
 */
export function ruleOf(pain, { area, score, tissue = "", unit = "", block = "" }) {
  const names = (stop) => (stop.area ? stop.area === area : stop.tissue ? stop.tissue === tissue : stop.unit && stop.unit === unit);
  const early = (pain.stops ?? []).find((stop) => score > stop.above && names(stop));
  if (early) return { do: "stop", says: early.says };
  const own = /^T\d*$/.test(block) && pain.block_areas?.includes(area) && pain.block_rules?.length;
  const rules = own ? pain.block_rules : pain.rules;
  return rules.find((rule) => score >= rule.from && score <= rule.to) ?? rules.at(-1);
}

/** Name a place for people. */
export const placeName = (pain, area) => pain.places?.[area] ?? area;
