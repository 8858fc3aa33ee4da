"""How it is kept: all SQL, the one door to every connection, the unit of work, journal, migration and backup.

May import domain, sqlalchemy, alembic, the database driver, and pinyin for search keys. Rows never leave this room:
repositories and readings give frozen domain records. Only services and app look in here.
"""
