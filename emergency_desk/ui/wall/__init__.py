"""The wall: what a room of people reads from two metres, with nothing private on it."""
