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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * vLLM's OpenAI-like route {@code /v1/completions} with its own fields. Its log-probabilities are
 * those of the model, whatever the sampling fields are, unless the server was started with another
 * {@code --logprobs-mode}.
 */
public record VllmDialect(ServerFacts facts) implements Dialect {
  /** Written by the server for a log-probability that it cannot write: a broken row. */
  private static final double BROKEN = -9999;

  /** Seeds are signed numbers, and -1 is none; on CPU the server keeps the low 32 bits. */
  private static final long SEED_BITS = 0x3FFF_FFFF_FFFF_FFFFL;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String COMPLETIONS = "v1/completions";

  @Override
  public String name() {
    return "vllm";
  }

  @Override
  public String route() {
    return COMPLETIONS;
  }

  private ObjectNode completion(int[] tokens, int most, long seed) {
    ObjectNode body = JSON.createObjectNode().put("model", facts.model());
    Answers.put(body, "prompt", tokens);
    return neutral(body, most, seed)
        .put("stream", false)
        .put("return_token_ids", true)
        .put("return_tokens_as_token_ids", true);
  }

  /** All sampling fields, because the server fills in those that are left out. */
  static ObjectNode neutral(ObjectNode fields, int most, long seed) {
    return fields
        .put("max_tokens", most)
        .put("n", 1)
        .put("temperature", 1)
        .put("top_p", 1)
        .put("top_k", 0)
        .put("min_p", 0)
        .put("repetition_penalty", 1)
        .put("presence_penalty", 0)
        .put("frequency_penalty", 0)
        .put("min_tokens", 0)
        .put("seed", seed & SEED_BITS);
  }

  @Override
  public Query<double[]> distribution(int[] tokens) {
    return new Query<>(
        COMPLETIONS,
        completion(tokens, 1, 0).put("logprobs", -1),
        answer -> {
          Listed all = Listed.byIds(Answers.choice(answer));
          double[] logProbs = new double[all.tokenIds().length];
          Arrays.fill(logProbs, Double.NaN);
          for (int i = 0; i < logProbs.length; i++) {
            int id = all.tokenIds()[i];
            if (id >= logProbs.length) {
              throw new AnswerException("has a part of the distribution only");
            }
            logProbs[id] = all.logProbs()[i];
          }
          return Answers.complete(logProbs);
        });
  }

  @Override
  public Query<Listed> top(int[] tokens, int most) {
    return new Query<>(
        COMPLETIONS,
        completion(tokens, 1, 0).put("logprobs", most),
        answer -> Listed.byIds(Answers.choice(answer)));
  }

  /** Refuses what stands for a broken row. */
  static double whole(double logProb) {
    if (logProb <= BROKEN) {
      throw new AnswerException(
          "has a log-probability of -9999, which the server writes for a row of the model's output"
              + " that is not finite; the model file is damaged or its numbers overflow");
    }
    return logProb;
  }

  @Override
  public Query<Continuation> draw(int[] tokens, int most, long seed) {
    return new Query<>(
        COMPLETIONS,
        Chunks.ifLong(completion(tokens, most, seed).put("logprobs", 0), most),
        answer -> {
          JsonNode choice = Answers.choice(Chunks.joined(answer));
          int[] drawn = Answers.ids(choice.path("token_ids"), "token_ids");
          JsonNode listed =
              Answers.array(choice.path("logprobs").path("token_logprobs"), "token_logprobs");
          if (listed.size() != drawn.length || drawn.length == 0 || drawn.length > most) {
            throw new AnswerException(
                "has " + listed.size() + " log-probabilities for " + drawn.length + " tokens");
          }
          double[] logProbs = new double[drawn.length];
          for (int i = 0; i < drawn.length; i++) {
            logProbs[i] = whole(Answers.logProb(listed.get(i), "token_logprobs"));
          }
          Answers.requireEnd(choice.path("finish_reason").asString(""), drawn.length, most);
          return new Continuation(drawn, logProbs);
        },
        drawn -> drawn.tokenIds().length);
  }

  @Override
  public List<Query<double[]>> score(int[] prompt, int[] completion) {
    ObjectNode body =
        completion(Answers.joined(prompt, completion), 1, 0).put("prompt_logprobs", 0);
    return List.of(
        new Query<>(
            COMPLETIONS,
            body,
            answer -> {
              JsonNode rows = Answers.choice(answer).path("prompt_logprobs");
              Answers.array(rows, "prompt_logprobs");
              if (rows.size() != prompt.length + completion.length) {
                throw new AnswerException("has " + rows.size() + " entries in prompt_logprobs");
              }
              double[] logProbs = new double[completion.length];
              for (int h = 0; h < completion.length; h++) {
                JsonNode row = rows.get(prompt.length + h).path(String.valueOf(completion[h]));
                logProbs[h] = whole(Answers.logProb(row.path("logprob"), "prompt_logprobs"));
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
    ObjectNode body =
        JSON.createObjectNode()
            .put("model", facts.model())
            .put("add_generation_prompt", true)
            .put("add_special_tokens", false);
    ArrayNode list = body.putArray("messages");
    for (ChatMessage message : messages) {
      list.addObject().put("role", message.role()).put("content", message.content());
    }
    return Optional.of(
        new Query<>("tokenize", body, answer -> Answers.ids(answer.path("tokens"), "tokens")));
  }

  @Override
  public Query<String> text(int[] tokens) {
    ObjectNode body = JSON.createObjectNode().put("model", facts.model());
    Answers.put(body, "tokens", tokens);
    return new Query<>("detokenize", body, answer -> Answers.text(answer.path("prompt"), "prompt"));
  }

  @Override
  public Query<Boolean> ends(int[] prompt, int token) {
    ObjectNode body = completion(prompt, 2, 0);
    Answers.put(body, "allowed_token_ids", new int[] {token});
    return new Query<>(
        COMPLETIONS,
        body,
        answer -> {
          JsonNode choice = Answers.choice(answer);
          int[] drawn = Answers.ids(choice.path("token_ids"), "token_ids");
          if (drawn.length == 0 || drawn[0] != token) {
            throw new AnswerException("has another token than the only one allowed");
          }
          return drawn.length == 1 && choice.path("finish_reason").asString("").equals("stop");
        });
  }
}
