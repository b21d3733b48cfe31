"""Requests that mean harm, or are broken, for every route: as bytes for a real server."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from docx import Document
from flask import Flask
from hypothesis import strategies as st

from tests.support.hostile_values import BROKEN_JSON, FIELDS, HEADERS, HOSTS, METHODS, OBJECTS, TEXTS
from tests.support.raw_http import request

MAX_TEXT_CHARS = 400  # in an address: a longer one is refused as a whole
_FORM, _JSON, _PARTS = "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=B"
_VARIABLE = re.compile(r"<(?:(\w+):)?\w+>")


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the service, with `<...>` where it varies, and a method that it takes."""

    method: str
    rule: str


def routes_of(app: Flask) -> tuple[Route, ...]:
    """Return every route of the application, in a fixed order."""
    rules = (
        (rule.rule, method) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )
    return tuple(Route(method, rule) for rule, method in sorted(rules))


def texts() -> st.SearchStrategy[str]:
    """Return texts that break parsers or inject into whatever they are put in."""
    return st.one_of(st.sampled_from(TEXTS), st.text(st.characters(), max_size=40))


def requests(routes: Sequence[Route], values: Sequence[str]) -> st.SearchStrategy[bytes]:
    """Return whole requests: hostile in address, headers or body, and some of them damaged; `values` are names that exist."""
    fit = st.one_of(st.sampled_from(list(values)), st.sampled_from(list(values)), texts())
    whole = _requests(routes, fit)
    return st.integers(0, 7).flatmap(lambda one: whole if one else _damaged(whole))


@st.composite
def _requests(draw: st.DrawFn, routes: Sequence[Route], fit: st.SearchStrategy[str]) -> bytes:
    route = draw(st.sampled_from(list(routes)))
    target = _VARIABLE.sub(lambda _: _escaped(draw(fit)), route.rule) + draw(_queries(fit))
    method = draw(st.one_of(st.just(route.method), st.just(route.method), st.sampled_from(METHODS)))
    kind, body = draw(_bodies(fit)) if method not in ("GET", "HEAD") else ("", b"")
    headers = draw(st.one_of(st.just([]), st.lists(st.sampled_from(HEADERS), max_size=2)))
    headers += [("Content-Type", kind)] if kind else []
    host = draw(st.sampled_from(["127.0.0.1"] * len(HOSTS) * 4 + [*HOSTS]))
    # Whoever comes by a proxy is a visitor: nobody's conversations are theirs to see.
    return request(method, target, ("Via", "1.1 proxy"), *headers, body=body, host=host)


def _escaped(text: str) -> str:
    return quote(text[:MAX_TEXT_CHARS].encode("utf-8", "surrogatepass"), safe="~")


@st.composite
def _queries(draw: st.DrawFn, fit: st.SearchStrategy[str]) -> str:
    pairs = draw(st.lists(st.tuples(st.one_of(st.sampled_from(FIELDS), texts()), fit), max_size=4))
    written = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in pairs)
    extra = draw(st.sampled_from(["", "", "", "", "&".join(["a=1"] * 900), "%", "%zz=%", "=&=&;", "?" * 40, "[]=1&[a][b]=2"]))
    return f"?{written}&{extra}" if written or extra else ""


def _bodies(fit: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, bytes]]:
    kinds = st.sampled_from([_FORM, _JSON, _PARTS, "text/plain", ""])
    return st.one_of(
        st.tuples(st.just(_JSON), st.one_of(_objects(fit), st.sampled_from(BROKEN_JSON))),
        st.tuples(st.just(_FORM), _forms(fit)),
        st.tuples(st.just(_PARTS), _uploads()),
        st.tuples(kinds, st.binary(max_size=200)),
    )


@st.composite
def _objects(draw: st.DrawFn, fit: st.SearchStrategy[str]) -> bytes:
    leaf = st.one_of(fit, st.none(), st.booleans(), st.integers(), st.floats())
    inner = st.recursive(
        leaf,
        lambda one: st.one_of(st.lists(one, max_size=3), st.dictionaries(st.sampled_from(FIELDS), one, max_size=3)),
        max_leaves=6,
    )
    known: Mapping[str, object] = draw(st.sampled_from(OBJECTS))
    changed = draw(st.dictionaries(st.sampled_from([*known, *FIELDS]), inner, max_size=3))
    return json.dumps({**known, **changed}).encode()


@st.composite
def _forms(draw: st.DrawFn, fit: st.SearchStrategy[str]) -> bytes:
    pairs = draw(st.lists(st.tuples(st.sampled_from(FIELDS), fit), max_size=5))
    written = "&".join(f"{name}={_escaped(value)}" for name, value in pairs).encode()
    return written + draw(st.sampled_from([b"", b"", b"", b"&a=" + b"x" * 300_000, b"&a=1" * 2_000, b"&%&=%zz&\xff=\x00"]))


@st.composite
def _uploads(draw: st.DrawFn) -> bytes:
    name = _NAME_BREAKS.sub("_", draw(texts())[:200]) + draw(st.sampled_from([".docx", ".pdf", ".txt", ".md", ".exe", ""]))
    content = draw(st.one_of(st.sampled_from(FILES), _changed(st.sampled_from(FILES)), st.binary(max_size=100)))
    field = draw(st.sampled_from(["file", "file", "text", "a\x01"]))
    head = f'--B\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return (
        head.encode("utf-8", "surrogatepass")
        + content
        + draw(st.sampled_from([b"\r\n--B--\r\n", b"\r\n--B--\r\n", b"", b"\r\n--B"]))
    )


_NAME_BREAKS = re.compile(r'["\r\n]')


@st.composite
def _changed(draw: st.DrawFn, contents: st.SearchStrategy[bytes]) -> bytes:
    """Return `contents` with some bytes put in the place of others."""
    content = bytearray(draw(contents))
    for place, value in draw(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8)):
        content[min(int(place * len(content)), len(content) - 1)] = value
    return bytes(content)


@st.composite
def _damaged(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """Return requests whose own bytes are damaged, most often in the head."""
    sent = draw(whole)
    head = sent.find(b"\r\n\r\n") + 4
    return (
        draw(_changed(st.just(sent[:head]))) + sent[head:] if draw(st.booleans()) else sent[: draw(st.integers(0, len(sent)))]
    )


def word_with(body: bytes) -> bytes:
    """Return a Word file whose document is the XML `body`."""
    content, changed = BytesIO(), BytesIO()
    Document().save(content)
    with zipfile.ZipFile(content) as whole, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in whole.namelist():
            packed.writestr(name, body if name == "word/document.xml" else whole.read(name))
    return changed.getvalue()


_WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
_LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 10) for letter in range(97, 106))
FILES = (
    word_with(_WORD % b"<w:p><w:r><w:t>37 jardins en 2019.</w:t></w:r></w:p>"),
    word_with(b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + _LAUGHS + b"]>" + _WORD % b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"),
    word_with(b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _WORD % b"<w:p><w:r><w:t>12 &a;</w:t></w:r></w:p>"),
    word_with(b" " * 60_000_000), word_with(_WORD % (b"<w:p>" * 500 + b"</w:p>" * 500)), word_with(b"<a/>"),
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>",
    b"37 jardins en 2019. " * 50, b"PK\x05\x06" + b"\0" * 18,
)  # fmt: skip
