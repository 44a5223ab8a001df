package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A loaded libllama: its functions and their lock. Loaded once for each file and never unloaded.
 * Every call that computes or changes a context holds the lock: builds before June 2025 share state
 * between contexts, so that two threads that decode at the same time return wrong numbers.
 */
public final class LlamaLibrary {
  private static final Map<Path, LlamaLibrary> LOADED = new HashMap<>();

  private final Path path;
  private final ReentrantLock lock = new ReentrantLock();
  private final LibraryLog log = new LibraryLog();
  private final ModelFunctions models;
  private final ContextFunctions contexts;
  private final MemoryFunctions memory;
  private final TokenizerFunctions tokenizer;
  private final ChatFunctions chats;
  private final AdapterFunctions adapters;

  private LlamaLibrary(Path path) {
    this.path = path;
    Symbols symbols = new Symbols(path, lookup(path));
    ParameterLayout layout = ParameterLayout.probe(path, symbols);
    models = new ModelFunctions(symbols, layout);
    contexts = new ContextFunctions(symbols, layout);
    memory = new MemoryFunctions(symbols);
    tokenizer = new TokenizerFunctions(symbols);
    chats = new ChatFunctions(symbols);
    adapters = new AdapterFunctions(path, symbols);
    log.attach(symbols);
    start(symbols);
  }

  /**
   * The embedded library.
   *
   * @throws ModelException if none is embedded for this machine or it cannot be loaded
   */
  public static LlamaLibrary embedded() {
    return load(LibraryFiles.embedded());
  }

  /**
   * A library of the user, by its file or folder.
   *
   * @throws ModelException if it is missing, not libllama, or of an unknown generation
   */
  public static LlamaLibrary of(Path fileOrFolder) {
    return load(LibraryFiles.ofUser(fileOrFolder));
  }

  private static LlamaLibrary load(Path file) {
    synchronized (LOADED) {
      @Nullable LlamaLibrary known = LOADED.get(file);
      if (known == null) {
        known = new LlamaLibrary(file);
        LOADED.put(file, known);
      }
      return known;
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup lookup(Path path) {
    try {
      return SymbolLookup.libraryLookup(path, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "cannot load the library "
              + path
              + "; it is not a shared library for this machine, or a library it needs is missing (on"
              + " Debian: apt install libgomp1)",
          e);
    }
  }

  /** Split builds load their processor kernels from the folder of the library. */
  private void start(Symbols symbols) {
    try (Arena arena = Arena.ofConfined()) {
      if (symbols.has("ggml_backend_load_all_from_path")) {
        Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of("."));
        MemorySegment name = arena.allocateFrom(folder.toString());
        symbols.procedure("ggml_backend_load_all_from_path", Symbols.POINTER).invokeExact(name);
      }
      symbols.procedure("llama_backend_init").invokeExact();
    } catch (ModelException e) {
      throw e;
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  ReentrantLock lock() {
    return lock;
  }

  LibraryLog log() {
    return log;
  }

  ModelFunctions models() {
    return models;
  }

  ContextFunctions contexts() {
    return contexts;
  }

  MemoryFunctions memory() {
    return memory;
  }

  TokenizerFunctions tokenizer() {
    return tokenizer;
  }

  ChatFunctions chats() {
    return chats;
  }

  AdapterFunctions adapters() {
    return adapters;
  }
}
