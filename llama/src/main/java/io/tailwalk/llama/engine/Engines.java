package io.tailwalk.llama.engine;

import io.tailwalk.core.NativeCache;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.LlamaLibrary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The llama.cpp libraries that a user has installed, at most one of each kind, in the user's cache.
 * The embedded library needs none of this. An installation appears completely or not at all: its
 * files are in a folder named by their hashes, and a file named by the kind, replaced in one step,
 * names the folder.
 */
public final class Engines {
  private static final String FOLDER = "engines";
  private static final String LOCK = "lock";
  private static final String ENDING = ".engine";
  private static final String STAGING = ".installing-";

  private final Path folder;
  private final NpmClient npm;

  Engines(Path folder, NpmClient npm) {
    this.folder = folder;
    this.npm = npm;
  }

  /**
   * The engines of this user.
   *
   * @throws ModelException if there is no cache that can be written
   */
  public static Engines ofUser() {
    try {
      return new Engines(NativeCache.keptFolder(FOLDER), NpmClient.ofUser());
    } catch (IOException e) {
      throw new ModelException(
          "cannot write the user's cache: "
              + e.getMessage()
              + "; set -D"
              + NativeCache.PROPERTY
              + " to a writable folder",
          e);
    }
  }

  /** The command that installs a kind. */
  public static String command(EngineKind kind) {
    return "./tailwalk engine install " + kind.word();
  }

  /** What to do about a file that needs a newer library than the embedded one. */
  public static String newer() {
    EngineKind kind = EngineKind.plain();
    return "run %s once, then add --lib %s".formatted(command(kind), kind.word());
  }

  /** The installed engines, in the order of their kinds. */
  public List<Engine> all() {
    return Arrays.stream(EngineKind.values()).flatMap(kind -> installed(kind).stream()).toList();
  }

  /**
   * The installed engine of a kind, with its hashes checked; empty if there is none.
   *
   * @throws ModelException if the cache cannot be read
   */
  public Optional<Engine> installed(EngineKind kind) {
    Path pointer = folder.resolve(kind.word() + ENDING);
    if (!Files.isRegularFile(pointer)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(pointer);
      if (lines.size() != 2 || !lines.getFirst().matches("[0-9a-f]{32}")) {
        return Optional.of(damaged(kind, pointer));
      }
      Path own = folder.resolve(lines.getFirst());
      Manifest manifest = Manifest.read(own);
      return Optional.of(
          new Engine(
              kind,
              manifest.source(),
              lines.get(1),
              own.resolve(manifest.library()),
              manifest.bytes(),
              manifest.isTrueOf(own)));
    } catch (IOException | RuntimeException _) {
      return Optional.of(damaged(kind, pointer));
    }
  }

  private static Engine damaged(EngineKind kind, Path pointer) {
    return new Engine(kind, "unknown", "unknown", pointer, 0, false);
  }

  /**
   * The library of an installed engine.
   *
   * @throws ModelException if it is not installed, or if a file is not the installed one
   */
  public Path library(EngineKind kind) {
    installed(kind).ifPresent(engine -> InUse.hold(engine.library().resolveSibling("")));
    Engine engine =
        installed(kind)
            .orElseThrow(() ->
                new ModelException(
                    EnginePackage.of(Platform.here(), kind).isPresent()
                        ? "no %s library is installed; run %s once"
                            .formatted(kind.word(), command(kind))
                        : noPackage(kind)));
    if (!engine.isIntact()) {
      throw new ModelException(
          "the installed %s library was changed or is damaged; run %s again"
              .formatted(kind.word(), command(kind)));
    }
    return engine.library();
  }

  /**
   * Fetches the pinned package of a kind through the user's npm, and installs it.
   *
   * @throws ModelException if there is none for this platform, it cannot be fetched, its hash is
   *     not the pinned one, or it cannot be loaded here
   */
  public Engine install(EngineKind kind) {
    EnginePackage wanted =
        EnginePackage.of(Platform.here(), kind)
            .orElseThrow(() -> new ModelException(noPackage(kind)));
    return install(kind, wanted);
  }

  private static String noPackage(EngineKind kind) {
    List<String> known = EngineKind.here().stream().map(EngineKind::word).toList();
    return "no %s package of llama.cpp is known for %s; packages there are: %s; install a library of your own with %s --from FILE"
        .formatted(
            kind.word(),
            Platform.here(),
            known.isEmpty() ? "none" : String.join(", ", known),
            command(kind));
  }

