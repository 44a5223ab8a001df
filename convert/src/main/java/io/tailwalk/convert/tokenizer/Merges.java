package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.records.TableException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Pairs of tokens that are joined, the first listed first.
 *
 * @param pairs left and right token of each
 */
record Merges(List<Pair> pairs) {
  /** Two tokens that become one. */
  record Pair(String left, String right) {
    String joined() {
      return left + right;
    }
  }

  Merges {
    pairs = List.copyOf(pairs);
  }

  /**
   * The merges of a model; older files write a pair as one text with a space between, newer ones as
   * a list of two.
   *
   * @param vocabulary has every token of every pair
   */
  static Merges of(JsonObject model, Vocabulary vocabulary) {
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode node : model.list("merges")) {
      Pair pair = pair(node);
      if (pair.left.isEmpty()
          || pair.right.isEmpty()
          || vocabulary.id(pair.left) < 0
          || vocabulary.id(pair.right) < 0
          || vocabulary.id(pair.joined()) < 0) {
        throw model.wrong(
            "merges",
            "has the pair " + TableException.quoted(node.toString()) + " of other tokens");
      }
      pairs.add(pair);
    }
    return new Merges(pairs);
  }

  private static Pair pair(JsonNode node) {
    if (node.isArray()) {
      return new Pair(node.size() == 2 ? node.get(0).asString("") : "", node.path(1).asString(""));
    }
    String text = node.asString("");
    // A token of spaces has none in this form: they are written as other characters.
    int blank = text.indexOf(' ', 1);
    return blank < 0
        ? new Pair("", "")
        : new Pair(text.substring(0, blank), text.substring(blank + 1));
  }
}
