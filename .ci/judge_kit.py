"""Judge the acceptance kit's result: every broken check fails, but for readings where the kit itself is wrong.

Each known disagreement names plan, check and title, and why midstance keeps its reading. One that no longer occurs
fails too, so that the list cannot go stale.
"""

import json
import sys
from pathlib import Path

KNOWN = {
    ("frr_bt_02", "hard-minutes", "Lactate threshold {7:11} 18 min tempo run"):
        "the title tells 18 min of tempo inside 7 miles; the kit takes half of the run instead",
}


def main(path: str) -> int:
    """Print what is wrong in a result file and tell whether anything is."""
    result = json.loads(Path(path).read_text(encoding="utf-8"))
    wrong, seen = [], set()
    for plan in result["plans"]:
        for check, date, text in plan["broken"]:
            known = next((k for k in KNOWN if k[0] == plan["name"] and k[1] == check and k[2] in text), None)
            if known:
                seen.add(known)
                print(f"known disagreement: {plan['name']}: {check}: {date}: {KNOWN[known]}")
            else:
                wrong.append(f"{plan['name']}: {check}: {date}: {text}")
    wrong += [f"{row['name']}: {'; '.join(row['wrong'])}" for row in result["bad"] + result["check"] if row["wrong"]]
    wrong += [f"{plan} {check}: no longer disagrees, take it off the list" for plan, check, _ in KNOWN.keys() - seen]
    if not (result["plans"] and result["bad"] and result["check"]):
        wrong.append("the kit judged nothing")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
