"""Tables that go out: values only, nothing of the machine, nothing that a spreadsheet would run."""
