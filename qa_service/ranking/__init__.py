"""From a query to ranked units and passages: signals, what units can answer, and the weights learnt for them."""
