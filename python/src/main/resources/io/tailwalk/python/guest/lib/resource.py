"""Importable; the limits of Tailwalk's sandbox do not change."""
from collections import namedtuple

RLIM_INFINITY = -1
RUSAGE_SELF, RUSAGE_CHILDREN = 0, -1
(
    RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC,
    RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS,
) = range(10)
error = OSError
struct_rusage = namedtuple(
    "struct_rusage",
    "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock "
    "ru_oublock ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw",
)


def getrlimit(_):
    return (RLIM_INFINITY, RLIM_INFINITY)


def setrlimit(_, __):
    pass


def getrusage(_):
    return struct_rusage(0.0, 0.0, *[0] * 14)


def getpagesize():
    return 65536
