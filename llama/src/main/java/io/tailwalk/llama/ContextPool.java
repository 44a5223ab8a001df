package io.tailwalk.llama;

import io.tailwalk.llama.ffi.ContextSettings;
import io.tailwalk.llama.ffi.NativeContext;
import io.tailwalk.llama.ffi.NativeModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Native contexts of a model that wait for their next prompt. Creating one costs tens of
 * milliseconds, mostly for memory from the system; emptying its cache is cheap. A context is reused
 * only for the settings it was created with, so that with an emptied cache the same calls return
 * the same bits as in a new one. Safe for several threads: a borrowed context belongs to its
 * borrower alone.
 *
 * <p>Waiting contexts hold no more memory than one large context would: at most {@link #IDLE_CELLS}
 * cells in total, including those of a context to be created.
 */
final class ContextPool implements AutoCloseable {
  /** Cells of all waiting contexts together; equal to the largest context of automatic size. */
  static final int IDLE_CELLS = ContextPlan.AUTOMATIC_CELLS;

  /** Waiting contexts; each has buffers for its logits in addition to its cells. */
  static final int IDLE_CONTEXTS = 8;

  private final NativeModel model;

  /** The context returned last is last. */
  private final List<NativeContext> idle = new ArrayList<>();

  private int made;
  private boolean closed;

  ContextPool(NativeModel model) {
    this.model = model;
  }

  /** Size of a hidden state. */
  int width() {
    return model.width();
  }

  /**
   * A context whose cache may still contain its last user's tokens.
   *
   * @throws io.tailwalk.core.model.ModelException if there is no memory for it
   */
  NativeContext take(ContextSettings settings) {
    synchronized (this) {
      for (int i = idle.size() - 1; i >= 0; i--) {
        if (idle.get(i).settings().equals(settings)) {
          return idle.remove(i);
        }
      }
      freeOldest(IDLE_CELLS - settings.contextTokens(), IDLE_CONTEXTS);
      made++;
    }
    return new NativeContext(model, settings);
  }

  /** Returns a context all of whose calls succeeded. */
  synchronized void giveBack(NativeContext context) {
    idle.add(context);
    if (closed) {
      freeOldest(0, 0);
    } else {
      freeOldest(IDLE_CELLS, IDLE_CONTEXTS);
    }
  }

  /** Native contexts created so far. */
  synchronized int made() {
    return made;
  }

  /** Native contexts that wait. */
  synchronized int waiting() {
    return idle.size();
  }

  private void freeOldest(int cells, int contexts) {
    int held = idle.stream().mapToInt(NativeContext::contextTokens).sum();
    Iterator<NativeContext> oldest = idle.iterator();
    int count = idle.size();
    while (oldest.hasNext() && (held > cells || count > contexts)) {
      NativeContext freed = oldest.next();
      held -= freed.contextTokens();
      count--;
      oldest.remove();
      freed.close();
    }
  }

  /** Frees the waiting contexts, and all contexts returned later. */
  @Override
  public synchronized void close() {
    closed = true;
    freeOldest(0, 0);
  }
}
