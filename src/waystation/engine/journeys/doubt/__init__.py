"""How sure a plan is: the beliefs it rests on, the plan over their posterior, and the plan that fears the worst of them."""
