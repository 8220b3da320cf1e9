"""What people see: a read model in, blocks out; pure."""
