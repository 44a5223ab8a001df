package io.tailwalk.openai.dialect;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.openai.http.AnswerException;
import io.tailwalk.openai.http.Query;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The route {@code /v1/completions} of servers like OpenAI's that read and show token ids, such as
 * SGLang's own and gateways in front of vLLM. Whether log-probabilities follow the temperature does
 * not matter, because every request has 1.
 *
 * @param scores whether the server was seen to echo the log-probabilities of a prompt
 */
public record OpenAiIdsDialect(ServerFacts facts, boolean scores) implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String COMPLETIONS = "v1/completions";
  private static final String LISTED = "logprobs.token_logprobs";

  /** The largest bias that OpenAI's API allows. */
  private static final double FORCE = 100;

  @Override
  public String name() {
    return "openai-like";
  }

  @Override
  public String route() {
    return COMPLETIONS;
  }

  private ObjectNode completion(int[] tokens, int most, long seed) {
    ObjectNode body = JSON.createObjectNode().put("model", facts.model());
    Answers.put(body, "prompt", tokens);
    return body.put("max_tokens", most)
        .put("n", 1)
        .put("temperature", 1)
        .put("top_p", 1)
        .put("presence_penalty", 0)
        .put("frequency_penalty", 0)
        .put("seed", seed & Integer.MAX_VALUE)
        .put("stream", false)
        .put("return_token_ids", true);
  }

  @Override
  public boolean showsDistributions() {
    return false;
  }

  @Override
  public Query<double[]> distribution(int[] tokens) {
    throw new UnsupportedOperationException("not asked of servers like OpenAI's");
  }

  /** Many servers name the tokens of the list by their texts; such a list is refused. */
  @Override
  public Query<Listed> top(int[] tokens, int most) {
    return new Query<>(
        COMPLETIONS,
        completion(tokens, 1, 1).put("logprobs", most).put("return_tokens_as_token_ids", true),
        answer -> Listed.byIds(Answers.choice(answer)));
  }

  @Override
  public Query<Continuation> draw(int[] tokens, int most, long seed) {
    return new Query<>(
        COMPLETIONS,
        completion(tokens, most, seed).put("logprobs", 1),
        answer -> {
          JsonNode choice = Answers.choice(answer);
          int[] drawn = Answers.ids(choice.path("token_ids"), "token_ids");
          JsonNode listed = Answers.array(choice.path("logprobs").path("token_logprobs"), LISTED);
          if (listed.size() != drawn.length || drawn.length == 0 || drawn.length > most) {
            throw new AnswerException(
                "has " + listed.size() + " log-probabilities for " + drawn.length + " tokens");
          }
          double[] logProbs = new double[drawn.length];
          for (int i = 0; i < drawn.length; i++) {
            logProbs[i] = VllmDialect.whole(Answers.logProb(listed.get(i), LISTED));
          }
          Answers.requireEnd(choice.path("finish_reason").asString(""), drawn.length, most);
          return new Continuation(drawn, logProbs);
        },
        drawn -> drawn.tokenIds().length);
  }

  /** Log-probabilities of a prompt are echoed with those of the token that has to follow it. */
  @Override
  public List<Query<double[]>> score(int[] prompt, int[] completion) {
    int[] all = Answers.joined(prompt, completion);
    return List.of(
        new Query<>(
            COMPLETIONS,
            completion(all, 1, 1).put("logprobs", 1).put("echo", true),
            answer -> {
              JsonNode listed =
                  Answers.array(
                      Answers.choice(answer).path("logprobs").path("token_logprobs"), LISTED);
              if (listed.size() != all.length + 1) {
                throw new AnswerException("echoes no log-probabilities of the prompt");
              }
              double[] logProbs = new double[completion.length];
              for (int h = 0; h < completion.length; h++) {
                logProbs[h] =
                    VllmDialect.whole(Answers.logProb(listed.get(prompt.length + h), LISTED));
              }
              return logProbs;
            }));
  }

  @Override
  public Query<int[]> tokens(String text, boolean special) {
    return Tokenize.query(facts, text, special);
  }

  @Override
  public Optional<Query<int[]>> chat(List<ChatMessage> messages) {
    return Optional.empty();
  }

  @Override
  public Query<String> text(int[] tokens) {
    ObjectNode body = JSON.createObjectNode().put("model", facts.model());
    Answers.put(body, "tokens", tokens);
    return new Query<>(
        "detokenize",
        body,
        answer -> Answers.text(answer.path(answer.has("text") ? "text" : "prompt"), "text"));
  }

  @Override
  public Query<Boolean> ends(int[] prompt, int token) {
    ObjectNode body = completion(prompt, 2, 1);
    body.putObject("logit_bias").put(String.valueOf(token), FORCE);
    return new Query<>(
        COMPLETIONS,
        body,
        answer -> {
          JsonNode choice = Answers.choice(answer);
          int[] drawn = Answers.ids(choice.path("token_ids"), "token_ids");
          return drawn.length == 1
              && drawn[0] == token
              && choice.path("finish_reason").asString("").equals("stop");
        });
  }
}
