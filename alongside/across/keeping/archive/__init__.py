"""The form of a backup: a tar of tables, files and a manifest, sealed with a passphrase where one is given.

`tables` turns tables into lines and back, the same on both databases; `sealing` encrypts a stream in pieces; `manifest`
says what has to be in it, each part by its hash.
"""
