import highspy


class QuietHighs(highspy.Highs):
    """HiGHS without its greeting on standard output, which would stand before an answer for programs.

    It is printed when callbacks are made ready; none is used here. On one thread, so that the same question has the same answer.
    """

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
        self.setOptionValue("threads", 1)
