package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loaded weights and their tokenizer. The memory is freed when this and the last context on it are
 * closed; a cleaner is the safety net. Callers keep token ids below {@link #size}.
 */
public final class NativeModel implements AutoCloseable {
  static final Cleaner CLEANER = Cleaner.create();
  private static final int PIECE_BYTES = 256;

  private final LlamaLibrary library;
  private final Weights weights;
  private final MemorySegment vocabulary;
  private final int offloadedLayers;
  private final int layers;
  private final Cleaner.Cleanable closing;
  private final List<AdapterFunctions.Scaled> adapters = new CopyOnWriteArrayList<>();

  private NativeModel(LlamaLibrary library, MemorySegment address) {
    this.library = library;
    this.offloadedLayers = library.log().offloaded();
    this.layers = library.log().layers();
    this.weights = new Weights(library, address);
    this.vocabulary = library.models().vocabulary(address);
    this.closing = CLEANER.register(this, weights::release);
  }

  /**
   * Loads a file that has been checked before.
   *
   * @throws ModelException if the library refuses it, with the library's reason
   */
  public static NativeModel load(LlamaLibrary library, Path file, WeightSettings settings) {
    library.lock().lock();
    try {
      library.log().clear();
      MemorySegment address = library.models().load(file, settings, library.hasGpu());
      if (address.address() == 0) {
        throw new ModelException(
            "llama.cpp cannot load "
                + file
                + library.log().reason()
                + "; it may be damaged, or need a newer llama.cpp library");
      }
      return new NativeModel(library, address);
    } finally {
      library.lock().unlock();
    }
  }

  /**
   * Loads a low-rank adapter that has been checked before; contexts created afterwards apply it.
   *
   * @throws ModelException if the library refuses it, with the library's reason
   */
  public void adapt(Path file, float scale) {
    library.lock().lock();
    try {
      library.log().clear();
      MemorySegment adapter = library.adapters().load(weights.address, file);
      if (adapter.address() == 0) {
        throw new ModelException(
            "llama.cpp cannot load the adapter "
                + file
                + library.log().reason()
                + "; it may be damaged, or made for another model");
      }
      adapters.add(new AdapterFunctions.Scaled(adapter, scale));
    } finally {
      library.lock().unlock();
    }
  }

  /** The adapters that contexts apply. */
  List<AdapterFunctions.Scaled> adapters() {
    return adapters;
  }

  /** Layers on GPUs, counting the output layer as one; 0 if the processor computes everything. */
  public int offloadedLayers() {
    return offloadedLayers;
  }

  /** Layers of the model, counting the output layer as one; 0 if none is on a GPU. */
  public int layers() {
    return layers;
  }

  /** Number of tokens in the vocabulary. */
  public int size() {
    return library.tokenizer().size(vocabulary);
  }

  /** Whether the file carries a tokenizer; without one only {@link #size} may be called. */
  public boolean hasTokenizer() {
    return library.tokenizer().hasTokenizer(vocabulary);
  }

  /** The bytes of every token; empty for control tokens. */
  public byte[][] pieces() {
    byte[][] pieces = new byte[size()][];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(PIECE_BYTES);
      for (int token = 0; token < pieces.length; token++) {
        pieces[token] = library.tokenizer().piece(vocabulary, token, buffer);
      }
    }
    return pieces;
  }

  /** Whether a token ends the generation. */
  public boolean isEnd(int token) {
    return library.tokenizer().isEnd(vocabulary, token);
  }

  /** The token that begins a text; -1 for none. */
  public int bos() {
    return library.tokenizer().bos(vocabulary);
  }

  /** Whether the file requires a text to begin with {@link #bos}. */
  public boolean addsBos() {
    return library.tokenizer().addsBos(vocabulary);
  }

  /**
   * Token ids of a text, with nothing added.
   *
   * @param parseSpecial whether control tokens in the text become tokens
   */
  public int[] tokenize(String text, boolean parseSpecial) {
    return library.tokenizer().tokenize(vocabulary, text, parseSpecial);
  }

  /** The tokens that are found in text as a whole, the longest first. */
  public List<SpecialToken> specialTokens() {
    List<SpecialToken> special = new ArrayList<>();
    for (int token = 0; token < size(); token++) {
      int attributes = library.chats().attributes(vocabulary, token);
      if (SpecialToken.isSpecial(attributes)) {
        String text = library.chats().text(vocabulary, token);
        if (!text.isEmpty()) {
          special.add(new SpecialToken(token, text, attributes));
        }
      }
    }
    special.sort(Comparator.comparingInt(token -> -token.text().length()));
    return special;
  }

  /** The text of the token that begins a text; empty for none. */
  public Optional<String> bosText() {
    return textOf(bos());
  }

  /** The text of the token that ends a text; empty for none. */
  public Optional<String> eosText() {
    return textOf(library.chats().eos(vocabulary));
  }

  private Optional<String> textOf(int token) {
    return token < 0 ? Optional.empty() : Optional.of(library.chats().text(vocabulary, token));
  }

  /** The names of llama.cpp's own chat templates. */
  public List<String> builtinTemplates() {
    return library.chats().builtinNames();
  }

  /** A chat formatted with one of llama.cpp's own templates; empty if it does not know the name. */
  public Optional<String> applyBuiltin(String name, List<Map.Entry<String, String>> messages) {
    return library.chats().apply(name, messages);
  }

  /** Longest sequence the model was trained on, in tokens. */
  public int trainedContext() {
    return library.models().trainedContext(weights.address);
  }

  /** Size of a hidden state. */
  public int width() {
    return library.models().width(weights.address);
  }

  /** Whether the model carries a running state that cannot be cut back. */
  public boolean isStateful() {
    return library.models().isStateful(weights.address);
  }

  /** The library that loaded it. */
  public LlamaLibrary library() {
    return library;
  }

  Weights weights() {
    return weights;
  }

  @Override
  public void close() {
    closing.clean();
  }

  /** The native weights with a reference count: one for the model, one for each context. */
  static final class Weights {
    private final LlamaLibrary library;
    private final MemorySegment address;
    private final AtomicInteger users = new AtomicInteger(1);

    Weights(LlamaLibrary library, MemorySegment address) {
      this.library = library;
      this.address = address;
    }

    MemorySegment retain() {
      if (users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
        throw new IllegalStateException("the model is closed");
      }
      return address;
    }

    void release() {
      if (users.decrementAndGet() == 0) {
        library.lock().lock();
        try {
          library.models().free(address);
        } finally {
          library.lock().unlock();
        }
      }
    }
  }
}
