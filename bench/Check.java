import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.engine.EngineKind;
import io.tailwalk.llama.engine.Engines;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.gguf.GgufCheck;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.runs.models.EngineList;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.sampling.Samplers;
import java.nio.file.Path;
import java.util.Map;

/**
 * Checks arguments of the scripts next to it before they measure. Arguments: the script's name,
 * then pairs of a kind and a value: {@code library}, {@code model}, {@code sampler}, in this order.
 * The file of a library is printed, or "embedded"; GGUF files are read as far as their headers.
 */
final class Check {
  private boolean hasOwnLibrary;

  private Check() {}

  public static void main(String[] args) {
    var check = new Check();
    try {
      for (int i = 1; i < args.length; i += 2) {
        check.value(args[i], args[i + 1]);
      }
    } catch (IllegalArgumentException | InputException | ModelException e) {
      System.err.println(args[0] + ": " + e.getMessage());
      System.exit(2);
    }
  }

  private void value(String kind, String value) {
    switch (kind) {
      case "library" -> library(value);
      case "model" -> model(value);
      case "sampler" -> {
        var _ = Samplers.create(value, Map.of());
      }
      default -> throw new IllegalStateException(kind);
    }
  }

  private void library(String value) {
    hasOwnLibrary = !value.equals(EngineList.EMBEDDED);
    System.out.println(
        hasOwnLibrary
            ? EngineKind.of(value)
                .map(kind -> Engines.ofUser().library(kind))
                .orElseGet(() -> LlamaLibrary.locate(Path.of(value)))
            : value);
  }

  private void model(String value) {
    Models.check(value, ModelSettings.DEFAULT);
    if (Models.isEmbedded(value)) {
      BuiltinModels.open(value);
    } else if (!Models.isCheckpoint(value)) {
      Models.file(value)
          .ifPresent(file -> GgufCheck.requireUsable(GgufFile.read(Path.of(file)), hasOwnLibrary));
    } else {
      Models.open(value, ModelSettings.DEFAULT).close();
    }
  }
}
