package io.tailwalk.train.recipe;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.input.Exchange;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import io.tailwalk.train.data.Example;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads examples from the forms of data that a recipe can name.
 *
 * @param end whether the token that ends a text is part of a completion
 */
record DataFile(Path file, String format, Tokens tokens, int context, boolean end) {
  static final List<String> FORMATS = List.of("text", "pairs", "tokens");

  /**
   * An example with its names.
   *
   * @param reference its log-probability under the data, nats; NaN if unknown
   */
  record Row(String id, String promptId, Example example, double reference) {}

  /** All rows, in the order of the file. */
  List<Row> read() {
    if (format.equals("text")) {
      return blocks();
    }
    List<Row> rows = new ArrayList<>();
    Rows.forEach(Input.of(file), row -> rows.add(row(row)));
    return rows;
  }

  private Row row(JsonRow row) {
    String id = row.has("id") ? row.name("id") : Long.toString(row.number());
    String promptId = row.has("prompt_id") ? row.name("prompt_id") : id;
    double reference = row.number("reference_log_prob");
    if (reference > 0) {
      throw row.error("\"reference_log_prob\" is above 0", "give a log-probability in nats");
    }
    try {
      Example example = format.equals("pairs") ? pair(row) : sequence(row);
      if (example.length() - 1 > context) {
        throw row.error(
            example.length() + " tokens do not fit into the model's context of " + context,
            "shorten it or raise model.context");
      }
      for (int i = 0; i < example.length(); i++) {
        if (example.token(i) >= tokens.size()) {
          throw row.error(
              "token id " + example.token(i) + " lies outside the vocabulary of " + tokens.size(),
              "fix it or raise tokenizer.vocabulary");
        }
      }
      return new Row(id, promptId, example, reference);
    } catch (LearningException e) {
      throw row.error(String.valueOf(e.getMessage()), "fix this row or remove it");
    }
  }

  private Example pair(JsonRow row) {
    if (row.has("prompt") && row.has("completion")) {
      // An unknown field is usually a misspelt one.
      row.allowOnly(Set.of("id", "prompt_id", "prompt", "completion", "reference_log_prob"));
    }
    Exchange exchange = Exchange.of(row);
    if (!(exchange.prompt() instanceof Prompt.Text(String prompt))) {
      throw row.error(
          "the prompt is no plain text, and a recipe has no chat template",
          "write prompts and completions as texts, or as tokens with \"format: tokens\"");
    }
    String completion =
        exchange
            .response()
            .orElseThrow(
                () -> row.error("the field \"completion\" is missing", "give it a string"));
    return new Example(
        Tokens.marked(tokens.begin(), tokens.encode(prompt), -1),
        Tokens.marked(-1, tokens.encode(completion), end ? tokens.end() : -1));
  }

  private Example sequence(JsonRow row) {
    row.allowOnly(
        Set.of("id", "prompt_id", "prompt", "completion", "tokens", "reference_log_prob"));
    if (row.has("tokens")) {
      int[] all = ints(row.ids("tokens"));
      if (all.length < 2) {
        throw row.error("\"tokens\" holds fewer than 2 ids", "give the first and what follows");
      }
      return new Example(Arrays.copyOf(all, 1), Arrays.copyOfRange(all, 1, all.length));
    }
    return new Example(ints(row.ids("prompt")), ints(row.ids("completion")));
  }

  /**
   * The complete text in pieces of the context's length, each after the token that begins texts.
   */
  private List<Row> blocks() {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new LearningException("cannot read " + file + " as UTF-8: " + e.getMessage(), e);
    }
    int[] all = tokens.encode(text);
    if (all.length < 2) {
      throw new LearningException(file + " holds no text to learn from");
    }
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < all.length - 1; from += context) {
      int[] block = Arrays.copyOfRange(all, from, Math.min(all.length, from + context));
      int[] prompt = {tokens.begin()};
      if (tokens.begin() < 0) {
        prompt[0] = block[0];
        block = Arrays.copyOfRange(block, 1, block.length);
      }
      String id = Integer.toString(rows.size() + 1);
      rows.add(new Row(id, id, new Example(prompt, block), Double.NaN));
    }
    return rows;
  }

  private static int[] ints(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }
}
