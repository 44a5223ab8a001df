package io.tailwalk.llama;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.ffi.WeightSettings;
import io.tailwalk.llama.gguf.Fingerprint;
import io.tailwalk.llama.gguf.GgufCheck;
import io.tailwalk.llama.gguf.GgufFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A GGUF model run in this process by llama.cpp. */
public final class LlamaModel implements LanguageModel {
  static final Capabilities CAPABILITIES = Capabilities.COMPUTED.with(Capability.HIDDEN);

  private final GgufFile file;
  private final Optional<String> fingerprint;
  private final LlamaOptions options;
  private final Adapters adapters;
  private final NativeModel nativeModel;
  private final ContextPool contexts;
  private final LlamaVocabulary vocabulary;
  private final int trainedContext;
  private final boolean stateful;
  private final int width;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable ModelIdentity identity;
  private Optional<LlamaChat> chat = Optional.empty();
  private boolean chatIsKnown;

  private LlamaModel(
      GgufFile file,
      Optional<String> fingerprint,
      LlamaOptions options,
      Adapters adapters,
      NativeModel nativeModel) {
    this.file = file;
    this.adapters = adapters;
    this.fingerprint = fingerprint;
    this.options = options;
    this.nativeModel = nativeModel;
    this.contexts = new ContextPool(nativeModel);
    this.vocabulary = new LlamaVocabulary(file, nativeModel);
    this.trainedContext = nativeModel.trainedContext();
    this.stateful = nativeModel.isStateful();
    this.width = nativeModel.width();
  }

  /**
   * Opens a model file. One that this user's cache does not know to be harmless is first opened in
   * a separate Java process, which costs about a second and the loading of the file, so that a file
   * that makes llama.cpp end the process ends only that one; {@link LlamaOptions#withTrust} omits
   * this. Where no process can be started, the file is refused.
   *
   * @throws ModelException if the file or an adapter is missing, not GGUF, damaged, cut short or of
   *     a kind that llama.cpp refuses, or the library cannot be loaded
   */
  public static LlamaModel open(Path gguf, LlamaOptions options) {
    GgufFile file = GgufFile.read(gguf);
    GgufCheck.requireUsable(file, options.library().isPresent());
    Adapters adapters = Adapters.of(options.adapters(), file);
    options.cacheType().requireFits(file);
    LlamaLibrary library =
        options.library().map(LlamaLibrary::of).orElseGet(LlamaLibrary::embedded);
    WeightSettings weights = options.gpu().of(library, options.memoryMap());
    Optional<String> fingerprint = Optional.empty();
    if (!options.trust()) {
      fingerprint = Optional.of(Fingerprint.of(file));
      Trial.require(file, fingerprint.get(), library.path(), options.withAdapters(List.of()));
      adapters.tried(file, fingerprint.get(), library.path(), options);
    }
    NativeModel nativeModel = NativeModel.load(library, gguf, weights);
    try {
      adapters.onto(nativeModel);
      CacheType cache = options.cacheType().of(file);
      return new LlamaModel(file, fingerprint, options.withCacheType(cache), adapters, nativeModel);
    } catch (RuntimeException e) {
      nativeModel.close();
      throw e;
    }
  }

  /** The file's header. */
  public GgufFile file() {
    return file;
  }

  /** The options it was opened with, with the cache type that the file decided. */
  public LlamaOptions options() {
    return options;
  }

  /** Where the model is computed. */
  public Placement placement() {
    return Placement.of(nativeModel);
  }

  @Override
  public synchronized ModelIdentity identity() {
    ModelIdentity known = identity;
    if (known == null) {
      Map<String, String> engine = new TreeMap<>(options.engine());
      // The template in the file is part of the fingerprint.
      options.chat().template().ifPresent(own -> engine.put("chat template", Sha256.hex(own)));
      Placement placement = placement();
      if (placement.isOnGpu()) {
        engine.put("device", placement.words());
      }
      options.chat().date().ifPresent(day -> engine.put("chat date", day.toString()));
      List<String> words = adapters.words();
      for (int i = 0; i < words.size(); i++) {
        engine.put("LoRA adapter " + (i + 1), words.get(i));
      }
      known =
          new ModelIdentity(
              adapters.name("gguf:" + file.path()),
              adapters.description(file.description()),
              adapters.fingerprint(fingerprint.orElseGet(() -> Fingerprint.of(file))),
              engine);
      identity = known;
    }
    return known;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int[] encode(Prompt prompt) {
    requireOpen();
    return switch (prompt) {
      case Prompt.Text text -> vocabulary.encodePrompt(text.text());
      case Prompt.Chat chat -> encode(chat);
      case Prompt.Tokens tokens -> {
        int[] ids = tokens.tokenIds().stream().mapToInt(Integer::intValue).toArray();
        requireTokens(ids);
        yield ids;
      }
    };
  }

  private int[] encode(Prompt.Chat chat) {
    LlamaChat format =
        chat()
            .orElseThrow(() ->
                new ModelException(
                    file.path()
                        + " has no chat template; name one (--chat-template), give the prompt as text,"
                        + " or use an instruct model"));
    return vocabulary.encodeChat(format.render(chat), format.source());
  }

  @Override
  public Optional<ChatFormat> chatFormat() {
    requireOpen();
    return chat().map(format -> format);
  }

  private synchronized Optional<LlamaChat> chat() {
    if (!chatIsKnown) {
      chat =
          vocabulary.hasTokenizer()
              ? LlamaChat.of(file, nativeModel, options.chat())
              : Optional.empty();
      chatIsKnown = true;
    }
    return chat;
  }

  @Override
  public LlamaContext open(int[] promptTokenIds, ContextOptions contextOptions) {
    return open(promptTokenIds, contextOptions, !stateful);
  }

  /** Opens a context that may or may not use rollback. */
  LlamaContext open(int[] promptTokenIds, ContextOptions contextOptions, boolean rollback) {
    requireOpen();
    requireTokens(promptTokenIds);
    return new LlamaContext(
        contexts,
        vocabulary.size(),
        ContextPlan.of(promptTokenIds.length, trainedContext, contextOptions, options),
        promptTokenIds.clone(),
        rollback);
  }

  ContextPool contexts() {
    return contexts;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public OptionalInt hiddenWidth() {
    return OptionalInt.of(width);
  }

  private void requireTokens(int[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabulary.size()) {
        throw new ModelException(
            "token id "
                + tokens[i]
                + " at place "
                + i
                + " is outside the vocabulary of "
                + vocabulary.size()
                + " tokens");
      }
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /** Frees the weights after the last context on them is closed. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      contexts.close();
      vocabulary.close();
      nativeModel.close();
    }
  }
}
