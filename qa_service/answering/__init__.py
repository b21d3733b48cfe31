"""From ranked units to an answer: which words of the report answer, how sure that is, and when to say that it does not say."""
