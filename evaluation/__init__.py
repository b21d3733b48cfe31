"""How good and how fast the answers are: cases with known answers, metrics, runs and their comparison.

Imports `qa_service` and `index`, never `web`: over HTTP it is a client like any other. What judges an answer shares no
code with what gives it, and the service reads nothing here when it answers.
"""
