"""Ways to damage the bytes of a file, chosen by a seed."""

from __future__ import annotations

_PAGE = 4096
_HEADER = 100


def mutated(data, random):
    """Return a damaged copy of some bytes."""
    copy = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        random.choice(_MUTATORS)(copy, random)
    return bytes(copy)


def _place(data, random, length=1):
    """A place in the bytes, most often where they are not empty."""
    place = random.randrange(max(1, len(data) - length))
    for _ in range(8):
        if any(data[place : place + 16]):
            break
        place = random.randrange(max(1, len(data) - length))
    return place


def _flip(data, random):
    if data:
        data[_place(data, random)] ^= 1 << random.randrange(8)


def _some_bytes(data, random):
    length = random.randint(1, 8)
    place = _place(data, random, length)
    data[place : place + length] = random.randbytes(length)


def _noise(data, random):
    place = _place(data, random, 64)
    data[place : place + 64] = random.randbytes(64)


def _zeros(data, random):
    length = random.choice((1, 4, 100, _PAGE))
    place = _place(data, random, length)
    data[place : place + length] = bytes(len(data[place : place + length]))


def _letter(data, random):
    """Another letter in a text: nothing of the structure changes."""
    for _ in range(50):
        place = _place(data, random)
        if place < len(data) and chr(data[place]).isalpha():
            data[place] = random.choice(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
            return


def _header(data, random):
    if len(data) > _HEADER:
        data[random.randrange(_HEADER)] = random.randrange(256)


def _start_of_page(data, random):
    place = random.randrange(max(1, len(data) // _PAGE)) * _PAGE + random.randrange(40)
    if place < len(data):
        data[place] = random.randrange(256)


def _swapped_pages(data, random):
    pages = len(data) // _PAGE
    if pages > 1:
        one, other = (random.randrange(pages) * _PAGE for _ in range(2))
        first, second = data[one : one + _PAGE], data[other : other + _PAGE]
        data[one : one + _PAGE], data[other : other + _PAGE] = second, first


def _moved(data, random):
    length = random.choice((2, 16, 200))
    source, target = _place(data, random, length), _place(data, random, length)
    data[target : target + length] = data[source : source + length]


def _cut(data, random):
    if random.random() < 0.3:
        del data[random.randrange(len(data) + 1) :]


def _grown(data, random):
    if random.random() < 0.3:
        data.extend(random.randbytes(random.choice((1, 100, _PAGE))))


_MUTATORS = (
    _flip, _some_bytes, _noise, _zeros, _letter, _letter, _header, _start_of_page, _swapped_pages, _moved, _cut,
    _grown,
)  # fmt: skip
