"""Words: the catalogue, labels of every enum member, a sentence for every refusal, formats of times and numbers.

May import domain, gettext and pinyin, nothing else. Times are stored in UTC and become local time here only.
Source strings are English; Chinese lies in resources/locale. Text typed by users is never translated.
"""
