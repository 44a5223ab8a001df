package io.tailwalk.openai.dialect;

import io.tailwalk.core.model.TopTokens;
import io.tailwalk.openai.http.AnswerException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Tokens with their log-probabilities as a server lists them, in any order. Some servers add the
 * token that was drawn to the most probable ones.
 *
 * @param tokenIds the tokens
 * @param logProbs the log-probability of each; {@code -inf} for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Listed(int[] tokenIds, double[] logProbs) {
  private static final String ID = "token_id:";

  /**
   * The most probable ones.
   *
   * @param most how many to keep at most
   */
  public TopTokens top(int most, int vocabularySize) {
    return TopTokens.largest(tokenIds, logProbs, most, vocabularySize);
  }

  /**
   * Of the only token of a choice, by the names {@code token_id:N}: names that are texts may stand
   * for several tokens.
   */
  static Listed byIds(JsonNode choice) {
    JsonNode top = choice.path("logprobs").path("top_logprobs").path(0);
    if (!top.isObject() || top.isEmpty()) {
      throw new AnswerException("has no logprobs.top_logprobs");
    }
    int[] ids = new int[top.size()];
    double[] logProbs = new double[ids.length];
    int at = 0;
    for (Map.Entry<String, JsonNode> entry : top.properties()) {
      ids[at] = id(entry.getKey());
      logProbs[at++] =
          VllmDialect.whole(Answers.logProb(entry.getValue(), "logprobs.top_logprobs"));
    }
    return new Listed(ids, logProbs);
  }

  private static int id(String key) {
    if (!key.startsWith(ID) || !key.substring(ID.length()).matches("\\d{1,9}")) {
      throw new AnswerException("names tokens by their texts, not by their ids");
    }
    return Integer.parseInt(key.substring(ID.length()));
  }
}
