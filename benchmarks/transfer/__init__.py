# SPDX-License-Identifier: Apache-2.0
"""Cartable beside other tools that fetch files, over poor links (benchmarks/README.md)."""
