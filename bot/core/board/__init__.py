"""What is true of a board: items, criteria, moves, the gate, history."""
