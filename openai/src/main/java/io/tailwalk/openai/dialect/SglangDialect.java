package io.tailwalk.openai.dialect;

import io.tailwalk.core.model.Capabilities.SeedUse;
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
 * SGLang's own route {@code /generate}. Its log-probabilities of drawn tokens are divided by the
 * temperature of the request, which is always 1 here; those of given tokens are the model's.
 *
 * @param vocabularySize size of the model's output, by its config.json; 0 if unknown, and then no
 *     distribution can be asked for: more entries than tokens would stop the server
 * @param seeded whether the server was started with {@code --enable-deterministic-inference};
 *     without it a seed has no effect, and older servers refuse the field
 */
public record SglangDialect(ServerFacts facts, int vocabularySize, boolean seeded)
    implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String GENERATE = "generate";
  private static final String DRAWN = "meta_info.output_token_logprobs";
  private static final String GIVEN = "meta_info.input_token_logprobs";

  /** Added to the logit of a token that is to be drawn. */
  private static final double FORCE = 1e4;

  @Override
  public String name() {
    return "sglang";
  }

  @Override
  public String route() {
    return GENERATE;
  }

  private ObjectNode generate(int[] tokens, int most, long seed) {
    ObjectNode body = JSON.createObjectNode();
    Answers.put(body, "input_ids", tokens);
    ObjectNode sampling =
        body.put("stream", false)
            .putObject("sampling_params")
            .put("max_new_tokens", most)
            .put("n", 1)
            .put("temperature", 1)
            .put("top_p", 1)
            .put("top_k", -1)
            .put("min_p", 0)
            .put("repetition_penalty", 1)
            .put("presence_penalty", 0)
            .put("frequency_penalty", 0)
            .put("min_new_tokens", 0)
            .put("ignore_eos", false);
    if (seeded) {
      // Sent as a number of 31 bits, which every version can hold.
      sampling.put("sampling_seed", seed & Integer.MAX_VALUE);
    }
    return body.put("return_logprob", true)
        .put("logprob_start_len", -1)
        .put("return_text_in_logprobs", false);
  }

  @Override
  public SeedUse seeds() {
    return seeded ? SeedUse.BEST_EFFORT : SeedUse.NONE;
  }

  @Override
  public boolean showsDistributions() {
    return vocabularySize > 0;
  }

  @Override
  public Query<double[]> distribution(int[] tokens) {
    return new Query<>(
        GENERATE,
        generate(tokens, 1, 1).put("top_logprobs_num", vocabularySize),
        answer -> {
          Listed all = listed(answer);
          double[] logProbs = new double[vocabularySize];
          Arrays.fill(logProbs, Double.NaN);
          for (int i = 0; i < all.tokenIds().length; i++) {
            int id = all.tokenIds()[i];
            if (id >= vocabularySize) {
              throw new AnswerException("has token " + id + " of " + vocabularySize);
            }
            logProbs[id] = all.logProbs()[i];
          }
          return Answers.complete(logProbs);
        });
  }

  private static Listed listed(JsonNode answer) {
    JsonNode top =
        Answers.array(
            answer.path("meta_info").path("output_top_logprobs").path(0),
            "meta_info.output_top_logprobs");
    int[] ids = new int[top.size()];
    double[] logProbs = new double[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Answers.id(top.get(i).path(1), "output_top_logprobs");
      logProbs[i] = Answers.logProb(top.get(i).path(0), "output_top_logprobs");
    }
    return new Listed(ids, logProbs);
  }

  @Override
  public Query<Listed> top(int[] tokens, int most) {
    return new Query<>(
        GENERATE, generate(tokens, 1, 1).put("top_logprobs_num", most), SglangDialect::listed);
  }

  @Override
  public Query<Continuation> draw(int[] tokens, int most, long seed) {
    return new Query<>(
        GENERATE,
        generate(tokens, most, seed),
        answer -> {
          JsonNode listed =
              Answers.array(answer.path("meta_info").path("output_token_logprobs"), DRAWN);
          if (listed.isEmpty() || listed.size() > most) {
            throw new AnswerException("has " + listed.size() + " tokens instead of up to " + most);
          }
          int[] drawn = new int[listed.size()];
          double[] logProbs = new double[listed.size()];
          for (int i = 0; i < drawn.length; i++) {
            drawn[i] = Answers.id(listed.get(i).path(1), DRAWN);
            logProbs[i] = Answers.logProb(listed.get(i).path(0), DRAWN);
          }
          requireEnd(answer, drawn, most);
          return new Continuation(drawn, logProbs);
        },
        drawn -> drawn.tokenIds().length);
  }

  /** An end names the token that it matched, which must be the last of the list. */
  private static void requireEnd(JsonNode answer, int[] drawn, int most) {
    JsonNode reason = answer.path("meta_info").path("finish_reason");
    String type = reason.path("type").asString("");
    JsonNode matched = reason.path("matched");
    if (type.equals("stop")
        && !(matched.isIntegralNumber() && matched.asInt() == drawn[drawn.length - 1])) {
      throw new AnswerException("ended without its end token in the list of tokens");
    }
    Answers.requireEnd(type, drawn.length, most);
  }

  /**
   * The prompt stays in the server's cache, because log-probabilities are asked for from its last
   * token on. The first entry, of that token, has none.
   */
  @Override
  public List<Query<double[]>> score(int[] prompt, int[] completion) {
    ObjectNode body =
        generate(Answers.joined(prompt, completion), 1, 1)
            .put("logprob_start_len", prompt.length - 1);
    return List.of(
        new Query<>(
            GENERATE,
            body,
            answer -> {
              JsonNode listed =
                  Answers.array(answer.path("meta_info").path("input_token_logprobs"), GIVEN);
              int before = listed.size() - completion.length;
              if (before < 0) {
                throw new AnswerException("has " + listed.size() + " entries in " + GIVEN);
              }
              double[] logProbs = new double[completion.length];
              for (int h = 0; h < completion.length; h++) {
                JsonNode entry = listed.get(before + h);
                if (Answers.id(entry.path(1), GIVEN) != completion[h]) {
                  throw new AnswerException("scores other tokens than those that were given");
                }
                logProbs[h] = Answers.logProb(entry.path(0), GIVEN);
              }
              return logProbs;
            }));
  }

  @Override
  public Query<int[]> tokens(String text, boolean special) {
    return Tokenize.query(facts, text, special);
  }

  /** The server applies its template on its chat route only, which does not show the tokens. */
  @Override
  public Optional<Query<int[]>> chat(List<ChatMessage> messages) {
    return Optional.empty();
  }

  @Override
  public Query<String> text(int[] tokens) {
    ObjectNode body =
        JSON.createObjectNode().put("model", facts.model()).put("skip_special_tokens", false);
    Answers.put(body, "tokens", tokens);
    return new Query<>("detokenize", body, answer -> Answers.text(answer.path("text"), "text"));
  }

  @Override
  public Query<Boolean> ends(int[] prompt, int token) {
    ObjectNode body = generate(prompt, 2, 1).put("return_logprob", false);
    ((ObjectNode) body.path("sampling_params"))
        .putObject("logit_bias")
        .put(String.valueOf(token), FORCE);
    return new Query<>(
        GENERATE,
        body,
        answer -> {
          JsonNode reason = answer.path("meta_info").path("finish_reason");
          return reason.path("type").asString("").equals("stop")
              && reason.path("matched").asInt(-1) == token;
        });
  }
}
