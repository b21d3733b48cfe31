"""The revisions; a new one is written by hand, and `tests/web/storage/test_migrations.py` says what it lacks."""
