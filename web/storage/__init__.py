"""Where conversations are kept: one database, SQLite or PostgreSQL, its schema, its backups, what is too old. No Flask."""
