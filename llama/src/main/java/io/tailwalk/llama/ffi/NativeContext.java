package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.function.Function;

/**
 * A native context: a KV cache of several sequences, a batch, and the logits of the last decode
 * call. Callers keep token ids, positions, sequences and batch sizes in range. Not thread-safe.
 */
public final class NativeContext implements AutoCloseable {
  private final LlamaLibrary library;
  private final ContextSettings settings;
  private final Memory memory;
  private final NativeBatch batch;
  private final int vocabularySize;
  private final int width;
  private final int contextTokens;
  private final int batchTokens;
  private final int sequences;
  private final Cleaner.Cleanable closing;

  /**
   * Creates a context on a model.
   *
   * @throws ModelException if there is no memory for it or the library misread the settings
   */
  public NativeContext(NativeModel model, ContextSettings settings) {
    library = model.library();
    this.settings = settings;
    vocabularySize = model.size();
    width = model.width();
    sequences = settings.sequences();
    library.lock().lock();
    try {
      library.log().clear();
      memory = Memory.create(model, settings);
      contextTokens = library.contexts().contextTokens(memory.address);
      batchTokens =
          Math.min(settings.batchTokens(), library.contexts().batchTokens(memory.address));
      batch = new NativeBatch(memory.arena, batchTokens, sequences);
    } finally {
      library.lock().unlock();
    }
    closing = NativeModel.CLEANER.register(this, memory::free);
  }

  /** The settings of the context. */
  public ContextSettings settings() {
    return settings;
  }

  /** Cells of the KV cache, over all sequences. */
  public int contextTokens() {
    return contextTokens;
  }

  /** Maximal number of tokens in one decode call. */
  public int batchTokens() {
    return batchTokens;
  }

  /** Maximal number of parallel sequences. */
  public int sequences() {
    return sequences;
  }

  /** Number of logits at a position. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** Empties the batch. */
  public void clearBatch() {
    batch.clear();
  }

  /** Adds a token to the batch, at a position of every sequence whose bit is set. */
  public void add(int token, int position, long sequenceBits, boolean output) {
    batch.add(token, position, sequenceBits, output);
  }

  /** Decodes the batch; 0 for success, otherwise the library's code. */
  public int decode() {
    if (batch.size() == 0) {
      throw new IllegalStateException("an empty batch cannot be decoded");
    }
    return locked(address -> {
      library.log().clear();
      return library.contexts().decode(address, batch.struct());
    });
  }

  /** The library's reason for the last failure: empty, or {@code ": text"}. */
  public String reason() {
    return library.log().reason();
  }

  /** Logits after the batch entry {@code index}, which was added with {@code output}. */
  public float[] logits(int index) {
    float[] row = new float[vocabularySize];
    if (!locked(address -> library.contexts().logits(address, index, row))) {
      throw new ModelException("llama.cpp returned no scores for a token that requested them");
    }
    return row;
  }

  /** Whether the next decode calls return hidden states instead of logits. */
  public void showHidden(boolean wanted) {
    locked(address -> {
      library.contexts().showHidden(address, wanted);
      return true;
    });
  }

  /** The state after the batch entry {@code index}, which was added with {@code output}. */
  public float[] hidden(int index) {
    float[] row = new float[width];
    if (!locked(address -> library.contexts().hidden(address, index, row))) {
      throw new ModelException("llama.cpp returned no hidden state for a token that requested it");
    }
    return row;
  }

  /** Removes positions {@code from} and later of a sequence; false if the model cannot. */
  public boolean truncate(int sequence, int from) {
    return locked(address -> library.memory().truncate(address, sequence, from));
  }

  /** Lets {@code target} share positions 0 .. {@code positions} - 1 of {@code source}. */
  public void share(int source, int target, int positions) {
    locked(address -> {
      library.memory().share(address, source, target, positions);
      return true;
    });
  }

  /** Largest position of a sequence that is not empty. */
  public int lastPosition(int sequence) {
    return locked(address -> library.memory().lastPosition(address, sequence));
  }

  /** Empties the KV cache. */
  public void clear() {
    locked(address -> {
      library.memory().clear(address);
      return true;
    });
  }

  private <T> T locked(Function<MemorySegment, T> call) {
    library.lock().lock();
    try {
      return call.apply(memory.address());
    } finally {
      library.lock().unlock();
    }
  }

  @Override
  public void close() {
    closing.clean();
  }

  /** The resources to free: the context, the batch, the context's share of the weights. */
  private static final class Memory {
    private final LlamaLibrary library;
    private final NativeModel.Weights weights;
    private final MemorySegment address;
    private final Arena arena = Arena.ofShared();
    private volatile boolean freed;

    private Memory(LlamaLibrary library, NativeModel.Weights weights, MemorySegment address) {
      this.library = library;
      this.weights = weights;
      this.address = address;
    }

    static Memory create(NativeModel model, ContextSettings settings) {
      LlamaLibrary library = model.library();
      NativeModel.Weights weights = model.weights();
      MemorySegment address = library.contexts().create(weights.retain(), settings);
      if (address.address() == 0) {
        weights.release();
        throw new ModelException(
            "llama.cpp cannot make a context of "
                + settings.contextTokens()
                + " tokens"
                + library.log().reason()
                + "; request a smaller context");
      }
      Memory memory = new Memory(library, weights, address);
      if (!library.contexts().took(address, settings)) {
        memory.free();
        throw new ModelException(
            library.path()
                + " misreads the parameters of a context, so its layout is not one this program"
                + " knows; name another llama.cpp library, or none to use the embedded one");
      }
      if (!library.adapters().apply(address, model.adapters())) {
        memory.free();
        throw new ModelException(
            "llama.cpp cannot apply the LoRA adapters" + library.log().reason() + "; omit them");
      }
      return memory;
    }

    MemorySegment address() {
      if (freed) {
        throw new IllegalStateException("the context is closed");
      }
      return address;
    }

    void free() {
      library.lock().lock();
      try {
        if (!freed) {
          freed = true;
          library.contexts().free(address);
          arena.close();
        }
      } finally {
        library.lock().unlock();
      }
      weights.release();
    }
  }
}
