"""What is true of production: readings, their judgement, incidents."""
