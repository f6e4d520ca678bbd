"""Scripts as they travel: the same lines without those that only explain; what is written stays readable, no build."""

from __future__ import annotations


def lean(script: str) -> str:
    r"""Leave out lines that are comments and nothing else, and blank ones.

    A comment block must begin and end its lines, and no text over several lines may look like one: the house's
    modules keep to that.

    >>> print(lean('// What for.\nconst a = 1; // why\n\n/**\n * Long.\n */\n  /** Short. */\nf("// b");'))
    const a = 1; // why
    f("// b");
    """
    kept, inside = [], False
    for line in script.split("\n"):
        bare = line.strip()
        if inside or (bare.startswith("/*") and (bare.endswith("*/") or "*/" not in bare)):
            inside = not bare.endswith("*/")
        elif bare and not bare.startswith("//"):
            kept.append(line)
    return "\n".join(kept) + ("\n" if script.endswith("\n") else "")
