"""Limits a process lays upon itself before it opens a foreign file: memory and processor time.

Linux and macOS by setrlimit; Windows by a job object. The wall clock is watched by the parent on every system.
"""

from __future__ import annotations

import sys

MEGABYTE = 1024 * 1024


def lay_on(*, memory_mb: int, seconds: float) -> None:
    """Bind this process, and all it starts, to so much memory and processor time."""
    if sys.platform == "win32":
        _lay_on_windows(memory_mb, seconds)
    else:
        _lay_on_posix(memory_mb, seconds)


if sys.platform != "win32":

    def _lay_on_posix(memory_mb: int, seconds: float) -> None:
        import resource

        whole = max(1, int(seconds + 0.999))
        _limit(resource.RLIMIT_CPU, whole, whole + 1)
        _limit(resource.RLIMIT_CORE, 0, 0)
        _limit(resource.RLIMIT_AS, memory_mb * MEGABYTE, memory_mb * MEGABYTE)

    def _limit(kind: int, soft: int, hard: int) -> None:
        import resource

        highest = resource.getrlimit(kind)[1]
        if highest != resource.RLIM_INFINITY:
            soft, hard = min(soft, highest), min(hard, highest)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (OSError, ValueError):
            # macOS knows the name RLIMIT_AS and refuses it; the wall clock still holds.
            if sys.platform != "darwin":
                raise

else:

    def _lay_on_windows(memory_mb: int, seconds: float) -> None:
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = [
                ("PerProcessUserTimeLimit", ctypes.c_int64), ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", wintypes.DWORD), ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t), ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t), ("PriorityClass", wintypes.DWORD), ("SchedulingClass", wintypes.DWORD),
            ]

        class Extended(ctypes.Structure):
            _fields_ = [
                ("BasicLimitInformation", Basic), ("IoInfo", ctypes.c_uint64 * 6), ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t), ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            ]

        process_time, process_memory, extended_information = 0x2, 0x100, 9
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = Extended()
        limits.BasicLimitInformation.PerProcessUserTimeLimit = int(seconds * 10_000_000)
        limits.BasicLimitInformation.LimitFlags = process_time | process_memory
        limits.ProcessMemoryLimit = memory_mb * MEGABYTE
        taken = kernel.SetInformationJobObject(job, extended_information, ctypes.byref(limits), ctypes.sizeof(limits))
        if not taken or not kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess())):
            raise ctypes.WinError(ctypes.get_last_error())
