package io.tailwalk.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Native libraries that jars carry, unpacked once into a folder of the user's cache that all
 * processes share: a process that is killed leaves nothing behind, and the next one has nothing to
 * unpack. Each library has a folder named by its content. Who unpacks holds a lock, which the
 * system releases when it is killed, and first deletes what others have left half unpacked and
 * libraries that were not used for {@link #KEPT}.
 */
public final class NativeCache {
  /** The property that names another folder. */
  public static final String PROPERTY = "tailwalk.native.cache";

  /** How long a library stays that nobody uses, such as that of an earlier version. */
  public static final Duration KEPT = Duration.ofDays(60);

  private static final String LOCK = "lock";
  private static final String UNPACKING = "unpacking";
  private static final String USED = ".used";
  private static final String KEPT_MARK = ".kept";

  private NativeCache() {}

  /** Opens the packed library. */
  @FunctionalInterface
  public interface Packed {
    /**
     * Opens the library; the caller closes it.
     *
     * @throws IOException if it cannot be read
     */
    InputStream open() throws IOException;
  }

  /**
   * The folder of this user: {@code -Dtailwalk.native.cache}, or {@code tailwalk/native} in the
   * system's place for caches, or in the temporary folder if that cannot be written.
   *
   * @throws IOException if there is no folder that can be written and that nobody else can change
   */
  public static Path folder() throws IOException {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null) {
      return Files.createDirectories(Path.of(chosen));
    }
    Path own = cacheHome().resolve("tailwalk").resolve("native");
    try {
      Files.createDirectories(own);
      if (Files.isWritable(own)) {
        return own;
      }
    } catch (IOException _) {
      // A home that cannot be written, as for services and in read-only containers.
      return temporary();
    }
    return temporary();
  }

  /**
   * A folder in {@link #folder} for files that stay until somebody removes them, used or not.
   *
   * @throws IOException if it cannot be written
   */
  public static Path keptFolder(String name) throws IOException {
    Path kept = Files.createDirectories(folder().resolve(name));
    permit(kept, "rwxr-xr-x");
    Files.writeString(kept.resolve(KEPT_MARK), "");
    return kept;
  }

  private static Path cacheHome() {
    Path home = Path.of(System.getProperty("user.home", "."));
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Optional<Path> named =
        os.contains("win") ? variable("LOCALAPPDATA") : variable("XDG_CACHE_HOME");
    return named.orElseGet(() ->
        os.contains("mac")
            ? home.resolve("Library").resolve("Caches")
            : os.contains("win")
                ? home.resolve("AppData").resolve("Local")
                : home.resolve(".cache"));
  }

  private static Optional<Path> variable(String name) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
  }

  /** Whether a path is in the folder that is used if the user's cache cannot be written. */
  public static boolean isTemporary(Path path) {
    return path.toAbsolutePath().startsWith(temporaryPlace().toAbsolutePath());
  }

  private static Path temporaryPlace() {
    return Path.of(System.getProperty("java.io.tmpdir"))
        .resolve("tailwalk-native-" + System.getProperty("user.name", "user"));
  }

  /** Others may write into the temporary folder, so the folder in it must be the user's alone. */
  private static Path temporary() throws IOException {
    Path own = temporaryPlace();
    Path shared = own.resolveSibling("");
    boolean posix = Files.getFileStore(shared).supportsFileAttributeView("posix");
    if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
      if (posix) {
        var only = PosixFilePermissions.fromString("rwx------");
        Files.createDirectory(own, PosixFilePermissions.asFileAttribute(only));
      } else {
        Files.createDirectory(own);
      }
    }
    Path mine = Files.createTempFile(own, "owner", "");
    try {
      boolean isOwn =
          Files.getOwner(own, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(mine))
              && (!posix
                  || PosixFilePermissions.toString(
                          Files.getPosixFilePermissions(own, LinkOption.NOFOLLOW_LINKS))
                      .equals("rwx------"));
      if (!isOwn) {
        throw new IOException(own + " belongs to someone else or can be changed by others");
      }
    } finally {
      Files.deleteIfExists(mine);
    }
    return own;
  }

  /**
   * The file of a library, unpacked if it is not there yet.
   *
   * @param cache the folder, see {@link #folder}
   * @param content what distinguishes its content from all others, such as a hash; the name of a
   *     folder
   * @param name its file name
   * @param bytes its size
   * @throws IOException if it cannot be unpacked
   */
  public static Path library(Path cache, String content, String name, long bytes, Packed packed)
      throws IOException {
    Path file = cache.resolve(content).resolve(name);
    if (isWhole(file, bytes)) {
      noteUse(cache.resolve(content));
      return file;
    }
    Files.createDirectories(cache);
    locked(
        cache,
        () -> {
          if (!isWhole(file, bytes)) {
            clean(cache);
            unpack(cache.resolve(UNPACKING), file, packed);
            if (!isWhole(file, bytes)) {
              throw new IOException(file + " has not the size of the packed library");
            }
            noteUse(cache.resolve(content));
          }
        });
    return file;
  }

  /** Work on the cache. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  /** Changes the cache while no other thread or process does. */
  static void locked(Path cache, Change change) throws IOException {
    // Threads of one process cannot wait for each other's file lock.
    synchronized (NativeCache.class) {
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        change.make();
      }
    }
  }

  private static void unpack(Path temporary, Path file, Packed packed) throws IOException {
    try (InputStream in = packed.open()) {
      Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Path folder = Files.createDirectories(file.resolveSibling(""));
    permit(folder, "rwxr-xr-x");
    permit(temporary, "r--r--r--");
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Whatever the user's mask says, others may load a library of a shared cache, and none change it.
   */
  private static void permit(Path file, String permissions) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
  }

  private static boolean isWhole(Path file, long bytes) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) == bytes;
  }

  /** Time is told by the files, since this module reads no clock. */
  private static void noteUse(Path folder) {
    try {
      Files.writeString(used(folder), " ");
    } catch (IOException _) {
      return; // a cache that cannot be changed is not cleaned either
    }
  }

  /** The file whose time tells when a folder was last used. */
  static Path used(Path folder) {
    return folder.resolveSibling(folder.getFileName() + USED);
  }

  private static void clean(Path cache) throws IOException {
    Files.deleteIfExists(cache.resolve(UNPACKING));
    Path now = Files.writeString(cache.resolve(UNPACKING), " ");
    Instant oldest = Files.getLastModifiedTime(now).toInstant().minus(KEPT);
    Files.delete(now);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache, Files::isDirectory)) {
      for (Path folder : folders) {
        Path used = used(folder);
        Path told = Files.exists(used) ? used : folder;
        boolean isKept = Files.exists(folder.resolve(KEPT_MARK));
        if (!isKept && Files.getLastModifiedTime(told).toInstant().isBefore(oldest)) {
          delete(folder);
          Files.deleteIfExists(used);
        }
      }
    }
  }

  /** Deletes a folder as far as the system allows it. */
  static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      return; // Windows keeps a library that a process has loaded
    }
  }
}
