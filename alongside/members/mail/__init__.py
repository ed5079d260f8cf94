"""The door for mail that comes in: from a pipe, a mail server of its own, or a rule that forwards a school's mailbox.

Each message is kept whole, once. An answer to a message of ours is handed to the room that sent it, which says what it
did with it; what no room takes waits for the office. Who a message says it is from opens nothing: only the key of the
message that it answers does, which nobody knows but whoever got that.
"""
