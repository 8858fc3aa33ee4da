"""The wiring room: the window and the command line start here, and everything is put together once.

May import every room. Knows where things lie (paths), how to log, what to do with a crash. Holds no rule and no
screen: those belong to `domain`, `services` and `ui`.
"""
