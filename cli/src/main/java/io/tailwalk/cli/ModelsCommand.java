package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.runs.models.ModelList;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Command {@code models}: lists the models that {@code --model} accepts. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "List the models that --model accepts here, with a description of each file.")
public final class ModelsCommand implements Callable<Integer> {
  private static final Path DEFAULT_FOLDER = Path.of("models");

  private final Console console;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Folder to search for .gguf files, in addition to models/.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  /** Creates the command with output to the given console. */
  public ModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Path> folders = new ArrayList<>(List.of(DEFAULT_FOLDER));
    if (folder != null) {
      if (!Files.isDirectory(folder)) {
        throw new InputException(
            "--dir: " + folder + " is not a folder; give a folder that contains models");
      }
      folders.add(folder);
    }
    ModelList list = ModelList.of(folders);
    if (json) {
      list.json().forEach(console::data);
      return ExitCode.OK;
    }
    int width = console.outIsTerminal() ? console.width() : Integer.MAX_VALUE;
    console.out().print(list.text(width, console.outIsTerminal()));
    if (!list.hasFiles()) {
      console.tell(
          "no .gguf file under models/; run scripts/fetch-model to download a small one, or use any"
              + " other GGUF file");
    }
    return ExitCode.OK;
  }
}
