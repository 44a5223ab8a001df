package io.tailwalk.train.policy;

/** The reward of a drawn response: the same for the same response to the same prompt. */
@FunctionalInterface
public interface Reward {
  /**
   * The reward.
   *
   * @param prompt index of the prompt in the list that the steps draw from
   * @param response drawn tokens, at least one, with the end token if it was drawn
   * @param ended whether the end token was drawn; otherwise the limit of tokens was reached
   * @return any finite number
   */
  double of(int prompt, int[] response, boolean ended);
}
