package io.tailwalk.runs.models;

import io.tailwalk.convert.Conversion;
import io.tailwalk.convert.Converted;
import io.tailwalk.convert.NumberType;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufCheck;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.report.Printable;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conversion of a Hugging Face checkpoint to a GGUF file. */
public final class ModelConversion {
  private ModelConversion() {}

  /**
   * What was written.
   *
   * @param file the GGUF file
   * @param architecture llama.cpp's name of the architecture
   * @param type storage type of the matrices, in small letters
   * @param parameters number of weights
   * @param bytes size of the file; 0 for a stream
   * @param notes what differs from the checkpoint or limits the file, in clauses
   */
  public record Result(
      Path file,
      String architecture,
      String type,
      long parameters,
      long bytes,
      List<String> notes) {
    /** Keeps an immutable copy. */
    public Result {
      notes = List.copyOf(notes);
    }

    /** The result in lines for a terminal: one about the file, one for each note. */
    public String text() {
      String file =
          String.format(
              Locale.ROOT,
              "%s: %s, %,d weights, %s, %,.1f MB%n",
              Printable.name(this.file.toString()),
              architecture,
              parameters,
              type,
              bytes / 1e6);
      return file
          + notes.stream()
              .map(note -> "  note: " + Printable.sentence(note) + System.lineSeparator())
              .collect(Collectors.joining());
    }
  }

  /**
   * Converts a folder.
   *
   * @param type {@code f32}, {@code f16}, {@code bf16} or {@code q8_0}; empty for the type of the
   *     checkpoint
   * @param ifExists what to do if the file exists
   * @throws InputException about the setting {@code type} or {@code out}
   * @throws ModelException in one sentence if the folder cannot be converted
   */
  public static Result run(Path folder, Path file, Optional<String> type, IfExists ifExists) {
    Optional<NumberType> wanted = type.map(ModelConversion::type);
    OutputFile.check(file, ifExists);
    refuseOwn(folder, file);
    try (Conversion conversion = Conversion.open(folder)) {
      NumberType chosen = wanted.orElseGet(conversion::storedType);
      Converted converted = conversion.write(file, chosen);
      return new Result(
          file,
          converted.architecture(),
          name(chosen),
          converted.parameters(),
          converted.bytes(),
          notes(file, converted));
    }
  }

  /** A file that is there and no GGUF file belongs to the checkpoint. */
  private static void refuseOwn(Path folder, Path file) {
    Path parent = file.toAbsolutePath().getParent();
    boolean gguf = file.toString().toLowerCase(Locale.ROOT).endsWith(".gguf");
    try {
      if (!gguf && parent != null && Files.exists(file) && Files.isSameFile(parent, folder)) {
        throw InputException.about(
            "out", file + " belongs to the checkpoint; write to a file that ends in .gguf");
      }
    } catch (IOException e) {
      return; // a folder that is not there is refused when it is opened
    }
  }

  private static NumberType type(String name) {
    return Arrays.stream(NumberType.values())
        .filter(type -> name(type).equals(name))
        .findFirst()
        .orElseThrow(() ->
            InputException.about(
                "type",
                "accepts %s, got '%s'"
                    .formatted(
                        Arrays.stream(NumberType.values())
                            .map(ModelConversion::name)
                            .collect(Collectors.joining(", ")),
                        name)));
  }

  private static String name(NumberType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> notes(Path file, Converted converted) {
    List<String> notes = new ArrayList<>(converted.notes());
    if (Files.isRegularFile(file)) {
      try {
        GgufCheck.requireUsable(GgufFile.read(file));
      } catch (ModelException e) {
        notes.add("with the embedded llama.cpp, " + e.getMessage());
      }
    }
    return notes;
  }
}
