package io.tailwalk.llama;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.LlamaLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Options of a GGUF model.
 *
 * @param threads threads of a decode call; at least 1
 * @param batchTokens maximal number of tokens in a decode call; at least 2
 * @param maxSequences sequences of the KV cache, one of which holds the prompt; 2 .. 64
 * @param contextTokens cells of the KV cache over all sequences; 0 for an automatic size from the
 *     prompt and the requested completion length
 * @param cacheType number type of cached keys and values
 * @param memoryMap whether the file is mapped instead of read
 * @param library the user's own libllama, a file or its folder; empty for the embedded one
 * @param trust whether a file is opened at once, instead of first in a process of its own, where a
 *     file that ends the process does no harm; see {@link LlamaModel#open(Path, LlamaOptions)}
 * @param chat how chats are formatted
 * @param adapters low-rank adapters that change the weights, applied together
 * @param microBatchTokens tokens that are computed together; 1 .. {@code batchTokens}, or 0 for as
 *     many as in a batch
 * @param flashAttention whether attention is computed in one pass: faster on GPUs, and rounded
 *     differently
 * @param gpu which part of the model GPUs compute
 */
public record LlamaOptions(
    int threads,
    int batchTokens,
    int maxSequences,
    int contextTokens,
    CacheType cacheType,
    boolean memoryMap,
    Optional<Path> library,
    boolean trust,
    ChatSettings chat,
    List<LoraAdapter> adapters,
    int microBatchTokens,
    boolean flashAttention,
    GpuOptions gpu) {

  private static final int MAX_SEQUENCES = 64;
  private static final int DEFAULT_BATCH = 512;

  /**
   * Number of cores minus one, batches of 512, 64 sequences, cache type by the weights, embedded
   * library, files tried before they are opened, chats by the template in the file.
   */
  public static final LlamaOptions DEFAULTS =
      new LlamaOptions(
          Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
          DEFAULT_BATCH,
          MAX_SEQUENCES,
          0,
          CacheType.AUTO,
          true,
          Optional.empty(),
          false,
          ChatSettings.DEFAULT,
          List.of(),
          0,
          false,
          GpuOptions.DEFAULT);

  /** Refuses sizes out of range and keeps an immutable copy. */
  public LlamaOptions {
    adapters = List.copyOf(adapters);
    require(threads >= 1, "threads must be at least 1, got ", threads);
    require(batchTokens >= 2, "the batch size must be at least 2, got ", batchTokens);
    require(
        maxSequences >= 2 && maxSequences <= MAX_SEQUENCES,
        "the number of sequences must lie between 2 and " + MAX_SEQUENCES + ", got ",
        maxSequences);
    require(contextTokens >= 0, "the context size must be at least 0, got ", contextTokens);
    require(
        microBatchTokens >= 0 && microBatchTokens <= batchTokens,
        "a micro-batch must have between 1 and " + batchTokens + " tokens, got ",
        microBatchTokens);
    if (cacheType.needsFlashAttention() && !flashAttention) {
      throw new IllegalArgumentException(
          "a cache of type " + cacheType.word() + " requires flash attention; turn it on");
    }
  }

  private static void require(boolean condition, String message, int value) {
    if (!condition) {
      throw new IllegalArgumentException(message + value);
    }
  }

  /**
   * What the computed probabilities depend on besides the file: the user's own library, by its
   * hash, and the number type of the cache.
   *
   * @throws ModelException if the library cannot be read
   */
  Map<String, String> engine() {
    Map<String, String> engine = new TreeMap<>();
    engine.put("number type of the KV cache", cacheType.name());
    if (flashAttention) {
      engine.put("flash attention", "on");
    }
    library.ifPresent(own -> engine.put("library llama.cpp", hash(LlamaLibrary.of(own).path())));
    return engine;
  }

  private static String hash(Path library) {
    try {
      return Sha256.hex(library);
    } catch (IOException e) {
      throw new ModelException("cannot read " + library + "; check the path of --lib", e);
    }
  }

  /** These options with a different number of threads. */
  public LlamaOptions withThreads(int value) {
    return with(draft -> draft.threads = value);
  }

  /** These options with a different batch size. */
  public LlamaOptions withBatchTokens(int value) {
    return with(draft -> draft.batchTokens = value);
  }

  /** These options with a different number of sequences. */
  public LlamaOptions withMaxSequences(int value) {
    return with(draft -> draft.maxSequences = value);
  }

  /** These options with a different context size. */
  public LlamaOptions withContextTokens(int value) {
    return with(draft -> draft.contextTokens = value);
  }

  /** These options with a different cache type. */
  public LlamaOptions withCacheType(CacheType value) {
    return with(draft -> draft.cacheType = value);
  }

  /** These options with the file mapped or read. */
  public LlamaOptions withMemoryMap(boolean value) {
    return with(draft -> draft.memoryMap = value);
  }

  /** These options with the user's own libllama. */
  public LlamaOptions withLibrary(Path value) {
    return with(draft -> draft.library = Optional.of(value));
  }

  /** These options with files opened at once, or tried in a process of their own before. */
  public LlamaOptions withTrust(boolean value) {
    return with(draft -> draft.trust = value);
  }

  /** These options with chats formatted otherwise. */
  public LlamaOptions withChat(ChatSettings value) {
    return with(draft -> draft.chat = value);
  }

  /** These options with other low-rank adapters. */
  public LlamaOptions withAdapters(List<LoraAdapter> value) {
    return with(draft -> draft.adapters = value);
  }

  /** These options with a different size of micro-batches; 0 for that of batches. */
  public LlamaOptions withMicroBatchTokens(int value) {
    return with(draft -> draft.microBatchTokens = value);
  }

  /** These options with or without flash attention. */
  public LlamaOptions withFlashAttention(boolean value) {
    return with(draft -> draft.flashAttention = value);
  }

  /** These options with another part of the model on GPUs. */
  public LlamaOptions withGpu(GpuOptions value) {
    return with(draft -> draft.gpu = value);
  }

  private LlamaOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.made();
  }

  /** The components while one of them changes. */
  private static final class Draft {
    private int threads;
    private int batchTokens;
    private int maxSequences;
    private int contextTokens;
    private CacheType cacheType;
    private boolean memoryMap;
    private Optional<Path> library;
    private boolean trust;
    private ChatSettings chat;
    private List<LoraAdapter> adapters;
    private int microBatchTokens;
    private boolean flashAttention;
    private GpuOptions gpu;

    Draft(LlamaOptions before) {
      threads = before.threads;
      batchTokens = before.batchTokens;
      maxSequences = before.maxSequences;
      contextTokens = before.contextTokens;
      cacheType = before.cacheType;
      memoryMap = before.memoryMap;
      library = before.library;
      trust = before.trust;
      chat = before.chat;
      adapters = before.adapters;
      microBatchTokens = before.microBatchTokens;
      flashAttention = before.flashAttention;
      gpu = before.gpu;
    }

    LlamaOptions made() {
      return new LlamaOptions(
          threads,
          batchTokens,
          maxSequences,
          contextTokens,
          cacheType,
          memoryMap,
          library,
          trust,
          chat,
          adapters,
          microBatchTokens,
          flashAttention,
          gpu);
    }
  }
}
