"""The people of every test: alice owns the board, bob is a member of the channel, carol is a stranger."""

from bot.core.people import Person

ALICE = Person("U0ALICE", "Alice")
BOB = Person("U0BOB", "Bob")
CAROL = Person("U0CAROL", "Carol")
