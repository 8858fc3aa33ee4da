"""What is true: frozen records and the rules of the trade.

Imports the standard library only. No clock, no random numbers, no files, no words: moments and ids are handed in,
and a refusal carries values, never a sentence. Rules name their source; thresholds come in as data.
How it is kept belongs to `store`, what the desk can do to `services`.
"""
