#!/usr/bin/env python3
"""likeness.py TEXT: finds for each line of a text the earlier line that shares most words with it.

An ordinary program: it knows nothing of checkpoints. What it has read so far, and a random number that it
draws at its start, are nowhere but in its memory.
"""
import random
import sys
from collections import Counter, deque

NEAR = 500
EACH = 500


def main(name):
    secret = random.SystemRandom().getrandbits(64)
    print("begin, random number", secret, flush=True)
    seen = deque(maxlen=NEAR)
    shared = Counter()
    vocabulary = Counter()
    best = (0, 0, 0)
    number = 0
    with open(name, encoding="ascii") as text:
        for number, line in enumerate(text, 1):
            words = frozenset(line.split())
            vocabulary.update(words)
            most, where = 0, 0
            for other, earlier in seen:
                alike = len(words & earlier)
                if alike > most:
                    most, where = alike, other
            seen.append((number, words))
            shared[most] += 1
            best = max(best, (most, number, where))
            if number % EACH == 0:
                print(f"line {number}: {len(vocabulary)} words, best {best[0]} shared by {best[2]} and {best[1]}", flush=True)
    print("lines", number, "words", len(vocabulary))
    for most, lines in sorted(shared.items()):
        print(most, "words shared:", lines, "lines")
    print("most frequent:", " ".join(word for word, _ in sorted(vocabulary.items(), key=lambda item: (-item[1], item[0]))[:12]))
    print("end, random number", secret, flush=True)


main(sys.argv[1])
