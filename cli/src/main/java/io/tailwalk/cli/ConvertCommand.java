package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Resumed;
import io.tailwalk.runs.models.ModelConversion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code convert}: a Hugging Face checkpoint as a GGUF file. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Convert a Hugging Face checkpoint to a GGUF file that --model accepts.",
      "The folder has config.json, the weights as safetensors, and tokenizer.json or"
          + " tokenizer.model. Architectures and tokenizers that are converted: docs/convert.md."
          + " Others are refused, as is everything that llama.cpp would compute differently."
    })
public final class ConvertCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FOLDER", description = "Folder of the checkpoint.")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "GGUF file to write, completely or not at all.")
  private Path out = Path.of("");

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "Storage type of the matrices: f32, f16, bf16 or q8_0. Default: the type of the"
              + " checkpoint, which rounds no weight.")
  private @Nullable String type;

  @Option(names = "--overwrite", description = "Replace --out if it exists.")
  private boolean overwrite;

  /** Creates the command with output to the given console. */
  public ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ModelConversion.Result result =
        ModelConversion.run(folder, out, Optional.ofNullable(type), Resumed.of(false, overwrite));
    console.out().print(result.text());
    return ExitCode.OK;
  }
}
