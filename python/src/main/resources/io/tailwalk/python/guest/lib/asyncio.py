"""Coroutines in Tailwalk's sandbox: one thread, no files and sockets, and time passes at once."""
import collections
import types


class CancelledError(BaseException): pass


class InvalidStateError(Exception): pass


class QueueEmpty(Exception): pass


class QueueFull(Exception): pass


TimeoutError = TimeoutError


class Future:
    def __init__(self, *, loop=None):
        self._done, self._result, self._error, self._calls = False, None, None, []

    def done(self):
        return self._done

    def cancelled(self):
        return isinstance(self._error, CancelledError)

    def result(self):
        if not self._done:
            raise InvalidStateError("the result is not set")
        if self._error is not None:
            raise self._error
        return self._result

    def exception(self):
        return self._error

    def add_done_callback(self, call, *, context=None):
        if self._done:
            call(self)
        else:
            self._calls.append(call)

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, error):
        self._finish(None, error() if isinstance(error, type) else error)

    def cancel(self, msg=None):
        if self._done:
            return False
        self._finish(None, CancelledError())
        return True

    def _finish(self, result, error):
        if self._done:
            raise InvalidStateError("the result is set")
        self._done, self._result, self._error = True, result, error
        for call in self._calls:
            call(self)

    def __await__(self):
        while not self._done:
            yield self
        return self.result()

    __iter__ = __await__


class Task(Future):
    def __init__(self, coroutine, loop):
        super().__init__()
        self._coroutine, self._loop, self._cancelling, self._name = coroutine, loop, False, "Task"
        loop._ready.append(self)

    def get_name(self):
        return self._name

    def cancel(self, msg=None):
        if self._done:
            return False
        self._cancelling = True
        self._loop._ready.append(self)
        return True

    def _step(self):
        if self._done:
            return
        global _current
        before, _current = _current, self
        try:
            if self._cancelling:
                self._cancelling = False
                waits = self._coroutine.throw(CancelledError())
            else:
                waits = self._coroutine.send(None)
        except StopIteration as end:
            self._finish(end.value, None)
        except (Exception, CancelledError) as error:
            self._finish(None, error)
        else:
            if isinstance(waits, Future):
                waits.add_done_callback(lambda _: self._loop._ready.append(self))
            else:
                self._loop._ready.append(self)
        finally:
            _current = before


class AbstractEventLoop:
    def __init__(self):
        self._ready, self._later, self._time, self._count = collections.deque(), [], 0.0, 0

    def time(self):
        return self._time

    def create_future(self):
        return Future()

    def create_task(self, coroutine, *, name=None, context=None):
        return Task(coroutine, self)

    def call_later(self, delay, call, *args):
        self._count += 1
        self._later.append((self._time + max(0, delay), self._count, call, args))

    def call_soon(self, call, *args):
        self.call_later(0, call, *args)

    def run_until_complete(self, work):
        global _running
        before, _running = _running, self
        try:
            task = ensure_future(work, loop=self)
            while not task.done():
                if self._ready:
                    self._ready.popleft()._step()
                elif self._later:
                    self._later.sort()
                    self._time, _, call, args = self._later.pop(0)
                    call(*args)
                else:
                    raise RuntimeError("every coroutine waits for another one")
            return task.result()
        finally:
            _running = before

    def is_running(self):
        return _running is self

    def is_closed(self):
        return False

    def close(self):
        pass


BaseEventLoop = AbstractEventLoop
_running = None
_current = None
_default = None


def new_event_loop():
    return AbstractEventLoop()


def set_event_loop(loop):
    global _default
    _default = loop


def get_running_loop():
    if _running is None:
        raise RuntimeError("no running event loop")
    return _running


def get_event_loop():
    global _default
    if _running is not None:
        return _running
    if _default is None:
        _default = new_event_loop()
    return _default


def run(main, *, debug=None, loop_factory=None):
    if _running is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    return new_event_loop().run_until_complete(main)


