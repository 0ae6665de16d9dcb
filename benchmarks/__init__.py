"""How fast Wardline screens, beside what most people would write instead."""
