"""Readers' answers, kept whole and compressed, and given before Django's machinery starts.

`keys` says which requests may be answered from memory and which of them are one and the same; `epoch` how
long nothing that readers see can change; `answers` what is kept of an answer and what is given of it;
`front` is the WSGI application that does it.
"""