def iscoroutine(value):
    return isinstance(value, types.CoroutineType)


def iscoroutinefunction(value):
    return bool(getattr(getattr(value, "__code__", None), "co_flags", 0) & 0x80)


def current_task(loop=None):
    return _current


def create_task(coroutine, *, name=None, context=None):
    return get_running_loop().create_task(coroutine)


async def _wrap(awaitable):
    return await awaitable


def ensure_future(work, *, loop=None):
    if isinstance(work, Future):
        return work
    return (loop or get_event_loop()).create_task(work if iscoroutine(work) else _wrap(work))


async def sleep(delay, result=None):
    future = Future()
    get_running_loop().call_later(delay, lambda: future.done() or future.set_result(None))
    await future
    return result


async def gather(*works, return_exceptions=False):
    tasks, results = [ensure_future(work) for work in works], []
    for task in tasks:
        try:
            results.append(await task)
        except Exception as error:
            if not return_exceptions:
                raise
            results.append(error)
    return results


FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


async def wait(works, *, timeout=None, return_when=ALL_COMPLETED):
    tasks = {ensure_future(work) for work in works}
    end = None if timeout is None else get_running_loop().time() + timeout
    while True:
        done = {task for task in tasks if task.done()}
        enough = done if return_when == FIRST_COMPLETED else done == tasks
        failed = return_when == FIRST_EXCEPTION and any(task.exception() for task in done)
        if enough or failed or end is not None and get_running_loop().time() >= end:
            return done, tasks - done
        await sleep(0 if end is None else 0.001)


async def wait_for(work, timeout):
    task = ensure_future(work)
    if timeout is None:
        return await task
    late = Future()
    task.add_done_callback(lambda _: late.done() or late.set_result(False))
    get_running_loop().call_later(timeout, lambda: late.done() or late.set_result(True))
    if await late and not task.done():
        task.cancel()
        raise TimeoutError
    return task.result()


async def to_thread(function, *args, **named):
    return function(*args, **named)


def as_completed(works, *, timeout=None):
    return [ensure_future(work) for work in works]


async def shield(work):
    return await work


class Event:
    def __init__(self):
        self._set, self._waiting = False, []

    def is_set(self):
        return self._set

    def set(self):
        self._set = True
        for future in self._waiting:
            future.done() or future.set_result(True)
        self._waiting = []

    def clear(self):
        self._set = False

    async def wait(self):
        if not self._set:
            future = Future()
            self._waiting.append(future)
            await future
        return True


class Semaphore:
    def __init__(self, value=1):
        self._value, self._waiting = value, collections.deque()

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value == 0:
            future = Future()
            self._waiting.append(future)
            await future
        self._value -= 1
        return True

    def release(self):
        self._value += 1
        if self._waiting:
            self._waiting.popleft().set_result(None)

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *_):
        self.release()


BoundedSemaphore = Semaphore


class Lock(Semaphore):
    def __init__(self):
        super().__init__(1)


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self._items, self._changed, self._open = maxsize, collections.deque(), Event(), 0

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self.maxsize <= len(self._items)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._items.append(item)
        self._open += 1
        self._changed.set()

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        self._changed.set()
        return self._items.popleft()

    async def put(self, item):
        while self.full():
            self._changed.clear()
            await self._changed.wait()
        self.put_nowait(item)

    async def get(self):
        while not self._items:
            self._changed.clear()
            await self._changed.wait()
        return self.get_nowait()

    def task_done(self):
        self._open -= 1
        self._changed.set()

    async def join(self):
        while self._open:
            self._changed.clear()
            await self._changed.wait()


class TaskGroup:
    async def __aenter__(self):
        self._tasks = []
        return self

    def create_task(self, coroutine, *, name=None, context=None):
        self._tasks.append(create_task(coroutine))
        return self._tasks[-1]

    async def __aexit__(self, *_):
        for task in self._tasks:
            await task
