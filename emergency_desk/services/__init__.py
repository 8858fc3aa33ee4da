"""What the desk can do: one public function, one user action, one commit.

May import store, domain and argon2. A function opens a unit of work, loads, asks the domain, keeps, and ends with
`return Done(value, work.commit())`; reading functions give frozen records. No Qt, no SQL, no words.
What needs several rooms (print, import, walk) belongs to `errands`.
"""
