# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Random JSON texts and what Python makes of them, one JSON array a line: [text, canonical, repr],
# texts in base64 of UTF-8. canonical = json.dumps(value, sort_keys=True), the text that gateways
# sign; repr = what str() prints of a list or an object, null where not all is ASCII: what is
# printable there is a matter of the Unicode version.
#
#   python3 python_json.py COUNT SEED
import base64
import json
import random
import sys

COUNT, SEED = int(sys.argv[1]), int(sys.argv[2])
DEPTH = 6
draw = random.Random(SEED)

SPECIAL = ['"', "'", "\\", "/", "\b", "\t", "\n", "\f", "\r", "\x00", "\x1f", "\x7f", "\x80", "\xa0", "\xad",
           "\u2028", "\u200b", "\ue000", "\ufeff", "\uffff", "\U0001f600", "\U000e0001", "\U0010ffff"]


def character():
    kind = draw.randrange(10)
    if kind < 6:
        return chr(draw.randrange(0x20, 0x7f))
    if kind < 8:
        return draw.choice(SPECIAL)
    if kind == 8:
        return chr(draw.randrange(0xd800))
    return chr(draw.randrange(0xe000, 0x110000))


def unit(value):
    digits = "%04x" % value
    return "\\u" + "".join(draw.choice((digit.lower(), digit.upper())) for digit in digits)


def written(text):
    """A JSON string: characters as they are where that is allowed, or escaped, at random."""
    out = []
    for char in text:
        code = ord(char)
        short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "/": "\\/"}
        form = draw.randrange(4)
        if form == 0 and char in short:
            out.append(short[char])
        elif form == 1 or code < 0x20 or char in '"\\':
            pair = [code] if code < 0x10000 else [0xd7c0 + (code >> 10), 0xdc00 | (code & 0x3ff)]
            out.extend(unit(value) for value in pair)
        else:
            out.append(char)
    if draw.randrange(40) == 0:  # a surrogate without its other half, which only an escape can write
        out.insert(draw.randrange(len(out) + 1), unit(draw.randrange(0xd800, 0xdc00)) + "-")
    return '"' + "".join(out) + '"'


def string():
    return written("".join(character() for _ in range(draw.randrange(12))))


def digits(most):
    return "".join(draw.choice("0123456789") for _ in range(draw.randint(1, most)))


def number():
    sign = draw.choice(("", "", "-"))
    whole = draw.choice(("0", str(draw.randrange(1, 10)) + draw.choice(("", digits(3), digits(25)))))
    kind = draw.randrange(6)
    if kind == 0:
        return sign + whole
    if kind == 1:  # a double of any exponent, as Python writes it
        return repr(draw.uniform(1, 10) * 10.0 ** draw.randint(-320, 307))
    fraction = "." + digits(draw.choice((2, 20, 60))) if kind < 5 else ""
    exponent = draw.choice("eE") + draw.choice(("", "+", "-")) + str(draw.choice((draw.randrange(5), draw.randrange(30), draw.randrange(340)))) if kind > 2 else ""
    return sign + whole + fraction + exponent


def space():
    return draw.choice(("", "", " ", "\n", "\t \r\n"))


def value(depth):
    kind = draw.randrange(6, 8) if depth == DEPTH else draw.randrange(8 if depth else 6)
    if kind == 0:
        return draw.choice(("null", "true", "false"))
    if kind < 3:
        return number()
    if kind < 6:
        return string()
    items = range(draw.randrange(6))
    if kind == 6:
        return "[" + space() + ",".join(space() + value(depth - 1) + space() for _ in items) + "]"
    names = {}
    for _ in items:  # names that differ once they are read
        name = string()
        names[json.loads(name)] = name
    return "{" + space() + ",".join(space() + name + space() + ":" + value(depth - 1) for name in names.values()) + "}"


def base(text):
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()


for _ in range(COUNT):
    text = space() + value(DEPTH) + space()
    read = json.loads(text)
    canonical = json.dumps(read, sort_keys=True)
    shown = str(read) if isinstance(read, (list, dict)) else None
    plain = shown is not None and canonical.isascii() and "\\u" not in canonical
    print(json.dumps([base(text), base(canonical), base(shown) if plain else None]))
