package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
  private final Build build;
  private final List<Device> devices;
  private final boolean hasGpu;

  private LlamaLibrary(Path path) {
    this.path = path;
    Symbols symbols = new Symbols(path, Loader.open(path));
    build = Build.of(symbols);
    ParameterLayout layout = ParameterLayout.probe(path, symbols);
    models = new ModelFunctions(symbols, layout);
    contexts = new ContextFunctions(symbols, layout);
    memory = new MemoryFunctions(symbols);
    tokenizer = new TokenizerFunctions(symbols);
    chats = new ChatFunctions(symbols);
    adapters = new AdapterFunctions(path, symbols);
    log.attach(symbols);
    start(symbols);
    devices = new DeviceFunctions(symbols).all();
    hasGpu = devices.stream().anyMatch(Device::isGpu);
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

  /**
   * The library file for a path of the file or of its folder, without loading it.
   *
   * @throws ModelException if it is missing or the folder contains none
   */
  public static Path locate(Path fileOrFolder) {
    return LibraryFiles.ofUser(fileOrFolder);
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

  /** What the library says about itself. */
  public Build build() {
    return build;
  }

  /** The devices it can compute on, as this machine has them. */
  public List<Device> devices() {
    return List.copyOf(devices);
  }

  /** Whether layers can be offloaded to a GPU. */
  public boolean hasGpu() {
    return hasGpu;
  }

  /** Most shares that can be given for GPUs. */
  public int maxDevices() {
    return models.maxDevices();
  }

  /**
   * Why the library has no GPU on this machine, as the end of a sentence: its GPU back end is not
   * there, cannot be loaded, or found no device. Empty if it has one.
   */
  public String noGpuReason() {
    if (hasGpu) {
      return "";
    }
    List<Path> backEnds = LibraryFiles.gpuBackEnds(path);
    if (backEnds.isEmpty()) {
      return "it has no GPU back end";
    }
    Path backEnd = backEnds.getFirst();
    return Loader.reason(backEnd)
        .map(reason -> "its back end " + backEnd.getFileName() + " cannot be loaded: " + reason)
        .orElse("its back end " + backEnd.getFileName() + " found no GPU");
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
