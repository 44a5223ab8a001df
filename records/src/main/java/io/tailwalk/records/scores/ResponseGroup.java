package io.tailwalk.records.scores;

import io.tailwalk.core.model.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Responses to the same prompt, scored after one evaluation of it.
 *
 * @param number its index among the groups, from 0
 * @param prompt the prompt
 * @param responses at most {@link #LARGEST}, in the order of the file
 */
public record ResponseGroup(long number, Prompt prompt, List<GivenResponse> responses) {
  /**
   * Maximal number of responses in a group; a prompt with more has several groups, so that a kill
   * loses little.
   */
  public static final int LARGEST = 64;

  /** Copies the list. */
  public ResponseGroup {
    responses = List.copyOf(responses);
  }

  /** Groups of equal prompts, in the order of first occurrence. */
  public static List<ResponseGroup> of(List<GivenResponse> responses) {
    Map<Prompt, List<GivenResponse>> byPrompt = new LinkedHashMap<>();
    for (GivenResponse response : responses) {
      byPrompt.computeIfAbsent(response.prompt(), _ -> new ArrayList<>()).add(response);
    }
    List<ResponseGroup> groups = new ArrayList<>();
    byPrompt.forEach((prompt, all) -> {
      for (int from = 0; from < all.size(); from += LARGEST) {
        List<GivenResponse> part = all.subList(from, Math.min(all.size(), from + LARGEST));
        groups.add(new ResponseGroup(groups.size(), prompt, part));
      }
    });
    return List.copyOf(groups);
  }
}
