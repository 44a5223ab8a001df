package io.tailwalk.openai.fake;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.RandomChooser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A server with OpenAI's routes over a byte-level model; what it does beyond texts is chosen. */
public final class FakeOpenAiLike extends FakeServer {
  /** What servers of this kind differ in. */
  public enum Skill {
    /** Reads and shows token ids. */
    IDS,
    /** Echoes the log-probabilities of the prompt; others ignore the field. */
    ECHO,
    /** Has a route for chats only. */
    CHAT_ONLY,
    /** Lists the most probable tokens by ids if asked to; others ignore the field. */
    TOP_IDS,
    /** Counts no tokens. */
    NO_USAGE,
    /** Counts more tokens than it was asked for. */
    TOO_MANY,
    /** Draws the same whatever the seed. */
    GREEDY,
    /** Uses up the limit with tokens that it does not show. */
    REASONING
  }

  private static final Reply NO_ROUTE = Reply.error(404, "no such route");

  private final Set<Skill> skills;

  /**
   * Starts.
   *
   * @param model a model whose tokens are bytes and ends; closed with the server
   */
  public FakeOpenAiLike(LanguageModel model, Set<Skill> skills) {
    super(model, Faults.NONE);
    this.skills = Set.copyOf(skills);
  }

  private boolean has(Skill skill) {
    return skills.contains(skill);
  }

  @Override
  Reply answer(String path, JsonNode body) {
    return switch (path) {
      case "/v1/models" -> Reply.of(models());
      case "/tokenize" -> has(Skill.IDS) ? tokenize(body) : NO_ROUTE;
      case "/v1/completions" -> has(Skill.CHAT_ONLY) ? NO_ROUTE : completion(body);
      case "/v1/chat/completions" -> chat(body);
      default -> NO_ROUTE;
    };
  }

  private Reply tokenize(JsonNode body) {
    return Reply.of(
        tokens(
            encode(
                body.path("prompt").asString(""),
                body.path("add_special_tokens").asBoolean(true))));
  }

  private static ObjectNode models() {
    ObjectNode models = JSON.createObjectNode();
    models.putArray("data").addObject().put("id", "tiny");
    return models;
  }

  /** The text of a token; different tokens may have the same. */
  private String name(int token) {
    return new String(vocabulary().bytes(token), StandardCharsets.UTF_8);
  }

  private Reply chat(JsonNode body) {
    var text = new StringBuilder();
    for (JsonNode message : body.path("messages")) {
      text.append(message.path("role").asString("")).append(": ");
      text.append(message.path("content").asString("")).append('\n');
    }
    ObjectNode answer = drawn(encode(text.toString(), true), body);
    ObjectNode choice = (ObjectNode) answer.path("choices").path(0);
    choice.putObject("message").put("role", "assistant").set("content", choice.remove("text"));
    return Reply.of(answer);
  }

  private Reply completion(JsonNode body) {
    JsonNode prompt = body.path("prompt");
    boolean listed = prompt.isArray();
    if (listed && !has(Skill.IDS)) {
      return Reply.error(400, "prompt must be a string");
    }
    return Reply.of(drawn(listed ? ids(prompt) : encode(prompt.asString(""), true), body));
  }

  private ObjectNode drawn(int[] prompt, JsonNode body) {
    long seed = has(Skill.GREEDY) ? 4 : body.path("seed").asLong(System.nanoTime());
    RandomChooser chooser = chooser(seed);
    double temperature = body.path("temperature").asDouble(0.7);
    int most = body.path("max_tokens").asInt(16);
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    ArrayNode logProbs = JSON.createArrayNode();
    if (body.path("echo").asBoolean(false) && has(Skill.ECHO)) {
      logProbs.addNull();
      for (int i = 1; i < prompt.length; i++) {
        logProbs.add((float) next(Arrays.copyOf(prompt, i)).logProb(prompt[i]));
      }
    }
    ArrayNode ids = JSON.createArrayNode();
    ArrayNode tops = JSON.createArrayNode();
    boolean named = has(Skill.TOP_IDS) && body.path("return_tokens_as_token_ids").asBoolean(false);
    var text = new ByteArrayOutputStream();
    int[] all = prompt;
    boolean ended = false;
    int shown = has(Skill.REASONING) ? most / 2 : most;
    while (!ended && ids.size() < shown) {
      LogProbs next = next(all);
      int forced =
          body.path("logit_bias").propertyNames().stream()
              .mapToInt(Integer::parseInt)
              .findFirst()
              .orElse(-1);
      int token = forced >= 0 ? forced : draw(next, temperature, chooser);
      ids.add(token);
      ObjectNode map = tops.addObject();
      largest(next)
          .limit(body.path("logprobs").asInt(0))
          .forEach(id -> map.put(named ? "token_id:" + id : name(id), (float) next.logProb(id)));
      logProbs.add((float) next.logProb(token));
      text.writeBytes(vocabulary().bytes(token));
      all = append(all, token);
      ended = vocabulary().isEnd(token);
    }
    choice.put("text", text.toString(StandardCharsets.UTF_8));
    choice.put("finish_reason", ended ? "stop" : "length");
    if (has(Skill.IDS) && body.path("return_token_ids").asBoolean(false)) {
      choice.set("token_ids", ids);
    }
    if (body.path("logprobs").asInt(0) > 0) {
      ObjectNode listed = choice.putObject("logprobs");
      listed.set("token_logprobs", logProbs);
      listed.set("top_logprobs", tops);
    }
    if (!has(Skill.NO_USAGE)) {
      answer
          .putObject("usage")
          .put("prompt_tokens", prompt.length)
          .put("completion_tokens", ids.size() + (has(Skill.TOO_MANY) ? 1_000_000 : 0));
    }
    return answer;
  }
}
