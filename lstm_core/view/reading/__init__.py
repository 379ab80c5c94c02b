"""Pictures of a network that reads a text letter by letter: the text, the next letters, and all units."""

from .next_letters import next_letters
from .read_text import read_text
from .unit_list import unit_list
