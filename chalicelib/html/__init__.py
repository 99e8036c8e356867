"""HTML in and out: the one place where foreign HTML is made safe, and text is made of it.

A leaf: any layer except the domain may import it; it imports nh3 and the standard library only.
"""
