"""Take from this process what reading a file does not need: the network, core dumps, memory without end."""

import ctypes
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_NO_NEW_PRIVS = 38


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a reading process was kept from; not every system can."""

    has_no_network: bool
    has_memory_limit: bool


def confine(memory: int) -> Confinement:
    """Confine this process for good, as far as the system can; before it has threads, or its network stays.

    Parameters
    ----------
    memory
        Bytes that it may take.
    """
    return Confinement(_without_network(), _with_memory_limit(memory))


def _without_network() -> bool:
    """Move into a network of its own that leads nowhere (Linux, user_namespaces(7)); give whether that worked."""
    if sys.platform != "linux":
        return False
    user, group = os.geteuid(), os.getegid()
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
            return False
    except (OSError, AttributeError):
        return False
    with suppress(OSError):  # without this it is nobody, which only looks odd
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def _with_memory_limit(memory: int) -> bool:
    """Limit the memory of this process, and write no core dumps; give whether the system holds to the limit."""
    if sys.platform == "win32":
        return False
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ValueError, OSError):
        return False
    return sys.platform != "darwin"  # there the limit is taken and not kept
