"""Evidence-backed analysis of an alliance, published as a static site.

Rooms in the order in which data flows: read, prose, model, route, view, plan, render, write; check
beside them; build, report, serve and cli at the edge. Import from the room you need.
"""
