package io.tailwalk.python;

import io.roastedroot.zerofs.Configuration;
import io.roastedroot.zerofs.ZeroFs;
import io.trino.wasm.python.Python;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;

/**
 * CPython 3.13, compiled to WebAssembly and from there to Java classes, with the driver loaded.
 * Created once; every run has its own instance whose memory starts as a copy of this one's, so that
 * no state passes from one run to another.
 */
final class PythonImage {
  private static final int VARCHAR = 11;
  private static final int ROW = 0;
  private static final String FOLDER = "/guest";

  private static final List<String> DRIVER =
      List.of("guest", "wire", "proxies", "peer", "judged", "free", "checks", "twofold", "suite");

  /** Modules of Python's library that the build lacks. */
  private static final List<String> LIBRARY =
      List.of(
          "asyncio",
          "concurrent/futures",
          "doctest",
          "multiprocessing",
          "resource",
          "subprocess",
          "unittest");

  /**
   * The stack of the interpreter's C code. The module declares 64 KiB, which end after some 150
   * calls through C; Python's own limits, of 1000 calls, need about 1 MiB.
   */
  private static final int STACK_BYTES = 6 << 20;

  /** The global variable that the compiler of the module uses as its stack pointer. */
  private static final int STACK_POINTER = 0;

  private final WasmModule module;
  private final byte[] memory;
  private final int stack;

  private PythonImage(WasmModule module, byte[] memory, int stack) {
    this.module = module;
    this.memory = memory;
    this.stack = stack;
  }

  private static final class Holder {
    static final PythonImage IMAGE = load();
  }

  /** The one image of this process; the first call takes a second or two. */
  static PythonImage get() {
    return Holder.IMAGE;
  }

  /** A new interpreter. */
  Instance start(ImportValues imports) {
    Instance instance = instantiate(module, imports);
    int missing = memory.length / Memory.bytes(1) - instance.memory().pages();
    if (missing > 0) {
      instance.memory().grow(missing);
    }
    instance.memory().write(0, memory, 0, memory.length);
    instance.global(STACK_POINTER).setValue(stack);
    return instance;
  }

  private static PythonImage load() {
    WasmModule module = Python.load();
    try (FileSystem files = driver()) {
      Instance instance =
          instantiate(module, new SandboxHost(1 << 16, null).withFolder(files, FOLDER));
      int stack = ((int) instance.export("allocate").apply(STACK_BYTES)[0] + STACK_BYTES) & -16;
      instance.global(STACK_POINTER).setValue(stack);
      int name = put(instance, "run\0".getBytes(StandardCharsets.US_ASCII));
      int arguments = put(instance, ints(ROW, 2, VARCHAR, VARCHAR));
      int result = put(instance, ints(VARCHAR));
      instance.export("setup").apply(name, arguments, result);
      String problem = call(instance, "seal", "");
      if (!problem.isEmpty()) {
        throw new IllegalStateException("the Python sandbox does not start: " + problem);
      }
      Memory made = instance.memory();
      return new PythonImage(module, made.readBytes(0, Memory.bytes(made.pages())), stack);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileSystem driver() throws IOException {
    FileSystem files =
        ZeroFs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("unix").build());
    Path folder = Files.createDirectories(files.getPath(FOLDER));
    Path library = Files.createDirectories(folder.resolve("lib"));
    for (String name : DRIVER) {
      copy("guest/" + name + ".py", folder.resolve(name + ".py"));
    }
    Files.createDirectories(library.resolve("concurrent"));
    for (String name : LIBRARY) {
      copy("guest/lib/" + name + ".py", library.resolve(name + ".py"));
    }
    return files;
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream script = PythonImage.class.getResourceAsStream(resource)) {
      if (script == null) {
        throw new IOException(resource + " is missing from the program's files");
      }
      Files.write(to, script.readAllBytes());
    }
  }

  private static Instance instantiate(WasmModule module, ImportValues imports) {
    return Instance.builder(module)
        .withMachineFactory(Python::create)
        .withMemoryFactory(ByteArrayMemory::new)
        .withImportValues(imports)
        .build();
  }

  /**
   * One call of the driver.
   *
   * @return its answer: empty for success
   */
  static String call(Instance instance, String op, String text) {
    byte[] first = op.getBytes(StandardCharsets.UTF_8);
    byte[] second = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer row = ByteBuffer.allocate(11 + first.length + second.length);
    row.order(ByteOrder.LITTLE_ENDIAN).put((byte) 1);
    row.put((byte) 1).putInt(first.length).put(first);
    row.put((byte) 1).putInt(second.length).put(second);
    int pointer = (int) instance.export("execute").apply(put(instance, row.array()))[0];
    if (pointer == 0) {
      return "gave no answer";
    }
    int length = instance.memory().readInt(pointer + 5);
    return instance.memory().readString(pointer + 9, length);
  }

  private static int put(Instance instance, byte[] bytes) {
    int pointer = (int) instance.export("allocate").apply(bytes.length)[0];
    instance.memory().write(pointer, bytes, 0, bytes.length);
    return pointer;
  }

  private static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }
}
