package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The joint states of a verifier's automata after the prefixes of a tree, numbered from 0 as they
 * are met. What was computed is remembered.
 */
final class TextStates {
  /** No text is accepted any more. */
  static final int DEAD = -1;

  /** Not known, because too many states were met or the automata refused one. */
  static final int LOST = -3;

  private static final int UNKNOWN = -2;

  /** States beyond which others are lost: an automaton may have as many states as texts. */
  private static final int MOST = 1024;

  private final List<ByteAutomaton> automata;
  private final GenerationTree tree;
  private final Vocabulary vocabulary;
  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private final List<List<Integer>> states = new ArrayList<>();

  /** The states after each token that was asked for, by state and by the token's column. */
  private final List<int[]> next = new ArrayList<>();

  /** By token, one more than the column; 0 for none. */
  private final int[] columns;

  private int columnCount;

  private boolean lost;

  /** The states of nodes. */
  private int[] ofNodes = new int[0];

  /**
   * Without states yet.
   *
   * @param automata at least one
   */
  TextStates(Explorer explorer, List<ByteAutomaton> automata) {
    this.automata = automata;
    this.tree = explorer.tree();
    this.vocabulary = explorer.spec().vocabulary();
    this.columns = new int[vocabulary.size()];
  }

  /** The state before the first token. */
  int start() {
    return number(automata.stream().map(ByteAutomaton::start).toList());
  }

  /** Whether a state was lost. */
  boolean hasLost() {
    return lost;
  }

  /** Whether a response that ends here is accepted. */
  boolean accepts(int state) {
    if (state < 0) {
      return false;
    }
    List<Integer> parts = states.get(state);
    for (int i = 0; i < parts.size(); i++) {
      if (!automata.get(i).accepts(parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The state after one more token, one of a few that are asked for in many states. */
  int next(int state, int token) {
    if (state < 0) {
      return state;
    }
    if (columns[token] == 0) {
      columns[token] = ++columnCount;
    }
    int column = columns[token] - 1;
    int[] row = next.get(state);
    if (column >= row.length) {
      int known = row.length;
      row = Arrays.copyOf(row, Math.max(column + 1, 2 * known));
      Arrays.fill(row, known, row.length, UNKNOWN);
      next.set(state, row);
    }
    if (row[column] == UNKNOWN) {
      row[column] = run(state, vocabulary.bytes(token));
    }
    return row[column];
  }

  /** An automaton that finds its states as it goes may refuse what nobody writes. */
  private int run(int state, byte[] bytes) {
    List<Integer> parts = states.get(state);
    List<Integer> after = new ArrayList<>();
    try {
      for (int i = 0; i < parts.size(); i++) {
        after.add(automata.get(i).run(parts.get(i), bytes));
      }
    } catch (VerifierException _) {
      lost = true;
      return LOST;
    }
    return number(after);
  }

  private int number(List<Integer> parts) {
    if (parts.contains(ByteAutomaton.DEAD)) {
      return DEAD;
    }
    Integer known = numbers.get(parts);
    if (known != null) {
      return known;
    }
    if (states.size() >= MOST) {
      lost = true;
      return LOST;
    }
    numbers.put(parts, states.size());
    states.add(parts);
    next.add(new int[0]);
    return states.size() - 1;
  }

  /** The state after a node's prefix. */
  int of(int node) {
    if (tree.isRoot(node)) {
      return start();
    }
    if (node >= ofNodes.length) {
      int known = ofNodes.length;
      ofNodes = Arrays.copyOf(ofNodes, Math.max(node + 1, 2 * known));
      Arrays.fill(ofNodes, known, ofNodes.length, UNKNOWN);
    }
    if (ofNodes[node] == UNKNOWN) {
      int above = of(tree.parent(node));
      // Not through the columns: nodes have many tokens, each of which would be one in each state.
      ofNodes[node] = above < 0 ? above : run(above, vocabulary.bytes(tree.token(node)));
    }
    return ofNodes[node];
  }
}
