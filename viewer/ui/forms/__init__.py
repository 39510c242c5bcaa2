"""Entry forms: the sheet at the right in which events are added and revised, and the fields it is made of."""
