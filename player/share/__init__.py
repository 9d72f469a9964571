# SPDX-License-Identifier: Apache-2.0
"""Lending what is here to the PC next door, over plain HTTP: "A peer" of docs/format.md.

`asking` (pure) understands a request or refuses it, `stock` says what there is, `visitor` is one
connection, `server` all of them. Nothing is ever taken in, and nothing about a person goes out.
"""
