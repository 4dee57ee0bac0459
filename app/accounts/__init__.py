"""The door of sign-in: who you are, your session, your phone's first step in."""
