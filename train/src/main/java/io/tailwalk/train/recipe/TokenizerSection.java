package io.tailwalk.train.recipe;

import io.tailwalk.train.tokenizer.HuggingFaceTokenizer;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The section {@code tokenizer} of a recipe.
 *
 * @param tokens the tokenizer
 * @param files the section in a form of its own, with the files that it names, by file name
 */
record TokenizerSection(Tokens tokens, Map<String, byte[]> files) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Keeps the map. */
  TokenizerSection {
    files = Map.copyOf(files);
  }

  /** Reads the section. */
  static TokenizerSection read(Section section) {
    String kind = section.choice("kind", List.of("bytes", "words", "ids", "huggingface"), null);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("kind", kind);
    Map<String, byte[]> files = new LinkedHashMap<>();
    Tokens tokens =
        switch (kind) {
          case "bytes" -> new Tokens.Bytes();
          case "ids" -> {
            int vocabulary = section.count("vocabulary", 2);
            form.put("vocabulary", vocabulary);
            yield new Tokens.Ids(vocabulary);
          }
          case "words" -> words(section, form, files);
          default -> huggingFace(section, form, files);
        };
    section.finish();
    // JSON is YAML.
    files.put(
        SavedTokenizer.SECTION,
        (JSON.writeValueAsString(form) + "\n").getBytes(StandardCharsets.UTF_8));
    return new TokenizerSection(tokens, files);
  }

  private static Tokens words(
      Section section, Map<String, Object> form, Map<String, byte[]> files) {
    Path file = section.path("file", true);
    String end = section.text("end");
    form.put("file", "words.txt");
    form.put("end", end);
    files.put("words.txt", SavedTokenizer.bytes(file));
    return section.build(() -> new Tokens.Words(lines(file), end));
  }

  private static Tokens huggingFace(
      Section section, Map<String, Object> form, Map<String, byte[]> files) {
    Path file = section.path("file", true);
    String begin = section.has("begin") ? section.text("begin") : "";
    String end = section.text("end");
    form.put("file", "tokenizer.json");
    if (!begin.isEmpty()) {
      form.put("begin", begin);
    }
    form.put("end", end);
    files.put("tokenizer.json", SavedTokenizer.bytes(file));
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
