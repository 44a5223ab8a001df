"""Executors in Tailwalk's sandbox: one thread, so that a submitted call runs at once."""
import threading

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


class Error(Exception): pass


class CancelledError(Error): pass


class InvalidStateError(Error): pass


class BrokenExecutor(RuntimeError): pass


TimeoutError = TimeoutError


class Future:
    def __init__(self):
        self._state, self._value, self._error, self._callbacks = "PENDING", None, None, []

    def _finish(self, state, value=None, error=None):
        if self.done():
            raise InvalidStateError(self._state + ": " + repr(self))
        self._state, self._value, self._error = state, value, error
        for call in self._callbacks:
            call(self)

    def set_result(self, value):
        self._finish("FINISHED", value)

    def set_exception(self, error):
        self._finish("FINISHED", None, error)

    def set_running_or_notify_cancel(self):
        if self.cancelled():
            return False
        self._state = "RUNNING"
        return True

    def cancel(self):
        if self._state == "PENDING":
            self._finish("CANCELLED")
        return self.cancelled()

    def cancelled(self):
        return self._state == "CANCELLED"

    def running(self):
        return self._state == "RUNNING"

    def done(self):
        return self._state in ("FINISHED", "CANCELLED")

    def exception(self, timeout=None):
        if self.cancelled():
            raise CancelledError()
        if not self.done():
            raise TimeoutError("the future has no result yet, and the sandbox has no other thread")
        return self._error

    def result(self, timeout=None):
        error = self.exception(timeout)
        if error is not None:
            raise error
        return self._value

    def add_done_callback(self, call):
        if self.done():
            call(self)
        else:
            self._callbacks.append(call)


class Executor:
    def __init__(self, max_workers=None, *_, initializer=None, initargs=(), **__):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._initializer, self._initargs, self._closed = initializer, initargs, False

    def submit(self, call, /, *args, **named):
        if self._closed:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if self._initializer is not None:
            initializer, self._initializer = self._initializer, None
            initializer(*self._initargs)
        future = Future()
        future._state = "RUNNING"
        try:
            value = call(*args, **named)
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(value)
        return future

    def map(self, call, *iterables, timeout=None, chunksize=1):
        futures = [self.submit(call, *args) for args in zip(*iterables)]
        return (future.result() for future in futures)

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._closed = True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        return False


class ThreadPoolExecutor(Executor): pass


class ProcessPoolExecutor(Executor): pass


def as_completed(futures, timeout=None):
    yield from dict.fromkeys(futures)


def wait(futures, timeout=None, return_when=ALL_COMPLETED):
    futures = set(futures)
    done = {future for future in futures if future.done()}
    return Results(done, futures - done)


class Results(tuple):
    """The futures that are done and the others."""

    def __new__(cls, done, not_done):
        return tuple.__new__(cls, (done, not_done))

    done = property(lambda self: self[0])
    not_done = property(lambda self: self[1])


def start(thread):
    """Runs the function of a thread at once."""
    if not thread._initialized:
        raise RuntimeError("thread.__init__() not called")
    if thread._started.is_set():
        raise RuntimeError("threads can only be started once")
    thread._started.set()
    try:
        thread.run()
    except Exception:
        pass  # as in a thread of its own, whose errors are only printed
    except SystemExit:
        pass


def join(thread, timeout=None):
    if not thread._started.is_set():
        raise RuntimeError("cannot join thread before it is started")


threading.Thread.start = start
threading.Thread.join = join
threading.Thread.is_alive = lambda thread: False
