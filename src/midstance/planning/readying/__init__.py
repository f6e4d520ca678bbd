"""Readiness, one reason a file: what the morning's answers, pains, illness and breaks ask of the day.

``facts`` gathers the diary once; each other file turns facts into reasons; ``light`` says what a reason is and how
reasons join. The whole is put together in ``planning.readiness``.
"""
