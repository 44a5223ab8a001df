package io.tailwalk.openai.fake;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.RandomChooser;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * SGLang's routes over a byte-level model, written from its published source: entries are lists of
 * log-probability, id and text; seeds count only if the server is deterministic, and a request for
 * more of the distribution than there is stops the server.
 */
public final class FakeSglang extends FakeServer {
  /** Longest prompt and completion together. */
  public static final int CONTEXT = 512;

  private final boolean deterministic;
  private final AtomicLong unseeded = new AtomicLong(99);

  /**
   * Starts.
   *
   * @param model a model whose tokens are bytes and ends; closed with the server
   * @param deterministic whether the server was started with {@code
   *     --enable-deterministic-inference}
   */
  public FakeSglang(LanguageModel model, boolean deterministic, Faults faults) {
    super(model, faults);
    this.deterministic = deterministic;
  }

  @Override
  Reply answer(String path, JsonNode body) {
    return switch (path) {
      case "/model_info" ->
          Reply.of(
              JSON.createObjectNode()
                  .put("model_path", "/models/tiny")
                  .put("is_generation", true)
                  .put("weight_version", "default"));
      case "/server_info" ->
          Reply.of(
              JSON.createObjectNode()
                  .put("version", "0.5.23")
                  .put("api_key", "a secret")
                  .put("max_running_requests", 4)
                  .put("enable_deterministic_inference", deterministic));
      case "/v1/models" -> Reply.of(models());
      case "/tokenize" ->
          Reply.of(
              tokens(
                  encode(
                      body.path("prompt").asString(""),
                      body.path("add_special_tokens").asBoolean(true))));
      case "/detokenize" ->
          Reply.of(
              JSON.createObjectNode().put("text", vocabulary().decode(ids(body.path("tokens")))));
      case "/generate" -> generate(body);
      default -> new Reply(404, JSON.createObjectNode().put("detail", "Not Found"));
    };
  }

  private static ObjectNode models() {
    ObjectNode models = JSON.createObjectNode();
    models.putArray("data").addObject().put("id", "tiny").put("max_model_len", CONTEXT);
    return models;
  }

  private Reply generate(JsonNode body) {
    int[] prompt = ids(body.path("input_ids"));
    JsonNode sampling = body.path("sampling_params");
    int top = body.path("top_logprobs_num").asInt(0);
    if (top > vocabulary().size()) {
      throw new IllegalStateException("selected index k out of range: the scheduler ends");
    }
    if (!deterministic && sampling.has("sampling_seed")) {
      return flat(400, "sampling_seed needs --enable-deterministic-inference");
    }
    double temperature = sampling.path("temperature").asDouble(0.5);
    RandomChooser chooser =
        chooser(
            deterministic ? sampling.path("sampling_seed").asLong(42) : unseeded.incrementAndGet());
    int forced =
        sampling.path("logit_bias").propertyNames().stream()
            .mapToInt(Integer::parseInt)
            .findFirst()
            .orElse(-1);
    int most = sampling.path("max_new_tokens").asInt(128);
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode meta = answer.putObject("meta_info");
    ArrayNode drawn = JSON.createArrayNode();
    ArrayNode tops = JSON.createArrayNode();
    int[] all = prompt;
    int last = -1;
    boolean ended = false;
    while (!ended && drawn.size() < most) {
      // Log-probabilities of drawn tokens are those at the temperature of the request.
      LogProbs next = next(all).tempered(temperature);
      last = forced >= 0 ? forced : draw(next, 1, chooser);
      entry(drawn.addArray(), next, last);
      ArrayNode list = tops.addArray();
      largest(next).limit(top).forEach(id -> entry(list.addArray(), next, id));
      all = append(all, last);
      ended = vocabulary().isEnd(last);
    }
    ObjectNode reason = meta.putObject("finish_reason").put("type", ended ? "stop" : "length");
    reason.put(ended ? "matched" : "length", ended ? last : drawn.size());
    meta.put("prompt_tokens", prompt.length).put("completion_tokens", drawn.size());
    if (body.path("return_logprob").asBoolean(false)) {
      meta.set("output_token_logprobs", drawn);
      meta.set("output_top_logprobs", tops);
      meta.set("input_token_logprobs", given(prompt, body.path("logprob_start_len").asInt(-1)));
    }
    return Reply.of(answer);
  }

  private static Reply flat(int status, String message) {
    return new Reply(
        status, JSON.createObjectNode().put("object", "error").put("message", message));
  }

  private static void entry(ArrayNode entry, LogProbs next, int id) {
    entry.add((float) next.logProb(id)).add(id).addNull();
  }

  /** From a position on; the first entry has no log-probability. */
  private ArrayNode given(int[] prompt, int start) {
    ArrayNode list = JSON.createArrayNode();
    for (int i = start; start >= 0 && i < prompt.length; i++) {
      if (i == start) {
        list.addArray().addNull().add(prompt[i]).addNull();
      } else {
        entry(list.addArray(), next(Arrays.copyOf(prompt, i)), prompt[i]);
      }
    }
    return list;
  }
}
