package io.tailwalk.openai.dialect;

import io.tailwalk.openai.http.AnswerException;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads fields of answers and refuses those of another shape. */
final class Answers {
  private Answers() {}

  static JsonNode array(JsonNode node, String name) {
    if (!node.isArray()) {
      throw new AnswerException("has no list " + name);
    }
    return node;
  }

  static int[] ids(JsonNode node, String name) {
    array(node, name);
    int[] ids = new int[node.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = id(node.get(i), name);
    }
    return ids;
  }

  static int id(JsonNode node, String name) {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw new AnswerException("has something else than a token id in " + name);
    }
    return node.intValue();
  }

  static String text(JsonNode node, String name) {
    if (!node.isString()) {
      throw new AnswerException("has no text " + name);
    }
    return node.stringValue();
  }

  /** The only choice of a completion. */
  static JsonNode choice(JsonNode answer) {
    JsonNode choices = array(answer.path("choices"), "choices");
    if (choices.size() != 1) {
      throw new AnswerException("has " + choices.size() + " choices instead of one");
    }
    return choices.get(0);
  }

  /**
   * A log-probability.
   *
   * @throws AnswerException if it is missing, above zero, or no number
   */
  static double logProb(JsonNode node, String name) {
    if (!node.isNumber()) {
      throw new AnswerException("has no log-probability in " + name);
    }
    double value = node.doubleValue();
    if (!(value <= ROUNDING)) {
      throw new AnswerException("has " + value + " for a log-probability in " + name);
    }
    return Math.min(0, value);
  }

  /** Refuses a distribution with gaps, which are NaN. */
  static double[] complete(double[] logProbs) {
    if (Arrays.stream(logProbs).anyMatch(Double::isNaN)) {
      throw new AnswerException("has a part of the distribution only");
    }
    return logProbs;
  }

  /** Anything but an end token or the requested length would be a cut text. */
  static void requireEnd(String reason, int drawn, int most) {
    boolean whole = reason.equals("stop") || (reason.equals("length") && drawn == most);
    if (!whole) {
      throw new AnswerException(
          reason.equals("length")
              ? "was cut after " + drawn + " of " + most + " tokens; the context is full"
              : "ended for another reason than its end or its length");
    }
  }

  /** Servers compute in single precision and may end slightly above zero. */
  private static final double ROUNDING = 1e-3;

  static void put(ObjectNode body, String name, int[] ids) {
    ArrayNode array = body.putArray(name);
    for (int id : ids) {
      array.add(id);
    }
  }

  static int[] joined(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
