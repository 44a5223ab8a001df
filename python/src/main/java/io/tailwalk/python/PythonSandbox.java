package io.tailwalk.python;

import io.tailwalk.core.verify.VerifierException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasi.WasiExitException;
import run.endive.wasm.WasmEngineException;

/**
 * Runs untrusted Python. WebAssembly confines it to its own memory (64 MiB at most) without files,
 * network, processes or threads; this class bounds its processor time and output. At most one run
 * per processor is active; the others wait.
 */
public final class PythonSandbox {
  /** Deep calls in the interpreter are deep calls of this thread. */
  private static final long STACK_BYTES = 512L << 20;

  private static final long LOOK_MILLIS = 5;
  private static final long PATIENCE_MILLIS = 30_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Semaphore ROOM = new Semaphore(Runtime.getRuntime().availableProcessors());

  private final SandboxLimits limits;

  /** With limits for each run. */
  public PythonSandbox(SandboxLimits limits) {
    this.limits = limits;
  }

  /** The limits of each run. */
  SandboxLimits limits() {
    return limits;
  }

  /** A program executed step by step. */
  interface Session {
    /** The driver's answer to one step; empty for success. */
    String step(String op, String text);
  }

  /** What the interpreter with the tests does, given a wait for the end of the code's own run. */
  interface Examination {
    /**
     * Runs the tests.
     *
     * @param tests the interpreter with the tests
     * @param code waits until the code has run; its failure, or empty
     */
    void run(Session tests, Supplier<String> code);
  }

  /**
   * Runs a session in a new interpreter.
   *
   * @param work the work to do; runs on its own thread
   * @return the reason why the run was stopped, or empty if it ended by itself
   * @throws VerifierException if this thread is interrupted
   */
  String run(Consumer<Session> work) {
    return new Run(new Channel()).of(List.of(run -> run.tests(work)));
  }

  /**
   * Runs code in one interpreter and its tests in another one, which the code reaches only by
   * answering their questions.
   *
   * @return the reason why the run was stopped, or empty if it ended by itself
   * @throws VerifierException if this thread is interrupted
   */
  String examine(String code, Examination examination) {
    var channel = new Channel();
    var done = new CompletableFuture<String>();
    return new Run(channel)
        .of(
            List.of(
                run -> run.tests(session -> examination.run(session, () -> waited(done))),
                run -> run.code(code, done)));
  }

  private static String waited(CompletableFuture<String> done) {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxStop("was interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new SandboxStop(String.valueOf((cause == null ? e : cause).getMessage()));
    }
  }

  /** One run: its threads and why it ended. */
  private final class Run {
    private final Channel channel;
    private final AtomicReference<String> ending = new AtomicReference<>("");
    private final CompletableFuture<String> late = new CompletableFuture<>();

    Run(Channel channel) {
      this.channel = channel;
    }

    String of(List<Consumer<Run>> parts) {
      PythonImage.get();
      try {
        ROOM.acquire();
        try {
          List<Thread> workers =
              parts.stream()
                  .map(part -> new Thread(null, () -> part.accept(this), "sandbox", STACK_BYTES))
                  .toList();
          workers.forEach(worker -> worker.setDaemon(true));
          workers.forEach(Thread::start);
          watch(workers);
        } finally {
          ROOM.release();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new VerifierException("running code in the sandbox was interrupted", e);
      }
      return late.isDone() ? late.join() : ending.get();
    }

    void tests(Consumer<Session> work) {
      ending.set(
          guarded(
              channel.tests(),
              instance -> work.accept((op, text) -> PythonImage.call(instance, op, text))));
      channel.close("is over");
    }

    void code(String text, CompletableFuture<String> done) {
      String reason =
          guarded(
              channel.code(),
              instance -> {
                String failure = PythonImage.call(instance, "code", text);
                channel.open();
                done.complete(failure);
                if (failure.isEmpty()) {
                  PythonImage.call(instance, "serve", "");
                }
              });
      channel.close(reason.isEmpty() ? "gives no answer to the tests" : reason);
      done.completeExceptionally(new SandboxStop(reason));
    }

    /** Ends the workers when their time is over, and always before this method returns. */
    private void watch(List<Thread> workers) throws InterruptedException {
      long budget = limits.cpuTime().toNanos();
      try {
        while (!ended(workers)) {
          if (workers.stream().mapToLong(Run::cpuTime).sum() > budget) {
            late.complete("used more than " + seconds() + " s of processor time");
            channel.close("used too much time");
            workers.forEach(Thread::interrupt);
          }
        }
      } finally {
        channel.close("is over");
        workers.forEach(Thread::interrupt);
        for (Thread worker : workers) {
          worker.join(PATIENCE_MILLIS);
        }
      }
    }

    /** Waits a moment for the next worker to end; whether all have ended. */
    private static boolean ended(List<Thread> workers) throws InterruptedException {
      for (Thread worker : workers) {
        worker.join(LOOK_MILLIS);
        if (worker.isAlive()) {
          return false;
        }
      }
      return true;
    }

    private static long cpuTime(Thread worker) {
      return Math.max(0, THREADS.getThreadCpuTime(worker.threadId()));
    }

    private String guarded(Channel.End end, Consumer<Instance> work) {
      try {
        PythonImage image = PythonImage.get();
        work.accept(image.start(new SandboxHost(limits.outputBytes(), end).sealed()));
        return "";
      } catch (SandboxStop e) {
        return String.valueOf(e.getMessage());
      } catch (WasmInterruptedException e) {
        return "was interrupted";
      } catch (WasiExitException e) {
        return "ended the interpreter (exit code " + e.exitCode() + ")";
      } catch (WasmEngineException e) {
        return "crashed the interpreter (" + firstLine(e) + ")";
      } catch (StackOverflowError e) {
        return "crashed the interpreter (stack overflow)";
      }
    }
  }

  private String seconds() {
    double seconds = limits.cpuTime().toMillis() / 1000.0;
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }

  private static String firstLine(Throwable e) {
    Function<String, String> line = text -> text.lines().findFirst().orElse("");
    return line.apply(String.valueOf(e.getMessage()));
  }
}
