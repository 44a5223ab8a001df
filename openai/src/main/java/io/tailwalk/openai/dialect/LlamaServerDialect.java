package io.tailwalk.openai.dialect;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.openai.http.AnswerException;
import io.tailwalk.openai.http.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * llama-server's own route {@code /completion}. Its log-probabilities are those of the model,
 * whatever the sampling fields are.
 *
 * @param vocabularySize number of tokens, as the server says
 * @param plainToken a token that is a whole character
 */
public record LlamaServerDialect(ServerFacts facts, int vocabularySize, int plainToken)
    implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String COMPLETION = "completion";

  /** Added to the logit of a token that is to be drawn. */
  private static final double FORCE = 1e4;

  /** Printed for a probability of zero: the most negative float. */
  private static final double ZERO = -3e38;

  @Override
  public String name() {
    return "llama-server";
  }

  @Override
  public String route() {
    return COMPLETION;
  }

  /** Seeds have 32 bits, and the largest means a random one. */
  private static long known(long seed) {
    return Math.min(seed & 0xFFFF_FFFFL, 0xFFFF_FFFEL);
  }

  private static ObjectNode completion(int[] tokens, int most) {
    ObjectNode body = JSON.createObjectNode();
    Answers.put(body, "prompt", tokens);
    return body.put("n_predict", most)
        .put("temperature", 1)
        .put("dynatemp_range", 0)
        .put("top_k", 0)
        .put("top_p", 1)
        .put("min_p", 0)
        .put("typical_p", 1)
        .put("top_n_sigma", -1)
        .put("repeat_penalty", 1)
        .put("presence_penalty", 0)
        .put("frequency_penalty", 0)
        .put("dry_multiplier", 0)
        .put("xtc_probability", 0)
        .put("mirostat", 0)
        .put("cache_prompt", true)
        .put("stream", false)
        .put("return_tokens", true);
  }

  /**
   * The server leaves out the entry of a token that ends inside a character, and the distribution
   * with it, so it is made to draw a plain token, which changes no log-probability.
   */
  private ObjectNode plainTokenAfter(int[] tokens, int listed) {
    ObjectNode body = completion(tokens, 1).put("seed", 1).put("n_probs", listed);
    body.putArray("logit_bias").addArray().add(plainToken).add(FORCE);
    return body;
  }

  @Override
  public Query<double[]> distribution(int[] tokens) {
    return new Query<>(
        COMPLETION,
        plainTokenAfter(tokens, vocabularySize),
        answer -> whole(entries(answer).path(0)));
  }

  @Override
  public Query<Listed> top(int[] tokens, int most) {
    return new Query<>(
        COMPLETION,
        plainTokenAfter(tokens, most),
        answer -> {
          JsonNode top =
              Answers.array(entries(answer).path(0).path("top_logprobs"), "top_logprobs");
          int[] ids = new int[top.size()];
          double[] logProbs = new double[ids.length];
          for (int i = 0; i < ids.length; i++) {
            ids[i] = Answers.id(top.get(i).path("id"), "top_logprobs");
            logProbs[i] = logProb(top.get(i));
          }
          return new Listed(ids, logProbs);
        });
  }

  /** Asks for the bytes of every token; empty for control tokens. */
  public Query<byte[][]> vocabulary() {
    return new Query<>(
        COMPLETION,
        plainTokenAfter(new int[] {plainToken}, vocabularySize),
        answer -> {
          byte[][] bytes = new byte[vocabularySize][];
          JsonNode top = entries(answer).path(0).path("top_logprobs");
          for (JsonNode one : Answers.array(top, "top_logprobs")) {
            int id = Answers.id(one.path("id"), "top_logprobs");
            if (id >= vocabularySize) {
              throw new AnswerException("has token " + id + " of " + vocabularySize);
            }
            bytes[id] = bytes(Answers.array(one.path("bytes"), "bytes"));
          }
          if (Arrays.stream(bytes).anyMatch(Objects::isNull)) {
            throw new AnswerException("has a part of the vocabulary only");
          }
          return bytes;
        });
  }

  private static byte[] bytes(JsonNode list) {
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) list.get(i).asInt();
    }
    return bytes;
  }

  private double[] whole(JsonNode entry) {
    JsonNode top = Answers.array(entry.path("top_logprobs"), "top_logprobs");
    double[] logProbs = new double[vocabularySize];
    Arrays.fill(logProbs, Double.NaN);
    for (JsonNode one : top) {
      int id = Answers.id(one.path("id"), "top_logprobs");
      if (id >= vocabularySize) {
        throw new AnswerException("has token " + id + " of " + vocabularySize);
      }
      logProbs[id] = logProb(one);
    }
    return Answers.complete(logProbs);
  }

  private static double logProb(JsonNode entry) {
    double logProb = Answers.logProb(entry.path("logprob"), "completion_probabilities");
    return logProb <= ZERO ? Double.NEGATIVE_INFINITY : logProb;
  }

  /** The list of log-probabilities, which the server leaves out if it would be empty. */
  private static JsonNode entries(JsonNode answer) {
    JsonNode entries = answer.path("completion_probabilities");
    return entries.isMissingNode()
        ? JSON.createArrayNode()
        : Answers.array(entries, "completion_probabilities");
  }

  @Override
  public Query<Continuation> draw(int[] tokens, int most, long seed) {
    return new Query<>(
        COMPLETION,
        completion(tokens, most).put("seed", known(seed)).put("n_probs", 1),
        answer -> {
          int[] drawn = Answers.ids(answer.path("tokens"), "tokens");
          if (drawn.length == 0 || drawn.length > most) {
            throw new AnswerException("has " + drawn.length + " tokens instead of up to " + most);
          }
          String type = answer.path("stop_type").asString("");
          Answers.requireEnd(
              type.equals("eos") ? "stop" : type.equals("limit") ? "length" : type,
              drawn.length,
              most);
          return new Continuation(drawn, matched(drawn, entries(answer)));
        },
        drawn -> drawn.tokenIds().length);
  }

  /**
   * The log-probabilities by token. The server leaves out the entries of tokens that end inside a
   * character, so entries are matched by id, in order; what is missing is NaN.
   */
  private static double[] matched(int[] drawn, JsonNode entries) {
    double[] logProbs = new double[drawn.length];
    int at = 0;
    for (int i = 0; i < drawn.length; i++) {
      boolean has = at < entries.size() && entries.get(at).path("id").asInt(-1) == drawn[i];
      logProbs[i] = has ? logProb(entries.get(at)) : Double.NaN;
      at += has ? 1 : 0;
    }
    if (at < entries.size()) {
      throw new AnswerException("has log-probabilities of tokens that it did not draw");
    }
    return logProbs;
  }

  @Override
  public List<Query<double[]>> score(int[] prompt, int[] completion) {
    List<Query<double[]>> queries = new ArrayList<>();
    for (int h = 0; h < completion.length; h++) {
      int[] before = Answers.joined(prompt, Arrays.copyOf(completion, h));
      int token = completion[h];
      ObjectNode body = completion(before, 1).put("seed", 1).put("n_probs", 1);
      body.putArray("logit_bias").addArray().add(token).add(FORCE);
      queries.add(
          new Query<>(
              COMPLETION,
              body,
              answer -> {
                int[] drawn = Answers.ids(answer.path("tokens"), "tokens");
                if (drawn.length != 1 || drawn[0] != token) {
                  throw new AnswerException("has another token than the one that was forced");
                }
                return matched(drawn, entries(answer));
              }));
    }
    return queries;
  }

  @Override
  public Query<int[]> tokens(String text, boolean special) {
    return tokenize(text, special, special);
  }

  private static Query<int[]> tokenize(String text, boolean add, boolean read) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("content", text)
            .put("add_special", add)
            .put("parse_special", read);
    return new Query<>("tokenize", body, answer -> Answers.ids(answer.path("tokens"), "tokens"));
  }

  /** The server applies its template to texts, which are read as tokens afterwards. */
  @Override
  public Optional<Query<int[]>> chat(List<ChatMessage> messages) {
    return Optional.empty();
  }

  @Override
  public Optional<Query<String>> chatText(List<ChatMessage> messages) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode list = body.putArray("messages");
    for (ChatMessage message : messages) {
      list.addObject().put("role", message.role()).put("content", message.content());
    }
    return Optional.of(
        new Query<>(
            "apply-template", body, answer -> Answers.text(answer.path("prompt"), "prompt")));
  }

  @Override
  public Optional<Query<int[]>> readingControls(String text) {
    return Optional.of(tokenize(text, false, true));
  }

  @Override
  public Query<String> text(int[] tokens) {
    ObjectNode body = JSON.createObjectNode();
    Answers.put(body, "tokens", tokens);
    return new Query<>(
        "detokenize", body, answer -> Answers.text(answer.path("content"), "content"));
  }

  @Override
  public Query<Boolean> ends(int[] prompt, int token) {
    ObjectNode body = completion(prompt, 2).put("seed", 1).put("n_probs", 0);
    body.putArray("logit_bias").addArray().add(token).add(FORCE);
    return new Query<>(
        COMPLETION, body, answer -> answer.path("stop_type").asString("").equals("eos"));
  }
}
