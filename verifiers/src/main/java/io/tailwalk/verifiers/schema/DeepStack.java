package io.tailwalk.verifiers.schema;

import io.tailwalk.core.verify.VerifierException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Calls that nest more deeply than the stack of a usual thread allows. */
final class DeepStack {
  private static final long BYTES = 512L << 20;

  private DeepStack() {}

  /** What a call returns on a thread with a large stack. */
  static <T> T call(Supplier<T> work) {
    var task = new FutureTask<T>(work::get);
    Thread thread = new Thread(null, task, "json-schema", BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VerifierException("json-schema: the run was interrupted", e);
    } catch (ExecutionException e) {
      throw new VerifierException("json-schema: a text could not be judged", e);
    }
  }
}
