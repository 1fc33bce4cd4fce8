import socket

from waystation.config.serving.control import READY, WAIT, Control


def pair() -> tuple[Control, Control]:
    ours, theirs = socket.socketpair()
    return Control(ours), Control(theirs)


def test_words_and_numbers_arrive_in_order() -> None:
    ours, theirs = pair()
    with ours.end, theirs.end:
        ours.tell(READY)
        ours.tell(WAIT, 12.5)
        heard: list[tuple[str, float]] = []
        while len(heard) < 2:
            heard += theirs.heard() or []
        assert heard == [(READY, 0.0), (WAIT, 12.5)]
        assert theirs.fileno() == theirs.end.fileno()


def test_a_word_in_pieces_is_put_together_and_nonsense_is_left_out() -> None:
    ours, theirs = pair()
    with ours.end, theirs.end:
        ours.end.sendall(b"wait 1.")
        assert theirs.heard() == []
        ours.end.sendall(b"5\nwait x\n\xff\n")
        assert theirs.heard() == [("wait", 1.5), ("\ufffd", 0.0)]


def test_the_end_of_the_line_is_heard_and_telling_a_dead_end_does_nothing() -> None:
    ours, theirs = pair()
    with theirs.end:
        ours.end.close()
        assert theirs.heard() is None
        theirs.tell(READY)
        ours.tell(READY)
        assert ours.heard() is None


def test_a_flood_without_a_line_end_is_the_end() -> None:
    ours, theirs = pair()
    with ours.end, theirs.end:
        ours.end.sendall(b"x" * 500)
        assert theirs.heard() is None
