"""What breaks parsers, or injects into what it is put in."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS = (
    "", " ", "\0", "a\0b", "\x01\x1f\x7f\x85", "\ud800", "\udfff\ud800", "\u202e\u2066drowssap\u2069", "\ufeff\ufffe\uffff",
    "é" * 3000, "' OR '1'='1' --", '"; DROP TABLE conversation; --', "%' UNION SELECT token FROM share --", "%_%", "\\",
    "/etc/passwd", "../../../../etc/passwd", "..\\..\\conversations.db", "....//conversations.db", "%2e%2e%2f",
    "file:///etc/passwd", "//example.org", "{{7*7}}{{config}}", "{% include '/etc/passwd' %}", "${7*7}", "#{7*7}",
    "%(secret)s%s%n", "{0.__class__.__mro__}", "$(id)`id`;|id", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)", "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>", "=cmd|'/C calc'!A0", "@SUM(1)",
    "\r\nSet-Cookie: qa_owner=stolen\r\n\r\n<h1>", "a\r\nX-Injected: 1", "\n\n\t\r", "²", "٣", "Ⅷ", "-0", "-1", "1e999",
    "NaN", "Infinity", "-Infinity", "9" * 400, "0x10", "1_000", "99999999999999999999", "18446744073709551616", "2147483648",
    "true", "null", "[]", "{}", "(((((((((((((((((((((((((((((a?)*)*)*)*", "a" * 70_000, "Combien ? " * 90, "2019-13-45",
    "0000", "ⅰ\u0301" * 500, "%", "%zz",
)  # fmt: skip
HEADERS = (
    ("X-Request-Id", "a\tb"), ("X-Request-Id", "x" * 5000), ("X-Forwarded-Host", 'evil"<script>'),
    ("X-Forwarded-Host", "[::1"), ("X-Forwarded-For", "::1%0a, ²"), ("X-Forwarded-Proto", "javascript"),
    ("X-Forwarded-Prefix", "//evil"), ("X-Forwarded-Port", "9" * 30), ("Forwarded", 'for="[::1'),
    ("Cookie", "qa_owner=" + "a" * 8000), ("Cookie", "qa_owner=../../x; qa_tour=rapport-2019/²"),
    ("Cookie", "qa_tour=rapport-2019/" + "9" * 5000), ("Cookie", '="; ;;=;\\"'), ("Accept", ";;;q=,*/*;q=zz"),
    ("Accept", "text/csv;q=1e999, \xff"), ("Accept-Encoding", "gzip;q=zz, br;q=999, *;q=-1"), ("Accept-Language", "\xff"),
    ("If-None-Match", '"' * 3000), ("If-None-Match", "W/, *, x"),
    ("If-Modified-Since", "Thu, 99 Foo 99999999999 99:99:99 GMT"), ("Range", "bytes=99999999999999999999-"),
    ("Range", "bytes=-1,-2,5-1"), ("If-Range", '"x'), ("Authorization", "Basic ////"), ("Authorization", 'Digest a=b,="'),
    ("Authorization", "Bearer " + "x" * 4000), ("Content-Type", "application/json; charset=utf-16"),
    ("Content-Type", "multipart/form-data"), ("Content-Type", "a/b; " + "x=y;" * 900),
    ("Content-Type", "application/x-www-form-urlencoded; charset=idna"), ("Content-Encoding", "gzip"),
    ("Content-Length", "-1"), ("Content-Length", "9" * 40), ("Transfer-Encoding", "chunked"),
    ("Transfer-Encoding", "gzip, chunked"), ("Expect", "100-continue"), ("Connection", "upgrade"), ("Upgrade", "h2c"),
    ("Script_Name", "/x"), ("Script-Name", "/x"), ("Path_Info", "/corrections"), ("Sec-Fetch-Site", "\xff"),
    ("Origin", "null"), ("Referer", "\x80" * 90), ("X-Requested-With", "\t"), ("X-Http-Method-Override", "DELETE"),
    ("Host", "evil.example"), ("Origin", "http://["), ("Origin", "https://[::1"), ("Referer", "http://]/"),
)  # fmt: skip
HOSTS = (
    "127.0.0.1",
    "",
    "a b",
    "[::1",
    "[x]",
    "[:::::]",
    "x:99999999",
    "x:²",
    "é",
    "a,b",
    "a@b",
    "evil/../x",
    '"><b>',
    "." * 300,
    "xn--a-\xff.fr",
    "[::1]:x",
)
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X" * 30)
FIELDS = (
    "question",
    "conversation_id", "document", "section", "text", "title", "question_id", "verdict", "comment", "q", "kind", "unit",
    "period", "sort", "descending", "cursor", "limit", "warnings", "citation", "montrer", "serie", "r1", "format", "told",
    "quote", "sentence", "silent", "model", "messages", "stream", "stream_options", "n", "tools", "response_format", "role",
    "content", "type", "__proto__", "",
)  # fmt: skip
_MESSAGES = [
    {"role": "user", "content": "Combien de jardins ?"},
    {"role": "system", "content": [{"type": "text", "text": "?"}]},
]
OBJECTS: tuple[Mapping[str, object], ...] = (
    {}, {"question": "Combien de jardins partagés ?"}, {"text": "37 jardins en 2019."},
    {"question_id": "q_x", "verdict": "wrong", "comment": "?"}, {"model": "qa-service", "messages": _MESSAGES},
    {"model": "qa-service", "messages": _MESSAGES, "stream": True},
)  # fmt: skip
BROKEN_JSON = (
    b"", b"{", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe{}", b"\xef\xbb\xbf{}", b'{"question":"\xff"}',
    b'{"question":"\\ud800"}', b"NaN", b"-", b"1e99999", b"9" * 10_000, b'{"question":"a","question":["b"]}',
    b'{"question":"a"}garbage', b'{"question":"\x00"}', b'{"question":"\\u0000"}', b"'a'", b"null",
    b'{"model":"qa-service","messages":[{"role":"user","content":"a"}],"tools":' + b"[" * 180 + b"]" * 180 + b"}",
)  # fmt: skip
