"""How the shipped encoder is made: pairs of texts in, a model folder out. Serving never imports it."""
