"""What a page makes to be heard: it is counted, and sounds all the same."""

SOUNDS = """
window.made = { contexts: [], tones: [], noises: 0, closed: 0 };
window.AudioContext = class extends AudioContext {
  constructor() { super(); made.contexts.push(this); }
  close() { made.closed++; return super.close(); }
};
window.OscillatorNode = class extends OscillatorNode {
  constructor(context, options) { super(context, options); made.tones.push(options.type); }
};
window.AudioBufferSourceNode = class extends AudioBufferSourceNode {
  constructor(...told) { super(...told); made.noises++; }
};
"""
"""Counts what is made of each kind, before any script of the page runs."""
