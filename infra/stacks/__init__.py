"""The stacks: core (also deployed locally), mail in and out, operations."""
