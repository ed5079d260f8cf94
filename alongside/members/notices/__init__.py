"""What is sent: one row a message, kept with its words, sent once the transaction is stored.

A message is a plain-text template in the app that sends it; its first line is the subject.
"""
