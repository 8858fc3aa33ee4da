"""Who goes, what is sent, from where: allocation over frozen records, the same answer for the same question.

May import domain and the solver. The rules that say who may go live in `domain`; this room only chooses among them.
"""
