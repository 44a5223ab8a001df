package io.tailwalk.openai.fake;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.RandomChooser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** vLLM's routes over a byte-level model. */
public final class FakeVllm extends FakeServer {
  /** Longest prompt and completion together. */
  public static final int CONTEXT = 512;

  private static final double BROKEN = -9999;

  private final boolean showsDistributions;
  private volatile String weights = "";
  private volatile boolean replays;
  private volatile UnaryOperator<LogProbs> lists = law -> law;

  /**
   * Starts.
   *
   * @param model a model whose tokens are bytes and ends; closed with the server
   * @param showsDistributions whether the server was started with {@code --max-logprobs -1}
   */
  public FakeVllm(LanguageModel model, boolean showsDistributions, Faults faults) {
    super(model, faults);
    this.showsDistributions = showsDistributions;
  }

  @Override
  Reply answer(String path, JsonNode body) {
    return switch (path) {
      case "/version" -> Reply.of(JSON.createObjectNode().put("version", "0.33.0"));
      case "/v1/models" -> Reply.of(models());
      case "/tokenize" -> tokenize(body);
      case "/detokenize" ->
          Reply.of(
              JSON.createObjectNode().put("prompt", vocabulary().decode(ids(body.path("tokens")))));
      case "/v1/completions" -> completion(body);
      case "/inference/v1/generate" -> inference(body);
      default -> new Reply(404, JSON.createObjectNode().put("detail", "Not Found"));
    };
  }

  /** With a chat template of its own: a line a message. */
  private Reply tokenize(JsonNode body) {
    JsonNode messages = body.path("messages");
    if (messages.isMissingNode()) {
      boolean special = body.path("add_special_tokens").asBoolean(true);
      return Reply.of(tokens(encode(body.path("prompt").asString(""), special)));
    }
    var text = new StringBuilder();
    for (JsonNode message : messages) {
      text.append(message.path("role").asString(""))
          .append(": ")
          .append(message.path("content").asString(""))
          .append('\n');
    }
    if (body.path("add_generation_prompt").asBoolean(false)) {
      text.append("assistant: ");
    }
    return Reply.of(tokens(encode(text.toString(), true)));
  }

  private static ObjectNode models() {
    ObjectNode models = JSON.createObjectNode();
    ArrayNode data = models.putArray("data");
    data.addObject().put("id", "tiny").put("root", "/models/tiny").put("max_model_len", CONTEXT);
    data.addObject()
        .put("id", "tiny-lora")
        .put("root", "/models/lora")
        .put("parent", "tiny")
        .putNull("max_model_len");
    return models;
  }

  private Reply completion(JsonNode body) {
    int[] prompt = ids(body.path("prompt"));
    int most = Math.min(body.path("max_tokens").asInt(16), CONTEXT - prompt.length);
    int top = body.path("logprobs").asInt(0);
    if (top > 20 || (top < 0 && !showsDistributions)) {
      return Reply.error(
          400, "Requested sample logprobs of " + top + ", which is greater than max allowed: 20");
    }
    // What the model's generation_config.json says for fields that are left out.
    double temperature = body.path("temperature").asDouble(0.5);
    RandomChooser chooser = chooser(body.path("seed").asLong(System.nanoTime()) & 0xFFFF_FFFFL);
    int[] allowed = ids(body.path("allowed_token_ids"));
    int[] all = prompt;
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    ArrayNode ids = choice.putArray("token_ids");
    ObjectNode listed = choice.putObject("logprobs");
    ArrayNode logProbs = listed.putArray("token_logprobs");
    ArrayNode tops = listed.putArray("top_logprobs");
    boolean ended = false;
    while (!ended && ids.size() < most) {
      LogProbs next = next(all);
      int token = allowed.length == 1 ? allowed[0] : draw(next, temperature, chooser);
      ids.add(token);
      logProbs.add(written(next.logProb(token)));
      ObjectNode map = tops.addObject();
      LogProbs shown = lists.apply(next);
      int shownTokens = top < 0 ? next.size() : top;
      if (top != 0) {
        largest(shown)
            .limit(shownTokens)
            .forEach(id -> map.put("token_id:" + id, written(shown.logProb(id))));
        // The drawn token is listed too.
        map.put("token_id:" + token, written(shown.logProb(token)));
      }
      all = append(all, token);
      ended = vocabulary().isEnd(token);
    }
    choice.put("finish_reason", ended ? "stop" : "length");
    if (body.has("prompt_logprobs")) {
      promptLogProbs(choice.putArray("prompt_logprobs"), prompt);
    }
    return Reply.of(answer);
  }

