"""The service in llama-index's own terms: nodes, vector store, embedding, retriever, query engine, chat engine.

Each can stand in for one of llama-index's and the other way round. Importing llama-index takes about two seconds, so that
nothing outside this package imports it.
"""
