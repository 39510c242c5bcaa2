"""The phrase grammar: dates as people write them in several languages, put into EDTF."""