  /** Token ids in and out, if the server was started for it. */
  private Reply inference(JsonNode body) {
    if (weights.isEmpty()) {
      return Reply.error(403, "start the server with --enable-scale-out");
    }
    JsonNode sampling = body.path("sampling_params");
    int[] trace = ids(sampling.path("trace_decode_token_ids"));
    if (trace.length > 0 && !replays) {
      return Reply.error(400, "trace replay is not enabled");
    }
    RandomChooser chooser = chooser(sampling.path("seed").asLong(7) & 0xFFFF_FFFFL);
    int[] all = ids(body.path("token_ids"));
    int most = sampling.path("max_tokens").asInt(CONTEXT);
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    ArrayNode ids = choice.putArray("token_ids");
    ArrayNode content = choice.putObject("logprobs").putArray("content");
    boolean ended = false;
    while (!ended && ids.size() < most) {
      LogProbs next = next(all);
      int at = ids.size();
      int token =
          trace.length > 0
              ? trace[at]
              : draw(next, sampling.path("temperature").asDouble(0.5), chooser);
      ids.add(token);
      content.addObject().put("token_id", token).put("logprob", written(next.logProb(token)));
      all = append(all, token);
      ended = trace.length == 0 && vocabulary().isEnd(token);
    }
    choice.put("finish_reason", ended ? "stop" : "length");
    choice.putArray("weight_versions").addObject().put("version", weights);
    return Reply.of(answer);
  }

  /**
   * Starts the route for token ids.
   *
   * @param version of the weights, which may change while the server runs
   * @param replaysTraces whether it was started with {@code --enable-trace-replay}
   */
  public FakeVllm scaledOut(String version, boolean replaysTraces) {
    weights = version;
    replays = replaysTraces;
    return this;
  }

  /** Changes the distributions whose most probable tokens are listed. */
  public FakeVllm listing(UnaryOperator<LogProbs> change) {
    lists = change;
    return this;
  }

  private void promptLogProbs(ArrayNode rows, int[] prompt) {
    rows.addNull();
    for (int i = 1; i < prompt.length; i++) {
      LogProbs next = next(Arrays.copyOf(prompt, i));
      rows.addObject()
          .putObject(String.valueOf(prompt[i]))
          .put("logprob", written(next.logProb(prompt[i])))
          .put("rank", 1);
    }
  }

  private static double written(double logProb) {
    return logProb == Double.NEGATIVE_INFINITY ? BROKEN : (float) logProb;
  }

  /** Writes the tokenizer.json of a byte-level model into a folder. */
  public static Path tokenizer(Path folder, Vocabulary vocabulary) {
    ObjectNode file = JSON.createObjectNode();
    ObjectNode tokens = file.putObject("model").put("type", "BPE").putObject("vocab");
    ArrayNode added = file.putArray("added_tokens");
    for (int id = 0; id < vocabulary.size(); id++) {
      byte[] bytes = vocabulary.bytes(id);
      if (bytes.length == 0) {
        added.addObject().put("id", id).put("content", "<|end" + id + "|>").put("special", true);
      } else {
        tokens.put(byteLevel(bytes), id);
      }
    }
    file.putObject("decoder").put("type", "ByteLevel");
    try {
      Path path = folder.resolve("tokenizer.json");
      Files.writeString(path, file.toString(), StandardCharsets.UTF_8);
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String byteLevel(byte[] bytes) {
    var text = new StringBuilder();
    for (byte one : bytes) {
      int value = Byte.toUnsignedInt(one);
      int shift = 0;
      for (int before = 0; before < value; before++) {
        shift += isPrintable(before) ? 0 : 1;
      }
      text.appendCodePoint(isPrintable(value) ? value : 256 + shift);
    }
    return text.toString();
  }

  private static boolean isPrintable(int value) {
    return (value > 32 && value < 127) || (value > 160 && value != 173);
  }
}
