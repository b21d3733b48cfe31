"""The application behind gunicorn: how it is loaded, which worker takes a client in, how slow ones keep nobody waiting."""
