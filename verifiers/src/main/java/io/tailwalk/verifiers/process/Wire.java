package io.tailwalk.verifiers.process;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The lines of the protocol, written and read: docs/verifier-protocol.md. */
final class Wire {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SHOWN = 80;

  private Wire() {}

  /** The capabilities that a program declares in its first line. */
  record Hello(boolean prefixes) {}

  /**
   * An answer.
   *
   * @param passOrFail whether the answer has {@code pass} instead of a reward
   */
  record Answer(long id, double logWeight, boolean passOrFail) {}

  /** A line that violates the protocol; the description has no subject. */
  static final class BadLine extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1L;

    private final String how;

    BadLine(String how) {
      super(how);
      this.how = how;
    }

    String how() {
      return how;
    }
  }

  /** The program's error about a request; a retry would not help. */
  static final class Complaint extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1L;

    Complaint(String message) {
      super(message);
    }
  }

  /** A request, without a line end. For a partial response the value is requested. */
  static String request(long id, Candidate candidate) {
    ObjectNode request = JSON.createObjectNode();
    request.put("id", id);
    switch (candidate.prompt()) {
      case Prompt.Text text -> request.put("prompt", text.text());
      case Prompt.Chat chat -> request.set("messages", JSON.valueToTree(chat.messages()));
      case Prompt.Tokens tokens ->
          request.set("prompt_token_ids", JSON.valueToTree(tokens.tokenIds()));
    }
    if (candidate.finishReason().isPresent()) {
      request.put("completion", candidate.text());
      request.put("finish_reason", candidate.finishReason().get().wireName());
    } else {
      request.put("prefix", candidate.text());
    }
    return JSON.writeValueAsString(request);
  }

  /** The line as an object. */
  static ObjectNode object(String line) throws BadLine {
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new BadLine("wrote a line that is not JSON: " + shown(line));
    }
    throw new BadLine("wrote a line that is not a JSON object: " + shown(line));
  }

  /** Whether the object is a hello. */
  static boolean isHello(ObjectNode object) {
    return object.has("protocol");
  }

  /** Reads a hello. */
  static Hello hello(ObjectNode object) throws BadLine {
    if (!object.path("protocol").isInt() || object.path("protocol").intValue() != 1) {
      throw new BadLine(
          "uses protocol " + object.path("protocol") + "; only protocol 1 is supported");
    }
    return new Hello(object.path("prefixes").isBoolean() && object.path("prefixes").booleanValue());
  }

  /**
   * Reads an answer.
   *
   * @param weight {@code reward} or {@code value}; its logarithm has the same name with the prefix
   *     {@code log_}
   */
  static Answer answer(ObjectNode object, String weight) throws BadLine, Complaint {
    JsonNode id = object.path("id");
    if (!id.isIntegralNumber() || !id.canConvertToLong()) {
      throw new BadLine("answered without an id: " + shown(object.toString()));
    }
    if (object.has("error")) {
      throw new Complaint("reports: " + object.path("error").asString());
    }
    return new Answer(id.longValue(), logWeight(object, weight), object.path("pass").isBoolean());
  }

  private static double logWeight(ObjectNode object, String weight) throws BadLine {
    JsonNode pass = object.path("pass");
    if (pass.isBoolean()) {
      return pass.booleanValue() ? 0.0 : Double.NEGATIVE_INFINITY;
    }
    JsonNode log = object.path("log_" + weight);
    if (log.isNull()) {
      return Double.NEGATIVE_INFINITY;
    }
    JsonNode plain = object.path(weight);
    double logWeight =
        log.isNumber()
            ? log.doubleValue()
            : plain.isNumber() ? Math.log(plain.doubleValue()) : Double.NaN;
    if (Double.isNaN(logWeight) || logWeight == Double.POSITIVE_INFINITY) {
      throw new BadLine(
          "answered without \"pass\", a finite \""
              + weight
              + "\" of at least 0 or a finite \"log_"
              + weight
              + "\": "
              + shown(object.toString()));
    }
    return logWeight;
  }

  private static String shown(String line) {
    String clean =
        line.codePoints()
            .map(c -> Character.isISOControl(c) ? '?' : c)
            .limit(SHOWN)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.length() > SHOWN ? clean + "..." : clean;
  }
}
