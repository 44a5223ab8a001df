package io.tailwalk.cli.models;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.console.Console;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufCheck;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Column;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists what {@code --model} takes here and what each file is. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "List what --model can take here and what each file is.")
public final class ModelsCommand implements Callable<Integer> {
  private static final Path USUAL_FOLDER = Path.of("models");
  private static final int DEPTH = 4;

  private final Console console;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "A folder to look for .gguf files in, beside models/.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  private record Entry(String model, boolean usable, long bytes, String description) {}

  /** Lists on the given console. */
  public ModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new InputException("--dir: " + folder + " is no folder; give one that holds models");
    }
    List<Entry> entries = new ArrayList<>();
    for (String name : BuiltinModels.names()) {
      String about = BuiltinModels.description(name).orElse("");
      entries.add(new Entry(BuiltinModels.PREFIX + name, true, 0, about));
    }
    files(USUAL_FOLDER).stream().map(ModelsCommand::entry).forEach(entries::add);
    if (folder != null) {
      files(folder).stream().map(ModelsCommand::entry).forEach(entries::add);
    }
    if (json) {
      entries.forEach(entry -> console.data(JsonText.line(row(entry))));
    } else {
      console.out().print(table(entries));
      if (entries.stream().noneMatch(entry -> entry.bytes() > 0)) {
        console.tell(
            "no .gguf file under models/; scripts/fetch-model fetches a small one, and any GGUF"
                + " works");
      }
    }
    return ExitCode.OK;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder, DEPTH)) {
      return found
          .filter(path -> path.toString().toLowerCase(Locale.ROOT).endsWith(".gguf"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException("cannot list " + folder + "; make it readable", e);
    }
  }

  private static Entry entry(Path path) {
    long bytes = path.toFile().length();
    try {
      GgufFile file = GgufFile.read(path);
      GgufCheck.requireUsable(file);
      return new Entry("gguf:" + path, true, bytes, file.description());
    } catch (ModelException e) {
      return new Entry("gguf:" + path, false, bytes, "not usable: " + e.getMessage());
    }
  }

  private static ObjectNode row(Entry entry) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model", entry.model())
        .put("usable", entry.usable())
        .put("bytes", entry.bytes())
        .put("description", entry.description());
  }

  private String table(List<Entry> entries) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Entry entry : entries) {
      String size =
          entry.bytes() == 0 ? "–" : String.format(Locale.ROOT, "%,.1f MB", entry.bytes() / 1e6);
      rows.add(List.of(Cell.of(entry.model()), Cell.of(size), Cell.of(entry.description())));
    }
    List<Column> columns =
        List.of(new Column.Text("--model"), new Column.Text("size"), new Column.Text("what it is"));
    int width = console.outIsTerminal() ? console.width() : Integer.MAX_VALUE;
    return ConsoleTable.render(new Table("Models", columns, rows), width, console.outIsTerminal());
  }
}
