package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stacks without those whose texts another one includes. */
final class Widest {
  private final Map<Integer, List<Frame>> byShape = new HashMap<>();

  /** Adds a stack, and drops those that it includes; false if one that was added includes it. */
  boolean add(Frame stack) {
    if (stack.isAlone()) {
      return true;
    }
    List<Frame> rivals = byShape.computeIfAbsent(stack.shape, _ -> new ArrayList<>());
    for (Frame rival : rivals) {
      if (rival.includes(stack)) {
        return false;
      }
    }
    rivals.removeIf(stack::includes);
    rivals.add(stack);
    return true;
  }

  /** Whether no stack that was added includes this one, which was added too. */
  boolean contains(Frame stack) {
    return stack.isAlone() || byShape.getOrDefault(stack.shape, List.of()).contains(stack);
  }
}
