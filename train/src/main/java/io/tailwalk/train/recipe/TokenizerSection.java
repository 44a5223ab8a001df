package io.tailwalk.train.recipe;

import io.tailwalk.train.tokenizer.HuggingFaceTokenizer;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The section {@code tokenizer} of a recipe. */
final class TokenizerSection {
  private TokenizerSection() {}

  /** The tokenizer of the section. */
  static Tokens read(Section section) {
    String kind = section.choice("kind", List.of("bytes", "words", "ids", "huggingface"), null);
    Tokens tokens =
        switch (kind) {
          case "bytes" -> new Tokens.Bytes();
          case "ids" -> new Tokens.Ids(section.count("vocabulary", 2));
          case "words" -> words(section);
          default -> huggingFace(section);
        };
    section.finish();
    return tokens;
  }

  private static Tokens words(Section section) {
    Path file = section.path("file", true);
    String end = section.text("end");
    return section.build(() -> new Tokens.Words(lines(file), end));
  }

  private static Tokens huggingFace(Section section) {
    Path file = section.path("file", true);
    String begin = section.has("begin") ? section.text("begin") : "";
    String end = section.text("end");
    return new Tokens.HuggingFace(HuggingFaceTokenizer.open(file, begin, end));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new LearningException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
