"""Responses are compressed for those who take them so."""

import pytest
from flask.testing import FlaskClient

from tests.support.report import SLUG


@pytest.mark.parametrize("path", ["/", f"/rapport/{SLUG}", "/static/style.css", "/static/chat.js"])
def test_text_is_sent_compressed(client: FlaskClient, path: str) -> None:
    """To a third of its size at most; without the header, as it is."""
    plain = client.get(path, buffered=True)
    packed = client.get(path, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] in ("gzip", "br")
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_an_unchanged_page_is_not_sent_twice_compressed(client: FlaskClient) -> None:
    """The tag of the compressed page is known again."""
    headers = {"Accept-Encoding": "br"}
    tag = client.get(f"/rapport/{SLUG}", headers=headers).headers["ETag"]
    assert client.get(f"/rapport/{SLUG}", headers={**headers, "If-None-Match": tag}).status_code == 304
