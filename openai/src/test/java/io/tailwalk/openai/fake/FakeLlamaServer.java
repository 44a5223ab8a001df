package io.tailwalk.openai.fake;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.RandomChooser;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * llama-server's routes over a byte-level model. As the real one, it lists no log-probability of a
 * token that ends inside a character.
 */
public final class FakeLlamaServer extends FakeServer {
  /** Longest prompt and completion together. */
  public static final int CONTEXT = 512;

  private static final String END = "<|end256|>";

  /** What the server's naive sum of probabilities is off by. */
  private static final double NAIVE = 1.7e-4;

  /**
   * Starts.
   *
   * @param model a model whose tokens are bytes and ends; closed with the server
   */
  public FakeLlamaServer(LanguageModel model, Faults faults) {
    super(model, faults);
  }

  @Override
  Reply answer(String path, JsonNode body) {
    return switch (path) {
      case "/props" -> Reply.of(props());
      case "/v1/models" -> Reply.of(models());
      case "/tokenize" -> tokenize(body);
      case "/apply-template" -> Reply.of(JSON.createObjectNode().put("prompt", applied(body)));
      case "/completion" -> completion(body);
      default -> Reply.error(404, "File Not Found");
    };
  }

  /** The name of the end token is that token, if control tokens are to be read. */
  private Reply tokenize(JsonNode body) {
    boolean add = body.path("add_special").asBoolean(false);
    String[] parts = {body.path("content").asString("")};
    if (body.path("parse_special").asBoolean(true)) {
      parts = parts[0].split(Pattern.quote(END), -1);
    }
    int[] all = encode(parts[0], add);
    for (int i = 1; i < parts.length; i++) {
      all = append(all, vocabulary().size() - 1);
      for (int token : encode(parts[i], false)) {
        all = append(all, token);
      }
    }
    return Reply.of(tokens(all));
  }

  /** A chat template of its own, with the end token behind each message. */
  private static String applied(JsonNode body) {
    var text = new StringBuilder();
    for (JsonNode message : body.path("messages")) {
      text.append(message.path("role").asString("")).append(": ");
      text.append(message.path("content").asString("")).append(END);
    }
    return text.append("assistant: ").toString();
  }

  private static ObjectNode props() {
    ObjectNode props = JSON.createObjectNode().put("total_slots", 2).put("build_info", "b11434");
    props.putObject("default_generation_settings").put("n_ctx", CONTEXT);
    return props;
  }

  private ObjectNode models() {
    ObjectNode models = JSON.createObjectNode();
    models
        .putArray("data")
        .addObject()
        .put("id", "tiny.gguf")
        .putObject("meta")
        .put("n_vocab", vocabulary().size());
    return models;
  }

  private Reply completion(JsonNode body) {
    int[] all = ids(body.path("prompt"));
    if (all.length == 0) {
      return Reply.error(400, "prompt is empty");
    }
    int most = Math.clamp(body.path("n_predict").asInt(-1), 1, CONTEXT - all.length);
    int top = Math.min(body.path("n_probs").asInt(0), vocabulary().size());
    double temperature = body.path("temperature").asDouble(0.8);
    RandomChooser chooser = chooser(body.path("seed").asLong(-1) & 0xFFFF_FFFFL);
    JsonNode bias = body.path("logit_bias").path(0);
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode drawn = answer.putArray("tokens");
    ArrayNode listed = answer.putArray("completion_probabilities");
    var pending = new ByteArrayOutputStream();
    boolean ended = false;
    while (!ended && drawn.size() < most) {
      LogProbs next = next(all);
      int token = bias.isArray() ? bias.get(0).asInt() : draw(next, temperature, chooser);
      drawn.add(token);
      pending.writeBytes(vocabulary().bytes(token));
      boolean whole = isText(pending.toByteArray());
      if (whole && top > 0) {
        entry(listed.addObject(), next, token, top);
      }
      if (whole) {
        pending.reset();
      }
      all = append(all, token);
      ended = vocabulary().isEnd(token);
    }
    if (listed.isEmpty()) {
      answer.remove("completion_probabilities");
    }
    return Reply.of(answer.put("stop_type", ended ? "eos" : "limit"));
  }

  private void entry(ObjectNode entry, LogProbs next, int token, int top) {
    one(entry, next, token);
    ArrayNode list = entry.putArray("top_logprobs");
    largest(next).limit(top).forEach(id -> one(list.addObject(), next, id));
  }

  private void one(ObjectNode entry, LogProbs next, int token) {
    double logProb = next.logProb(token) + NAIVE;
    entry.put("id", token).put("token", "?");
    ArrayNode bytes = entry.putArray("bytes");
    for (byte one : vocabulary().bytes(token)) {
      bytes.add(Byte.toUnsignedInt(one));
    }
    entry.put("logprob", Double.isInfinite(logProb) ? -3.4028235e38 : logProb);
  }

  private static boolean isText(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)) != null;
    } catch (CharacterCodingException e) {
      // A character has at most four bytes; more are ill-formed and shown as they are.
      return bytes.length >= 4;
    }
  }
}
