package io.tailwalk.python;

import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The interface of this process for code in the sandbox. It has no file system, no network and no
 * environment: of WASI's calls only those of {@link #ALLOWED} have an effect, the others return
 * "not capable". Clock and random numbers are simulated, so that runs are reproducible.
 */
final class SandboxHost {
  /** WASI's errno for a missing capability. */
  private static final long NOT_CAPABLE = 76;

  private static final Set<String> ALLOWED =
      Set.of(
          "args_get",
          "args_sizes_get",
          "environ_get",
          "environ_sizes_get",
          "clock_res_get",
          "random_get",
          "sched_yield",
          "fd_write",
          "fd_close",
          "fd_fdstat_get",
          "fd_filestat_get",
          "proc_exit");

  private final int outputLimit;
  private final Channel.@Nullable End channel;
  private int written;

  /**
   * Nanoseconds since 1970: 2025-01-01, one microsecond later at each read, and at once later by a
   * wait.
   */
  private long clock = 1_735_689_600_000_000_000L;

  /** The year 2262, after which nanoseconds since 1970 do not fit. */
  private static final long LATEST = Long.MAX_VALUE / 2 + Long.MAX_VALUE / 4;

  SandboxHost(int outputLimit, Channel.@Nullable End channel) {
    this.outputLimit = outputLimit;
    this.channel = channel;
  }

  /** For running untrusted code. */
  ImportValues sealed() {
    var imports = ImportValues.builder();
    for (HostFunction function : wasi(WasiOptions.builder())) {
      switch (function.name()) {
        case "fd_read" -> imports.addFunction(replaced(function, SandboxHost::endOfInput));
        case "fd_pread" -> imports.addFunction(replaced(function, this::receive));
        case "fd_pwrite" -> imports.addFunction(replaced(function, this::send));
        case "poll_oneoff" -> imports.addFunction(replaced(function, this::sleep));
        case "clock_time_get" -> {} // below
        case String name when ALLOWED.contains(name) -> imports.addFunction(function);
        default -> imports.addFunction(replaced(function, (_, _) -> new long[] {NOT_CAPABLE}));
      }
    }
    return imports.addFunction(clockTime()).addFunction(returnError()).build();
  }

  /** For loading the driver, with an additional folder in memory. */
  ImportValues withFolder(FileSystem files, String folder) {
    var imports = ImportValues.builder();
    var options = WasiOptions.builder().withDirectory(folder, files.getPath(folder));
    for (HostFunction function : wasi(options)) {
      if (!function.name().equals("clock_time_get")) {
        imports.addFunction(function);
      }
    }
    return imports.addFunction(clockTime()).addFunction(returnError()).build();
  }

  @SuppressWarnings("resource") // without folders there is nothing to close
  private HostFunction[] wasi(WasiOptions.Builder options) {
    OutputStream output = new CountedOutput();
    options.withStdout(output, false).withStderr(output, false).withRandom(new Random(1));
    return WasiPreview1.builder().withOptions(options.build()).build().toHostFunctions();
  }

  private static HostFunction replaced(HostFunction function, WasmFunctionHandle body) {
    return new HostFunction(function.module(), function.name(), function.functionType(), body);
  }

  /** Standard input is at its end. */
  private static long[] endOfInput(Instance instance, long... arguments) {
    instance.memory().writeI32((int) arguments[3], 0);
    return new long[] {arguments[0] == 0 ? 0 : NOT_CAPABLE};
  }

  /** A positioned read, which a standard stream does not have, reads from the channel. */
  private long[] receive(Instance instance, long... arguments) {
    if (channel == null || !channel.isOpen()) {
      return new long[] {NOT_CAPABLE};
    }
    Memory memory = instance.memory();
    int vectors = (int) arguments[1];
    byte[] part = channel.read(memory.readInt(vectors + 4));
    memory.write(memory.readInt(vectors), part);
    memory.writeI32((int) arguments[4], part.length);
    return new long[] {0};
  }

  /** A positioned write is a message of the channel. */
  private long[] send(Instance instance, long... arguments) {
    if (channel == null || !channel.isOpen()) {
      return new long[] {NOT_CAPABLE};
    }
    Memory memory = instance.memory();
    int vectors = (int) arguments[1];
    int length = memory.readInt(vectors + 4);
    channel.write(memory.readBytes(memory.readInt(vectors), length));
    memory.writeI32((int) arguments[4], length);
    return new long[] {0};
  }

  /**
   * Waiting for a time advances the simulated clock to it at once; there is nothing else to wait
   * for.
   */
  private long[] sleep(Instance instance, long... arguments) {
    Memory memory = instance.memory();
    int subscription = (int) arguments[0];
    if (arguments[2] != 1 || memory.read(subscription + 8) != 0) {
      return new long[] {NOT_CAPABLE};
    }
    long time = memory.readLong(subscription + 24);
    boolean absolute = (memory.readShort(subscription + 40) & 1) != 0;
    long wanted = absolute ? time : clock + Math.max(0, time);
    clock = wanted < clock ? clock : Math.min(wanted, LATEST);
    int event = (int) arguments[1];
    memory.writeLong(event, memory.readLong(subscription));
    memory.writeLong(event + 8, 0);
    memory.writeI32((int) arguments[3], 1);
    return new long[] {0};
  }

  private HostFunction clockTime() {
    return new HostFunction(
        "wasi_snapshot_preview1",
        "clock_time_get",
        FunctionType.of(List.of(ValType.I32, ValType.I64, ValType.I32), List.of(ValType.I32)),
        (instance, arguments) -> {
          clock += 1000;
          instance.memory().writeLong((int) arguments[2], clock);
          return new long[] {0};
        });
  }

  /**
   * The interpreter's way of reporting an answer of the wrong type; the missing answer reports it.
   */
  private static HostFunction returnError() {
    ValType i32 = ValType.I32;
    return new HostFunction(
        "trino",
        "return_error",
        FunctionType.of(List.of(i32, i32, i32, i32, i32), List.of()),
        SandboxHost::ignore);
  }

  @SuppressWarnings("unused") // the signature of a host function
  private static long[] ignore(Instance instance, long... arguments) {
    return new long[0];
  }

  /** Discards output: only its size affects a verdict. */
  private final class CountedOutput extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[1], 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      written += Math.min(length, outputLimit);
      if (written > outputLimit) {
        throw new SandboxStop("wrote more than " + outputLimit + " bytes");
      }
    }
  }
}
