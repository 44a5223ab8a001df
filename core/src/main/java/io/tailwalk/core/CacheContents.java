package io.tailwalk.core;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is in the folder of {@link NativeCache}: each folder in it is an entry, whoever has made it.
 * Deleting holds the lock under which libraries are unpacked.
 */
public final class CacheContents {
  private CacheContents() {}

  /**
   * A folder in the cache.
   *
   * @param name its name
   * @param path its path
   * @param files number of files in it
   * @param bytes their size
   * @param lastUsed when it was last used, as far as its files tell
   */
  public record Entry(String name, Path path, long files, long bytes, Instant lastUsed) {}

  /**
   * The entries, by name.
   *
   * @param cache the folder; one that does not exist is empty
   * @throws IOException if it cannot be listed
   */
  public static List<Entry> of(Path cache) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache)) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          entries.add(entry(folder));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    entries.sort(Comparator.comparing(Entry::name));
    return List.copyOf(entries);
  }

  private static Entry entry(Path folder) throws IOException {
    long count = 0;
    long bytes = 0;
    Instant last = modified(folder);
    Path used = NativeCache.used(folder);
    if (Files.exists(used)) {
      last = later(last, modified(used));
    }
    for (Path file : files(folder)) {
      count++;
      bytes += Files.size(file);
      last = later(last, modified(file));
    }
    return new Entry(String.valueOf(folder.getFileName()), folder, count, bytes, last);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Deletes entries, with all that is in them; links are deleted and not followed.
   *
   * @param cache the folder
   * @param entries entries of the folder
   * @return those of which something is left, such as libraries that a process has loaded on
   *     Windows
   * @throws IOException if the folder cannot be locked
   */
  public static List<Entry> delete(Path cache, List<Entry> entries) throws IOException {
    List<Entry> left = new ArrayList<>();
    if (entries.isEmpty()) {
      return left;
    }
    NativeCache.locked(
        cache,
        () -> {
          for (Entry entry : entries) {
            Path folder = cache.resolve(entry.name());
            NativeCache.delete(folder);
            Files.deleteIfExists(NativeCache.used(folder));
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
              left.add(entry);
            }
          }
        });
    return left;
  }
}
