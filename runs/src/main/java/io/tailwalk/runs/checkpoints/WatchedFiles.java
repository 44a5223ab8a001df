package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.Plural;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.input.Rows;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The score tables of a training run: those in its folder, and those in its checkpoints' folders,
 * which are the folders directly inside it whose names end in a number, such as {@code
 * checkpoint-500}. A file is a table if its name ends in {@code .parquet}, {@code .csv}, {@code
 * .tsv} or {@code .jsonl} (also with {@code .gz} or {@code .zst}) and its first row has the fields
 * of one; others, such as the trainer's logs, are noted and left alone. A table is used once it has
 * not changed from one look to the next. Files whose name begins with a dot are ignored as work in
 * progress.
 */
public final class WatchedFiles {
  /** The kinds of files that are read. */
  public static final Set<Kind> TABLES = Set.of(Kind.SCORES, Kind.WIDE_SCORES);

  private final Path folder;
  private final boolean named;
  private SortedMap<Path, String> seen = new TreeMap<>();
  private SortedMap<Path, String> ready = new TreeMap<>();
  private final Map<Path, Known> known = new HashMap<>();
  private final Set<Path> noted = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Watches the score files of a folder.
   *
   * @throws InputException if the path is not a folder
   */
  public WatchedFiles(Path folder) {
    this(folder, false);
  }

  /**
   * Watches the score files of a folder.
   *
   * @param named whether columns are named, so that a table need not have the usual ones
   * @throws InputException if the path is not a folder
   */
  public WatchedFiles(Path folder, boolean named) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + " is not a folder; give the folder in which score files appear");
    }
    this.folder = folder;
    this.named = named;
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

  /** Sentences on what the last looks found and left alone, each once; empties the list. */
  public List<String> notes() {
    List<String> all = List.copyOf(notes);
    notes.clear();
    return all;
  }

  /** The state of the folder in a few words. */
  public String waiting() {
    int changing = seen.size() - ready.size();
    return "waiting for score tables in "
        + folder
        + ": "
        + Plural.of(ready.size(), "table")
        + " so far"
        + (changing > 0 ? ", " + changing + " being written" : "");
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
    for (Path file : list(folder)) {
      if (isTable(file)) {
        state(file).ifPresent(state -> states.put(file, state));
      } else if (isCheckpoint(file)) {
        checkpoint(file, states);
      }
    }
    return states;
  }

  private void checkpoint(Path checkpoint, SortedMap<Path, String> states) {
    List<Path> files = list(checkpoint);
    List<Path> tables = files.stream().filter(this::isTable).toList();
    for (Path table : tables) {
      state(table).ifPresent(state -> states.put(table, state));
    }
    if (tables.isEmpty()) {
      files.stream()
          .filter(WatchedFiles::isModel)
          .findFirst()
          .ifPresent(model ->
              note(
                  checkpoint,
                  checkpoint
                      + " holds a model and no score table yet; write one there with score"));
    }
  }

  private void note(Path file, String sentence) {
    if (noted.add(file)) {
      notes.add(sentence);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // a checkpoint that the trainer has just deleted
    } catch (IOException e) {
      throw new RunException("cannot list " + folder + ": " + e.getMessage(), e);
    }
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

  private boolean isTable(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean isData =
        !name.startsWith(".")
            && name.matches(".*\\.(?:parquet|(?:csv|tsv|jsonl)(?:\\.gz|\\.zst)?)");
    if (!isData || !Files.isRegularFile(file)) {
      return false;
    }
    Optional<Kind> other = knownKind(file).filter(kind -> !isTable(kind));
    other.ifPresent(
        kind -> note(file, file + " is left alone: it is no score table (" + kind.words() + ")"));
    return other.isEmpty();
  }

  private boolean isTable(Kind kind) {
    return TABLES.contains(kind) || (named && kind == Kind.UNKNOWN);
  }

  /** The kind of a file, read again only after the file has changed. */
  private Optional<Kind> knownKind(Path file) {
    String state = state(file).orElse("");
    Known before = known.get(file);
    if (before == null || !before.state().equals(state)) {
      before = new Known(state, kind(file));
      known.put(file, before);
    }
    return before.kind();
  }

  private record Known(String state, Optional<Kind> kind) {}

  /** Told by the first row; empty if there is none to read yet, which the study will say. */
  private static Optional<Kind> kind(Path file) {
    try {
      return Rows.first(Input.of(file), 1).stream().findFirst().map(Kind::of);
    } catch (TableException e) {
      return Optional.empty();
    }
  }

  private static boolean isCheckpoint(Path folder) {
    return String.valueOf(folder.getFileName()).matches("[^.].*[-_]\\d+")
        && Files.isDirectory(folder);
  }

  private static boolean isModel(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".gguf") || name.endsWith(".safetensors") || name.endsWith(".bin");
  }
}
