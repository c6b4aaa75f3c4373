"""The first door: files and hand entries become observations, once a person has accepted them."""
