"""The commands of the question side: they parse, ask the service and print; rules of the domain stand elsewhere."""
