"""Drawings and the sentences they say: geometry, colours, words, interactive figures."""
