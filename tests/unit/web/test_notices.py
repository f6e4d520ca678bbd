"""The notice after an action travels in a cookie: small, unspoilt, and harmless when garbled."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.web.notices import MORE, MOST_BYTES, Notice, cookie_of, notice_of


@given(st.lists(st.text(max_size=300), max_size=4), st.text(alphabet="b-0123456789abcdef", max_size=14))
def test_a_notice_comes_back_as_it_went(says: list[str], batch: str) -> None:
    """What is short enough comes back letter by letter."""
    notice = Notice(says=tuple(says), batch=batch)
    written = cookie_of(notice)
    read = notice_of(written)
    assert read is not None
    assert read == notice or read.says[-1] == MORE


@given(st.lists(st.text(alphabet="aß漢😀\"\\\n", min_size=1, max_size=2000), min_size=1, max_size=20))
def test_a_cookie_is_never_longer_than_browsers_take(says: list[str]) -> None:
    """Whatever the letters, the value stays within its bytes, says that there is more, and keeps the way back."""
    written = cookie_of(Notice(says=tuple(says), batch="b-1234"))
    assert len(written) <= MOST_BYTES
    assert all(c.isascii() and (c.isalnum() or c in "-_") for c in written)
    read = notice_of(written)
    assert read is not None
    assert read.batch == "b-1234"
    assert read.says == tuple(says) or read.says[:-1] == tuple(says[:len(read.says) - 1])


@pytest.mark.parametrize("cookie", [
    "", "x", "====", "%%%", "é", "A" * 100_000, base64.urlsafe_b64encode(b'{"says": "text"}').decode(),
    base64.urlsafe_b64encode(b'{"says": [1]}').decode(), base64.urlsafe_b64encode(b"[").decode(),
    base64.urlsafe_b64encode(b'{"says": ["\xff"]}').decode(), base64.urlsafe_b64encode(b"null").decode(),
])
def test_a_garbled_cookie_is_no_notice(cookie: str) -> None:
    """Another program on this machine may write any cookie: it shows nothing."""
    assert notice_of(cookie) is None
