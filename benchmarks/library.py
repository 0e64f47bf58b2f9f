"""The library: how fast it is read and checked, and how many planted faults the checks find.

Promises: the whole library is read and checked within 1 s, 95 times in 100; of faults planted in its articles, one at a
time, every lost mark and misspelt claim is found, 90 of 100 wrong hedges and 80 of 100 wrong numbers.

Usage: python benchmarks/library.py [--json] [--times N] [--seed SEED]
"""

import argparse
import json
import re
import sys
import time
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np

from provender.library.checks import CHECKS, findings
from provender.library.figures import figures
from provender.library.shelf import shelf
from provender.library.verbs import rated

SEED, TIMES = 20261123, 30
OF_ARTICLES = [check for check in CHECKS if check.__module__.endswith("article_checks")]
TODAY = date(2026, 11, 23)
WITHIN_S = 1.0
AIMS = {"mark": 1.0, "claim": 1.0, "hedge": 0.90, "number": 0.80}
HEDGES = (("probably", "may"), ("may", "probably"))


def seconds(times):
    """95th percentile of reading and checking everything, s."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        findings(shelf(), today=TODAY)
        taken.append(time.perf_counter() - began)
    return float(np.quantile(taken, 0.95))


def found(one, name, body):
    """What is wrong with an article of another body, as a set of check, line and what was found."""
    article = one.articles[name].model_copy(update={"body": body})
    alone = replace(one, articles=MappingProxyType({name: article}))
    return {(f.check, f.line, f.found) for check in OF_ARTICLES for f in check(alone, TODAY)}


def planted(one, name, rng):
    """Faults of one article: their kind and the body that holds each."""
    body = one.articles[name].body
    for sentence in one.sentences[name]:
        claims = [one.claims[c] for c in sentence.claims if c in one.claims]
        if not claims or sentence.text not in body:
            continue
        before, _, after = body.partition(sentence.text)
        mark = re.match(r"(\[\[[^\]]*\]\])+", after)
        yield "mark", before + sentence.text + after[mark.end() :]
        yield "claim", before + sentence.text + after[:2] + "zz" + after[2:]
        for kind, spoilt in (*hedged(sentence.text, claims), *numbered(sentence.text, rng)):
            yield kind, before + spoilt + after


def hedged(text, claims):
    """The sentence with the wrong hedge, where its claims agree how sure they are."""
    if not all(rated(claim) for claim in claims) or len({claim.certainty for claim in claims}) > 1:
        return
    for old, new in HEDGES:
        if re.search(rf"\b{old}\b", text):
            yield "hedge", re.sub(rf"\b{old}\b", new, text)


def numbered(text, rng):
    """The sentence with one number changed, as it is rounded."""
    for figure in figures(text):
        if figure.said[0].isdigit() and not figure.rough:
            said = re.match(r"[\d.,]*\d", figure.said)[0]
            if not float(said.replace(",", "")):
                continue
            scale = figure.value / float(said.replace(",", ""))
            value = figure.value / scale * float(rng.choice([0.3, 0.7, 1.4, 3.0]))
            other = f"{value:.{max(0, round(-np.log10(figure.step / scale)))}f}"
            if other != said:
                yield "number", text.replace(said, other, 1)


def shares(one, rng):
    """Of each kind of planted fault: how many, and the share found."""
    counts = {kind: [0, 0] for kind in AIMS}
    for name in one.articles:
        before = found(one, name, one.articles[name].body)
        for kind, body in planted(one, name, rng):
            counts[kind][0] += 1
            counts[kind][1] += bool(found(one, name, body) - before)
    return {kind: (n, hit / n if n else float("nan")) for kind, (n, hit) in counts.items()}


def main():
    """Measure, print, and fail when a promise is broken."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--times", type=int, default=TIMES)
    asked.add_argument("--seed", type=int, default=SEED)
    given = asked.parse_args()
    one = shelf()
    taken, caught = seconds(given.times), shares(one, np.random.default_rng(given.seed))
    kept = taken <= WITHIN_S and all(share >= AIMS[kind] for kind, (_, share) in caught.items())
    if given.json:
        print(json.dumps({"seconds": taken, "found": caught, "kept": kept}))
    else:
        print(f"read and checked       {taken:.2f} s   aim {WITHIN_S:.0f} s")
        for kind, (n, share) in caught.items():
            print(f"wrong {kind:<8} planted {n:>5}   found {share:.3f}   aim {AIMS[kind]:.2f}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
