package io.tailwalk.core.probe;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks whether text survives the tokenizer and whether a prompt begins correctly. */
final class TextChecks {
  private static final List<String> TEXTS =
      List.of(
          "Hello, world",
          "a  b   c",
          " leading and trailing ",
          "tab\tand\nnew\r\nlines\n\n",
          "caf\u00e9 na\u00efve",
          "e\u0301",
          "\u6f22\u5b57\u304b\u306a",
          "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\u202eright to left",
          "1234567890 3.14159e-10",
          "<|endoftext|></s><s>",
          "nul \0 inside",
          "{\"k\": [1, \"\\u00e9\"]}");

  private static final int SHOWN_ENDS = 5;

  private TextChecks() {}

  static ProbeResult roundTrip(ProbeSubject subject) {
    Vocabulary vocabulary = subject.model().vocabulary();
    List<String> changed = TEXTS.stream().filter(text -> !comesBack(vocabulary, text, "")).toList();
    String check = "tokenizer round trip";
    if (changed.isEmpty()) {
      return new ProbeResult(
          check,
          ProbeOutcome.OK,
          "all of " + TEXTS.size() + " texts",
          "Decoded tokens reproduce the text byte for byte.");
    }
    if (TEXTS.stream().allMatch(text -> comesBack(vocabulary, text, " ") || text.startsWith(" "))) {
      return new ProbeResult(
          check,
          ProbeOutcome.WARN,
          "a space is put before the text",
          "Completions given as text begin with an extra space; pass token ids instead.");
    }
    return new ProbeResult(
        check,
        ProbeOutcome.WARN,
        changed.size() + " of " + TEXTS.size() + " texts change: " + shown(changed),
        "The text that is scored may differ from the given text; pass token ids instead.");
  }

  private static boolean comesBack(Vocabulary vocabulary, String text, String before) {
    byte[] expected = (before + text).getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(vocabulary.decodeBytes(vocabulary.encode(text)), expected);
  }

  private static String shown(List<String> texts) {
    return texts.stream()
        .limit(3)
        .map(text -> '"' + text.replace("\n", "\\n").replace("\0", "\\0") + '"')
        .collect(Collectors.joining(", "));
  }

  /** A prompt must not begin with the same control token twice. */
  static ProbeResult bos(ProbeSubject subject) {
    LanguageModel model = subject.model();
    int[] tokens = model.encode(Prompt.text(subject.settings().prompts().getFirst()));
    String check = "beginning of text";
    if (tokens.length == 0 || !isControl(model.vocabulary(), tokens[0])) {
      return new ProbeResult(
          check, ProbeOutcome.OK, "no BOS token", "Prompts begin with the text itself.");
    }
    String written = "token " + tokens[0];
    if (tokens.length > 1 && tokens[1] == tokens[0]) {
      return new ProbeResult(
          check,
          ProbeOutcome.FAIL,
          "two BOS tokens, " + written,
          "Every prompt is outside the training distribution; pass token ids instead.");
    }
    return new ProbeResult(
        check, ProbeOutcome.OK, "one BOS token, " + written, "Prompts begin as in training.");
  }

  /** Without a token that ends a text, a completion ends at a limit only. */
  static ProbeResult end(ProbeSubject subject) {
    Vocabulary vocabulary = subject.model().vocabulary();
    int[] ends = IntStream.range(0, vocabulary.size()).filter(vocabulary::isEnd).toArray();
    String check = "end of text";
    if (ends.length == 0) {
      return new ProbeResult(
          check,
          ProbeOutcome.WARN,
          "no end token",
          "Completions end at a limit, a stop text or a verifier's end only.");
    }
    String some =
        Arrays.stream(ends)
            .limit(SHOWN_ENDS)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    return new ProbeResult(
        check,
        ProbeOutcome.OK,
        "%d %s: %s%s"
            .formatted(
                ends.length,
                Plural.noun(ends.length, "token"),
                some,
                ends.length > SHOWN_ENDS ? ", ..." : ""),
        "Each of them ends a completion.");
  }

  private static boolean isControl(Vocabulary vocabulary, int token) {
    return Objects.requireNonNull(vocabulary.bytes(token)).length == 0;
  }
}
