package io.tailwalk.train.evaluate;

import io.tailwalk.values.LearningException;
import java.util.Arrays;
import java.util.List;

/**
 * A held-out prompt with some of its responses: all possible or all drawn ones, whose weights sum
 * to 1, and, for pass@N, every accepted response.
 *
 * @param responses at least one, all to the same prompt
 */
public record HeldOutPrompt(List<HeldOutResponse> responses) {
  private static final double ROUNDING = 1e-9;

  /** Refuses weights that do not sum to 1, and mixed prompts. */
  public HeldOutPrompt {
    responses = List.copyOf(responses);
    double sum = responses.stream().mapToDouble(HeldOutResponse::weight).sum();
    if (!(Math.abs(sum - 1) < ROUNDING)) {
      throw new LearningException("the weights of a prompt's responses must sum to 1, got " + sum);
    }
    int[] prompt = responses.getFirst().example().prompt();
    if (!responses.stream().allMatch(r -> Arrays.equals(r.example().prompt(), prompt))) {
      throw new LearningException("the responses of a held-out prompt belong to different prompts");
    }
  }
}
