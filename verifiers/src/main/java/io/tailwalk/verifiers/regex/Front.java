package io.tailwalk.verifiers.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Nodes without those that another one includes. */
final class Front {
  private final NodeFacts facts;
  private final Map<Integer, int[]> nodes = new HashMap<>();

  Front(NodeFacts facts) {
    this.facts = facts;
  }

  /** Adds a node, and drops those that it includes; false if one that was added includes it. */
  boolean add(int node) {
    if (facts.isAlone(node)) {
      return true;
    }
    int[] rivals = nodes.get(facts.shape(node));
    if (rivals == null) {
      nodes.put(facts.shape(node), new int[] {node});
      return true;
    }
    int kept = 0;
    for (int rival : rivals) {
      if (facts.includes(rival, node)) {
        return rival == node;
      }
    }
    int[] now = new int[rivals.length + 1];
    for (int rival : rivals) {
      if (!facts.includes(node, rival)) {
        now[kept++] = rival;
      }
    }
    now[kept++] = node;
    nodes.put(facts.shape(node), Arrays.copyOf(now, kept));
    return true;
  }

  /** Whether a node that was added includes this one. */
  boolean includes(int node) {
    int[] rivals = facts.isAlone(node) ? null : nodes.get(facts.shape(node));
    if (rivals != null) {
      for (int rival : rivals) {
        if (facts.includes(rival, node)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether no node that was added includes this one, which was added too. */
  boolean contains(int node) {
    int[] rivals = facts.isAlone(node) ? null : nodes.get(facts.shape(node));
    if (rivals == null) {
      return true;
    }
    for (int rival : rivals) {
      if (rival == node) {
        return true;
      }
    }
    return false;
  }
}
