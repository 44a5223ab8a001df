package io.tailwalk.openai.dialect;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.openai.http.AnswerException;
import io.tailwalk.openai.http.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * vLLM's route {@code /inference/v1/generate}, of servers started with {@code --enable-scale-out}:
 * token ids in and out. Its answers name the version of the weights, and where the server replays
 * traces, given tokens are scored behind a cached prompt. Distributions are asked of the other
 * route, which writes them in half the bytes.
 *
 * @param base the other route
 * @param replays whether the server was seen to replay traces
 * @param weights the version of the weights that answers must have; empty if the server names none
 */
public record VllmInferenceDialect(VllmDialect base, boolean replays, String weights)
    implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String GENERATE = "inference/v1/generate";
  private static final String LISTED = "logprobs.content";

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public String route() {
    return replays ? GENERATE + " with replayed traces" : GENERATE;
  }

  @Override
  public ServerFacts facts() {
    return base.facts();
  }

  private ObjectNode generate(int[] tokens, int most, long seed) {
    ObjectNode body = JSON.createObjectNode().put("model", facts().model()).put("stream", false);
    Answers.put(body, "token_ids", tokens);
    VllmDialect.neutral(body.putObject("sampling_params"), most, seed).put("logprobs", 0);
    return body;
  }

  @Override
  public Query<Continuation> draw(int[] tokens, int most, long seed) {
    return new Query<>(
        GENERATE,
        generate(tokens, most, seed),
        answer -> {
          Continuation drawn = continuation(answer, most);
          requireWeights(answer);
          return drawn;
        },
        drawn -> drawn.tokenIds().length);
  }

  private static Continuation continuation(JsonNode answer, int most) {
    JsonNode choice = Answers.choice(answer);
    int[] drawn = Answers.ids(choice.path("token_ids"), "token_ids");
    JsonNode listed = Answers.array(choice.path("logprobs").path("content"), LISTED);
    if (listed.size() != drawn.length || drawn.length == 0 || drawn.length > most) {
      throw new AnswerException(
          "has " + listed.size() + " log-probabilities for " + drawn.length + " tokens");
    }
    double[] logProbs = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      if (Answers.id(listed.get(i).path("token_id"), LISTED) != drawn[i]) {
        throw new AnswerException("has log-probabilities of tokens that it did not draw");
      }
      logProbs[i] = VllmDialect.whole(Answers.logProb(listed.get(i).path("logprob"), LISTED));
    }
    Answers.requireEnd(choice.path("finish_reason").asString(""), drawn.length, most);
    return new Continuation(drawn, logProbs);
  }

  /** The versions of the weights that an answer names, each once, in order. */
  public static Query<String> weightsOf(Query<Continuation> draw) {
    return new Query<>(draw.path(), draw.body(), VllmInferenceDialect::weights);
  }

  private static String weights(JsonNode answer) {
    var all = new StringBuilder();
    String last = "";
    for (JsonNode span : Answers.choice(answer).path("weight_versions")) {
      String version = span.path("version").asString("");
      if (!version.equals(last)) {
        all.append(all.isEmpty() ? "" : ", ").append(version);
        last = version;
      }
    }
    return all.toString();
  }

  private void requireWeights(JsonNode answer) {
    String other = weights(answer);
    if (!weights.isEmpty() && !other.equals(weights)) {
      throw new AnswerException(
          "is of other weights than those of the beginning: the server loaded a new version");
    }
  }

  @Override
  public List<Query<double[]>> score(int[] prompt, int[] completion) {
    return replays ? List.of(replay(prompt, completion)) : base.score(prompt, completion);
  }

  /** Asks for the log-probabilities of tokens that the server is made to draw. */
  public Query<double[]> replay(int[] prompt, int[] completion) {
    ObjectNode body = generate(prompt, completion.length, 0);
    Answers.put((ObjectNode) body.path("sampling_params"), "trace_decode_token_ids", completion);
    return new Query<>(
        GENERATE,
        body,
        answer -> {
          Continuation drawn = continuation(answer, completion.length);
          if (!Arrays.equals(drawn.tokenIds(), completion)) {
            throw new AnswerException("has other tokens than those that it was to replay");
          }
          requireWeights(answer);
          return drawn.logProbs();
        });
  }

  @Override
  public Query<double[]> distribution(int[] tokens) {
    return base.distribution(tokens);
  }

  @Override
  public Query<Listed> top(int[] tokens, int most) {
    return base.top(tokens, most);
  }

  @Override
  public Query<int[]> tokens(String text, boolean special) {
    return base.tokens(text, special);
  }

  @Override
  public Optional<Query<int[]>> chat(List<ChatMessage> messages) {
    return base.chat(messages);
  }

  @Override
  public Query<String> text(int[] tokens) {
    return base.text(tokens);
  }

  @Override
  public Query<Boolean> ends(int[] prompt, int token) {
    return base.ends(prompt, token);
  }
}
