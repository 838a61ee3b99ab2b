"""How the rules become variables and clauses; see docs/how_it_solves.md."""
