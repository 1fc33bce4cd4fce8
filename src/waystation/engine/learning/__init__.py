"""Beliefs from few outcomes and from judgement: pooled, discounted, and able to say what they rest on."""
