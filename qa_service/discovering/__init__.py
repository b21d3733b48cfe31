"""For who discovers an authority: portraits of its services, a guided tour, a quiz, all in the report's own words."""
