"""Pools in Tailwalk's sandbox, which has no processes: their calls run here, one after another."""
import sys
import threading
from concurrent.futures import Executor
from queue import Queue, SimpleQueue

Lock, RLock, Semaphore, Event, Condition = (
    threading.Lock, threading.RLock, threading.Semaphore, threading.Event, threading.Condition
)
JoinableQueue = Queue


class ProcessError(Exception): pass


TimeoutError = TimeoutError


def cpu_count():
    return 1


def freeze_support():
    pass


def set_start_method(method, force=False):
    pass


def get_context(method=None):
    return sys.modules[__name__]


class Process:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        self.name, self.daemon = name, daemon

    def start(self):
        raise OSError("the sandbox has no processes")


class AsyncResult:
    def __init__(self, future, callback=None, error_callback=None):
        self._future = future
        if future.exception() is None:
            if callback is not None:
                callback(future.result())
        elif error_callback is not None:
            error_callback(future.exception())

    def get(self, timeout=None):
        return self._future.result()

    def wait(self, timeout=None):
        pass

    def ready(self):
        return True

    def successful(self):
        return self._future.exception() is None


class Pool:
    def __init__(self, processes=None, initializer=None, initargs=(), *_, **__):
        self._executor = Executor(processes, initializer=initializer, initargs=initargs)

    def apply(self, call, args=(), kwds={}):
        return self.apply_async(call, args, kwds).get()

    def apply_async(self, call, args=(), kwds={}, callback=None, error_callback=None):
        return AsyncResult(self._executor.submit(call, *args, **kwds), callback, error_callback)

    def map(self, call, items, chunksize=None):
        return list(self._executor.map(call, items))

    def starmap(self, call, items, chunksize=None):
        return [self.apply(call, args) for args in items]

    def map_async(self, call, items, chunksize=None, callback=None, error_callback=None):
        return self.apply_async(self.map, (call, items), {}, callback, error_callback)

    def starmap_async(self, call, items, chunksize=None, callback=None, error_callback=None):
        return self.apply_async(self.starmap, (call, items), {}, callback, error_callback)

    def imap(self, call, items, chunksize=1):
        return iter(self.map(call, items))

    imap_unordered = imap

    def close(self):
        self._executor.shutdown()

    terminate = close

    def join(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
        return False


ThreadPool = Pool
sys.modules["multiprocessing.pool"] = pool = sys.modules[__name__]
