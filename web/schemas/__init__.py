"""What the JSON interfaces take and give, as pydantic models: the contract of the API."""
