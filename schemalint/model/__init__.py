"""The vocabulary: plain frozen data that every stage speaks. Imports nothing but the standard library.

`None` always means "this source does not say", never "no".
"""
