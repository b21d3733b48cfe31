"""How the schema came to be, one revision a file: alembic's script folder. `env` runs them on the connection it is given."""
