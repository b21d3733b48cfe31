"""HTTP: pages and the JSON API. What is in here parses, asks and renders.

Imports `qa_service` and the types of `index`; never decides what the report says, and holds no word of any one report.
"""
