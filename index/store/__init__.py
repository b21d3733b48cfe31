"""The index of a report on disk: what it holds, how it is built beside the old one, how it proves what it was built from."""
