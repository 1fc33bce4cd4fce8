"""What keeps people from harm: the trafficking screen, the procedure for children, complaints, and a look at ourselves."""
