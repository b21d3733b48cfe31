"""Who may use the service: sign-in, proxy headers, tokens. Nothing here knows what is asked or answered."""
