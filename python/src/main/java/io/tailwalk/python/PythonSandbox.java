package io.tailwalk.python;

import io.tailwalk.core.verify.VerifierException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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
  private static final long STACK_BYTES = 32L << 20;

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

  /**
   * Runs a session in a new interpreter.
   *
   * @param work the work to do; runs on its own thread
   * @return the reason why the run was stopped, or empty if it ended by itself
   * @throws VerifierException if this thread is interrupted
   */
  String run(java.util.function.Consumer<Session> work) {
    PythonImage image = PythonImage.get();
    var ending = new AtomicReference<>("");
    try {
      ROOM.acquire();
      try {
        var worker =
            new Thread(null, () -> ending.set(guarded(image, work)), "sandbox", STACK_BYTES);
        worker.setDaemon(true);
        worker.start();
        watch(worker);
      } finally {
        ROOM.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VerifierException("running code in the sandbox was interrupted", e);
    }
    return ending.get();
  }

  /** Ends the worker when its time is over, and always before this method returns. */
  private void watch(Thread worker) throws InterruptedException {
    long budget = limits.cpuTime().toNanos();
    try {
      while (worker.isAlive()) {
        worker.join(LOOK_MILLIS);
        if (THREADS.getThreadCpuTime(worker.threadId()) > budget) {
          worker.interrupt();
        }
      }
    } finally {
      worker.interrupt();
      worker.join(PATIENCE_MILLIS);
    }
  }

  private String guarded(PythonImage image, java.util.function.Consumer<Session> work) {
    try {
      Instance instance = image.start(new SandboxHost(limits.outputBytes()).sealed());
      work.accept((op, text) -> PythonImage.call(instance, op, text));
      return "";
    } catch (SandboxStop e) {
      return String.valueOf(e.getMessage());
    } catch (WasmInterruptedException e) {
      return "used more than " + seconds() + " s of processor time";
    } catch (WasiExitException e) {
      return "ended the interpreter (exit code " + e.exitCode() + ")";
    } catch (WasmEngineException e) {
      return "crashed the interpreter (" + firstLine(e) + ")";
    } catch (StackOverflowError e) {
      return "crashed the interpreter (stack overflow)";
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
