"""The reading desk: a source's stored text, its quoted passages, and entries made from what is selected."""
