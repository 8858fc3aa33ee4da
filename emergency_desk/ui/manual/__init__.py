"""The manual in the window: F1 opens it at the page for where the officer stands, Esc leads back."""
