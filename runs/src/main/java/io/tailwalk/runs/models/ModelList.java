package io.tailwalk.runs.models;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The available models.
 *
 * @param models the embedded models first, then files by folder and path
 */
public record ModelList(List<Entry> models) {
  private static final int DEPTH = 4;

  /**
   * One model.
   *
   * @param model name of the model, as accepted by {@link Models#open}
   * @param usable whether the model can be opened
   * @param bytes size of the file; 0 for an embedded model
   * @param description description of the model, or the reason why it is not usable
   */
  public record Entry(String model, boolean usable, long bytes, String description) {}

  /** Keeps an immutable copy. */
  public ModelList {
    models = List.copyOf(models);
  }

  /**
   * Lists the embedded models and the GGUF files in some folders, up to four levels deep; folders
   * that do not exist are ignored.
   *
   * @throws InputException if a folder cannot be listed
   */
  public static ModelList of(List<Path> folders) {
    List<Entry> entries = new ArrayList<>();
    for (String name : BuiltinModels.names()) {
      String about = BuiltinModels.description(name).orElse("");
      entries.add(new Entry(BuiltinModels.PREFIX + name, true, 0, about));
    }
    for (Path folder : folders) {
      files(folder).stream().map(GgufModels::entry).forEach(entries::add);
    }
    return new ModelList(entries);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try {
      // Files.walk does not follow a link, also not the one that it starts at.
      Path target = folder.toRealPath();
      return walk(target).stream().map(file -> folder.resolve(target.relativize(file))).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("cannot list " + folder + "; make it readable", e);
    }
  }

  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder, DEPTH)) {
      return found
          .filter(path -> path.toString().toLowerCase(Locale.ROOT).endsWith(".gguf"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /** Whether a GGUF file was found. */
  public boolean hasFiles() {
    return models.stream().anyMatch(entry -> entry.bytes() > 0);
  }

  /** The models as JSON, one line per model. */
  public List<String> json() {
    return models.stream().map(entry -> JsonText.line(Json.of(entry))).toList();
  }

  /**
   * The models as a table.
   *
   * @param width width of the terminal, in columns
   * @param styled whether terminal escapes may be used
   */
  public String text(int width, boolean styled) {
    Table table =
        Table.of("Models", models)
            .text("--model", Entry::model)
            .text("size", ModelList::size)
            .text("what it is", Entry::description)
            .build();
    return ConsoleTable.render(table, width, styled);
  }

  private static String size(Entry entry) {
    return entry.bytes() == 0 ? "–" : String.format(Locale.ROOT, "%,.1f MB", entry.bytes() / 1e6);
  }
}
