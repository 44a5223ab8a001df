package io.tailwalk.llama;

import io.tailwalk.llama.ffi.ContextSettings;
import io.tailwalk.llama.ffi.NativeContext;
import io.tailwalk.llama.ffi.NativeModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Native contexts of a model that wait for their next prompt. Making one costs tens of
 * milliseconds, mostly for memory from the system; emptying its cache costs little. One is handed
 * out again only for the very settings it was made with, so that behind an emptied cache the same
 * calls give the same bits as in a new one. Safe for several threads: a context that is handed out
 * belongs to its taker alone.
 *
 * <p>Waiting contexts hold no more memory than one large context would: at most {@link #IDLE_CELLS}
 * cells in all, those of a context about to be made included.
 */
final class ContextPool implements AutoCloseable {
  /** Cells of all waiting contexts together; as many as the largest context of automatic size. */
  static final int IDLE_CELLS = ContextPlan.AUTOMATIC_CELLS;

  /** Waiting contexts; each has buffers for its logits besides its cells. */
  static final int IDLE_CONTEXTS = 8;

  private final NativeModel model;

  /** The one given back last stands last. */
  private final List<NativeContext> idle = new ArrayList<>();

  private int made;
  private boolean closed;

  ContextPool(NativeModel model) {
    this.model = model;
  }

  /** Numbers in a hidden state. */
  int width() {
    return model.width();
  }

  /**
   * A context whose cache may still hold what its last user left.
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

  /** Takes a context back, whose every call went well. */
  synchronized void giveBack(NativeContext context) {
    idle.add(context);
    if (closed) {
      freeOldest(0, 0);
    } else {
      freeOldest(IDLE_CELLS, IDLE_CONTEXTS);
    }
  }

  /** Native contexts made so far. */
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

  /** Frees the waiting contexts, and from now on each that is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    freeOldest(0, 0);
  }
}
