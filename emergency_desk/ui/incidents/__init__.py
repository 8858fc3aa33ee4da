"""Screens of incidents: the call form, the duty board, the room of one incident.

They ask services through the workplace and show frozen records; no screen here touches the store or decides a rule.
"""