  Engine install(EngineKind kind, EnginePackage wanted) {
    return staged(
        kind,
        staging -> {
          Path file = npm.pack(wanted, Files.createDirectory(staging.resolve("package")));
          String found = Digests.sha512(file);
          if (!found.equals(wanted.sha512())) {
            throw new ModelException(
                "the package %s has SHA-512 %s, not the expected %s; nothing was installed"
                    .formatted(wanted.words(), found, wanted.sha512()));
          }
          return placed(kind, staging, file, wanted.words());
        });
  }

  /**
   * Installs a library of the user.
   *
   * @param source a package of npm or pip (.tgz, .whl, .zip), a folder, or a library file with its
   *     back ends next to it
   * @throws ModelException if it has no llama.cpp library or it cannot be loaded here
   */
  public Engine install(EngineKind kind, Path source) {
    if (!Files.exists(source)) {
      throw new ModelException("file or folder not found: " + source + "; check --from");
    }
    return staged(kind, staging -> placed(kind, staging, source, described(source)));
  }

  /** A pinned package by its name, another file by the beginning of its hash. */
  private static String described(Path source) throws IOException {
    String name = String.valueOf(source.toAbsolutePath().normalize().getFileName());
    String shown = name.replaceAll("\\p{C}", "?");
    if (!Files.isRegularFile(source)) {
      return "folder " + shown;
    }
    String hash = Digests.sha512(source);
    return EnginePackage.ofHash(hash)
        .map(EnginePackage::words)
        .orElseGet(() -> "file " + shown + ", not pinned");
  }

  /** The folder of an installation, named by its content. */
  private Path placed(EngineKind kind, Path staging, Path source, String description)
      throws IOException {
    Path files = Files.createDirectory(staging.resolve("files"));
    EngineFiles.copy(source, files);
    BackEnds.require(kind, files, source);
    Manifest manifest = Manifest.of(files, LlamaLibrary.locate(files), description);
    Files.write(files.resolve(Manifest.NAME), manifest.lines());
    Path place = folder.resolve(manifest.folderName());
    if (Files.isDirectory(place) && manifest.isTrueOf(place)) {
      return place;
    }
    Trees.delete(place);
    Trees.permit(files);
    Files.move(files, place, StandardCopyOption.ATOMIC_MOVE);
    return place;
  }

  private interface Work {
    Path in(Path staging) throws IOException;
  }

  private Engine staged(EngineKind kind, Work work) {
    // Threads of one process cannot wait for each other's file lock.
    synchronized (Engines.class) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        deleteUnused();
        Path staging = Files.createTempDirectory(folder, STAGING);
        try {
          Path place = work.in(staging);
          String build = LlamaLibrary.of(place).build().words();
          Path next = Files.write(staging.resolve("next"), List.of(name(place), build));
          Files.move(
              next,
              folder.resolve(kind.word() + ENDING),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
          return installed(kind).orElseThrow();
        } finally {
          Trees.delete(staging);
          deleteUnused();
        }
      } catch (IOException e) {
        throw new ModelException(
            "cannot install a llama.cpp library in "
                + folder
                + ": "
                + String.valueOf(e.getMessage()).replaceAll("\\p{C}", " "),
            e);
      }
    }
  }

  /**
   * Removes the engine of a kind.
   *
   * @return whether there was one
   */
  public boolean remove(EngineKind kind) {
    synchronized (Engines.class) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        boolean was = Files.deleteIfExists(folder.resolve(kind.word() + ENDING));
        deleteUnused();
        return was;
      } catch (IOException e) {
        throw new ModelException("cannot change " + folder + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * Deletes folders that no kind names, such as those of killed or refused installations; one that
   * a process uses stays until the next change.
   */
  private void deleteUnused() throws IOException {
    List<String> used = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> found = Files.list(folder)) {
      for (Path each : found.toList()) {
        if (Files.isDirectory(each)) {
          folders.add(each);
        } else if (name(each).endsWith(ENDING)) {
          used.addAll(Files.readAllLines(each));
        }
      }
    }
    for (Path each : folders) {
      if (!used.contains(name(each))) {
        InUse.deleteIfFree(each);
      }
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
