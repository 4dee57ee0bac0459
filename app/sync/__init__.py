"""The door of the line: push, pull, receipts, devices."""
