"""How the shipped encoder is made: pairs of texts in, a model folder out. Never imported by serving; may import torch."""
