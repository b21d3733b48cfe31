"""How fast the service is, measured as its users meet it."""
