package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Functions of contexts: create, free, decode, read logits and hidden states. */
final class ContextFunctions {
  private final ParameterLayout layout;
  private final MethodHandle defaults;
  private final MethodHandle create;
  private final MethodHandle free;
  private final MethodHandle decode;
  private final MethodHandle logits;
  private final MethodHandle showHidden;
  private final MethodHandle hidden;
  private final MethodHandle contextTokens;
  private final MethodHandle batchTokens;
  private final MethodHandle sequences;
  private final MethodHandle threads;
  private final Optional<MethodHandle> tokensOfSequence;

  ContextFunctions(Symbols symbols, ParameterLayout layout) {
    this.layout = layout;
    defaults = symbols.function("llama_context_default_params", ParameterLayout.STRUCT);
    create =
        symbols.function(
            "llama_init_from_model", Symbols.POINTER, Symbols.POINTER, ParameterLayout.STRUCT);
    free = symbols.procedure("llama_free", Symbols.POINTER);
    decode = symbols.function("llama_decode", Symbols.INT, Symbols.POINTER, NativeBatch.STRUCT);
    logits =
        symbols.function("llama_get_logits_ith", Symbols.POINTER, Symbols.POINTER, Symbols.INT);
    showHidden = symbols.procedure("llama_set_embeddings", Symbols.POINTER, Symbols.BOOL);
    hidden =
        symbols.function("llama_get_embeddings_ith", Symbols.POINTER, Symbols.POINTER, Symbols.INT);
    contextTokens = symbols.function("llama_n_ctx", Symbols.INT, Symbols.POINTER);
    batchTokens = symbols.function("llama_n_batch", Symbols.INT, Symbols.POINTER);
    sequences = symbols.function("llama_n_seq_max", Symbols.INT, Symbols.POINTER);
    threads = symbols.function("llama_n_threads", Symbols.INT, Symbols.POINTER);
    tokensOfSequence =
        symbols.has("llama_n_ctx_seq")
            ? Optional.of(symbols.function("llama_n_ctx_seq", Symbols.INT, Symbols.POINTER))
            : Optional.empty();
  }

  /** The context, or NULL. */
  MemorySegment create(MemorySegment model, ContextSettings settings) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameters = arena.allocate(ParameterLayout.STRUCT);
      ParameterLayout.fill(defaults, parameters);
      parameters.set(Symbols.INT, ParameterLayout.CONTEXT_TOKENS, settings.contextTokens());
      parameters.set(Symbols.INT, ParameterLayout.BATCH_TOKENS, settings.batchTokens());
      parameters.set(
          Symbols.INT, ParameterLayout.PHYSICAL_BATCH_TOKENS, settings.microBatchTokens());
      parameters.set(Symbols.INT, ParameterLayout.SEQUENCES, settings.sequences());
      parameters.set(Symbols.INT, layout.threads(), settings.threads());
      parameters.set(Symbols.INT, layout.threads() + 4L, settings.threads());
      // A state for each token, independent of the pooling type in the file.
      parameters.set(Symbols.INT, layout.pooling(), 0);
      parameters.set(Symbols.INT, layout.cacheTypes(), settings.cacheType());
      parameters.set(Symbols.INT, layout.cacheTypes() + 4L, settings.cacheType());
      int flash = settings.flashAttention() ? 1 : 0;
      if (layout.flashType() >= 0) {
        parameters.set(Symbols.INT, layout.flashType(), flash);
      } else {
        parameters.set(ValueLayout.JAVA_BYTE, layout.flashFlag(), (byte) flash);
      }
      if (layout.unified() >= 0) {
        parameters.set(ValueLayout.JAVA_BYTE, layout.unified(), (byte) 1);
      }
      return (MemorySegment) create.invokeExact(model, parameters);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Whether the library read the settings as intended: a second check of the layout. */
  boolean took(MemorySegment context, ContextSettings settings) {
    int cells = ask(contextTokens, context);
    boolean shared = tokensOfSequence.isEmpty() || ask(tokensOfSequence.get(), context) == cells;
    return shared
        && cells >= settings.contextTokens()
        && ask(sequences, context) == settings.sequences()
        && ask(threads, context) == settings.threads();
  }

  int contextTokens(MemorySegment context) {
    return ask(contextTokens, context);
  }

  int batchTokens(MemorySegment context) {
    return ask(batchTokens, context);
  }

  void free(MemorySegment context) {
    try {
      free.invokeExact(context);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** 0 for success, otherwise the library's code. */
  int decode(MemorySegment context, MemorySegment batch) {
    try {
      return (int) decode.invokeExact(context, batch);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Copies the logits of the batch entry {@code index}; false if the library has none. */
  boolean logits(MemorySegment context, int index, float[] target) {
    return row(logits, context, index, target);
  }

  /** Copies the state after the batch entry {@code index}; false if the library has none. */
  boolean hidden(MemorySegment context, int index, float[] target) {
    return row(hidden, context, index, target);
  }

  /**
   * Whether the next decode calls return hidden states. Libraries of 2025 then return no logits, so
   * only one of the two is available.
   */
  void showHidden(MemorySegment context, boolean wanted) {
    try {
      showHidden.invokeExact(context, wanted);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  @SuppressWarnings("restricted")
  private static boolean row(
      MethodHandle question, MemorySegment context, int index, float[] target) {
    try {
      MemorySegment row = (MemorySegment) question.invokeExact(context, index);
      if (row.address() == 0) {
        return false;
      }
      MemorySegment.copy(
          row.reinterpret(4L * target.length), ValueLayout.JAVA_FLOAT, 0, target, 0, target.length);
      return true;
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private static int ask(MethodHandle question, MemorySegment context) {
    try {
      return (int) question.invokeExact(context);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }
}
