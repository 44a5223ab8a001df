package io.tailwalk.runs.checkpoints;

import io.tailwalk.records.TableException;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The score files of a folder; a file is used once it has not changed from one look to the next.
 * Files whose name begins with a dot are ignored as work in progress.
 */
public final class WatchedFiles {
  private final Path folder;
  private SortedMap<Path, String> seen = new TreeMap<>();
  private SortedMap<Path, String> ready = new TreeMap<>();

  /**
   * Watches the score files of a folder.
   *
   * @throws InputException if the path is not a folder
   */
  public WatchedFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + " is not a folder; give the folder in which score files appear");
    }
    this.folder = folder;
  }

  /**
   * Looks at the folder.
   *
   * @param atOnce whether files are used without waiting for a second look
   * @return whether the files to be read have changed
   */
  public boolean look(boolean atOnce) {
    SortedMap<Path, String> now = states();
    SortedMap<Path, String> still = new TreeMap<>();
    now.forEach((file, state) -> {
      if (atOnce || state.equals(seen.get(file))) {
        still.put(file, state);
      }
    });
    seen = now;
    boolean changed = !still.equals(ready) || atOnce;
    ready = still;
    return changed;
  }

  /** The files to be read, by name. */
  public List<String> ready() {
    return ready.keySet().stream().map(Path::toString).toList();
  }

  /** Returns the state of the run from files with the usual columns. */
  public WatchStudy study(@Nullable String reference, double n, double delta) {
    return study(Map.of(), reference, n, delta);
  }

  /**
   * Returns the state of the run from the files that are ready.
   *
   * @param columns columns by the name of their field, as in {@link Scores#columns}
   * @param reference column of the reference; null for the default
   * @param n the factor N
   * @param delta probability of a false turn over all looks
   * @throws InputException if there is no file, or a file cannot be read yet
   */
  public WatchStudy study(
      Map<String, String> columns, @Nullable String reference, double n, double delta) {
    if (ready.isEmpty()) {
      throw new InputException(
          folder + ": no score files; they end in .parquet, .csv, .tsv or .jsonl");
    }
    try {
      return WatchStudy.of(Scores.read(ready()).columns(columns).files(), reference, n, delta);
    } catch (TableException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private SortedMap<Path, String> states() {
    SortedMap<Path, String> states = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(WatchedFiles::isTable).forEach(files::add);
    } catch (IOException e) {
      throw new RunException("cannot list " + folder + ": " + e.getMessage(), e);
    }
    files.forEach(file -> state(file).ifPresent(state -> states.put(file, state)));
    return states;
  }

  /** Size and time; empty if the file was renamed since it was listed: the next look finds it. */
  private static Optional<String> state(Path file) {
    try {
      return Optional.of(Files.size(file) + " " + Files.getLastModifiedTime(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new RunException("cannot read the size and time of " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isTable(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && name.matches(".*\\.(?:parquet|(?:csv|tsv|jsonl)(?:\\.gz|\\.zst)?)");
  }
}
