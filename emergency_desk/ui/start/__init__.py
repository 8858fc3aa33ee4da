"""The first page of a desk without a store, and signing in."""
