"""What each command does. Every one opens the database itself, calls a room and says what came of it."""
