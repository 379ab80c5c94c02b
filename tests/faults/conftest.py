"""The browser that the faults are watched in is that of the journeys."""
