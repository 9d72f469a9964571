# SPDX-License-Identifier: Apache-2.0
"""How the media of the example courses are drawn, spoken and encoded. See build_media.py."""
