package io.tailwalk.runs.cache;

import io.tailwalk.core.CacheContents;
import io.tailwalk.core.NativeCache;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Tailwalk keeps in the cache of this user.
 *
 * @param folder the folder
 * @param entries the folders in it, by name
 */
public record Cache(String folder, List<Entry> entries) {

  /**
   * A folder in the cache.
   *
   * @param name its name
   * @param content what is in it
   * @param rebuilt whether it is made again when it is needed; what a user has installed is not
   * @param files number of files
   * @param bytes their size
   * @param unusedDays days since it was last used, as far as its files tell
   */
  public record Entry(
      String name, String content, boolean rebuilt, long files, long bytes, double unusedDays) {}

  /** Keeps an immutable copy. */
  public Cache {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the cache of this user.
   *
   * @param now the time from which ages are counted
   * @throws RunException if it cannot be read
   */
  public static Cache read(Instant now) {
    try {
      return read(NativeCache.folder(), now);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static Cache read(Path folder, Instant now) {
    try {
      return new Cache(
          folder.toString(),
          CacheContents.of(folder).stream().map(found -> entry(found, now)).toList());
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private static RunException unreadable(Exception cause) {
    return new RunException(
        "cannot read the cache: " + cause.getMessage() + "; check its permissions", cause);
  }

  private static Entry entry(CacheContents.Entry found, Instant now) {
    Optional<String> known = known(found.name());
    double days = Duration.between(found.lastUsed(), now).toSeconds() / 86_400.0;
    return new Entry(
        found.name(),
        known.orElse("installed, or of another version"),
        known.isPresent(),
        found.files(),
        found.bytes(),
        Math.max(0, days));
  }

  /** What Tailwalk puts into a folder by itself, and makes again when it is needed. */
  private static Optional<String> known(String name) {
    if (name.equals("tried")) {
      return Optional.of("marks of GGUF files that opened without harm");
    }
    if (name.equals("pytorch") || name.equals("tokenizers")) {
      return Optional.of("unpacked library of " + (name.equals("pytorch") ? "PyTorch" : name));
    }
    if (name.startsWith("duckdb-")) {
      return Optional.of("unpacked library of DuckDB");
    }
    return name.matches("[0-9a-f]{32}")
        ? Optional.of("unpacked library of llama.cpp")
        : Optional.empty();
  }

  /**
   * The entries to delete.
   *
   * @param names their names; if there are none, all that are made again when they are needed
   * @param olderThan shortest time for which they have not been used
   * @throws InputException if a name is not in the cache
   */
  public List<Entry> chosen(List<String> names, Duration olderThan) {
    for (String name : names) {
      if (entries.stream().noneMatch(entry -> entry.name.equals(name))) {
        throw new InputException(
            "the cache has no '"
                + Printable.name(name)
                + "'; it has "
                + (entries.isEmpty()
                    ? "nothing"
                    : String.join(", ", entries.stream().map(Entry::name).toList())));
      }
    }
    return entries.stream()
        .filter(entry -> names.isEmpty() ? entry.rebuilt : names.contains(entry.name))
        .filter(entry -> entry.unusedDays * 86_400 >= olderThan.toSeconds())
        .toList();
  }

  /**
   * Deletes entries.
   *
   * @return the names of those of which something is left, because a process uses it
   * @throws RunException if the cache cannot be changed
   */
  public List<String> delete(List<Entry> chosen) {
    Path path = Path.of(folder);
    List<String> names = chosen.stream().map(Entry::name).toList();
    try {
      List<CacheContents.Entry> found =
          CacheContents.of(path).stream().filter(entry -> names.contains(entry.name())).toList();
      return CacheContents.delete(path, found).stream().map(CacheContents.Entry::name).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new RunException(
          "cannot clean " + folder + ": " + e.getMessage() + "; check its permissions", e);
    }
  }

  /** The entries as JSON, one line an entry. */
  public List<String> json() {
    return entries.stream().map(entry -> JsonText.line(Json.of(entry))).toList();
  }

  /**
   * The entries as a table.
   *
   * @param width width of the terminal, in columns
   * @param styled whether terminal escapes may be used
   */
  public String text(int width, boolean styled) {
    Table table =
        Table.of("Cache", entries)
            .text("name", entry -> Printable.name(entry.name))
            .text("size", entry -> size(entry.bytes))
            .text("files", entry -> String.format(Locale.ROOT, "%,d", entry.files))
            .text("unused", entry -> String.format(Locale.ROOT, "%.1f days", entry.unusedDays))
            .text("content", Entry::content)
            .build();
    return ConsoleTable.render(table, width, styled);
  }

  /** A size for people. */
  public static String size(long bytes) {
    return bytes < 100_000
        ? String.format(Locale.ROOT, "%,d bytes", bytes)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
