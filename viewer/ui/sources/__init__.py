"""Sources: the panel that lists them, the form in which they are added, and what follows when one falls."""
