package io.tailwalk.core.tree;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Decides which nodes are leaves, adds nodes, and shows nodes to verifiers. */
final class Endings {
  private final TreeSpec spec;
  private final GenerationTree tree;
  private final StopStrings stops;
  private final Map<ByteBuffer, int[]> behind = new HashMap<>();

  Endings(TreeSpec spec, GenerationTree tree) {
    this.spec = spec;
    this.tree = tree;
    this.stops = new StopStrings(spec.stop());
  }

  /** The last bytes of a node's text in which a stop string could begin. */
  byte[] tail(int node) {
    byte[] tail = new byte[0];
    for (int at = node; !tree.isRoot(at) && tail.length < stops.reach(); at = tree.parent(at)) {
      byte[] piece = spec.vocabulary().bytes(tree.token(at));
      byte[] longer = Arrays.copyOf(piece, piece.length + tail.length);
      System.arraycopy(tail, 0, longer, piece.length, tail.length);
      tail = longer;
    }
    return tail;
  }

  boolean hasStops() {
    return !stops.isEmpty();
  }

  Ending endingOf(int parent, byte[] tail, int token) {
    if (spec.vocabulary().isEnd(token)) {
      return Ending.END_TOKEN;
    }
    if (hasStops() && stops.matchLength(tail, spec.vocabulary().bytes(token)) > 0) {
      return Ending.STOP_STRING;
    }
    return tree.depth(parent) + 1 >= spec.maxTokens() ? Ending.LENGTH : Ending.OPEN;
  }

  /**
   * The tokens that end a completion of any length after a tail, in increasing order; shared, not
   * to be changed. They depend only on the beginning of a stop string with which the tail ends, so
   * the vocabulary is searched once for each beginning.
   */
  int[] endingIn(byte[] tail) {
    byte[] begun = stops.begunIn(tail);
    return behind.computeIfAbsent(ByteBuffer.wrap(begun), _ -> search(begun));
  }

  private int[] search(byte[] tail) {
    return IntStream.range(0, spec.vocabulary().size())
        .filter(token ->
            spec.vocabulary().isEnd(token)
                || stops.matchLength(tail, spec.vocabulary().bytes(token)) > 0)
        .toArray();
  }

  int addNode(int parent, int token, double logProb) {
    byte[] tail = hasStops() ? tail(parent) : new byte[0];
    return tree.add(
        parent,
        token,
        logProb,
        endingOf(parent, tail, token),
        Streams.key(tree.pathKey(parent), token));
  }

  Candidate candidate(int node) {
    int stopLength = 0;
    if (tree.ending(node) == Ending.STOP_STRING) {
      byte[] added = spec.vocabulary().bytes(tree.token(node));
      stopLength = stops.matchLength(tail(tree.parent(node)), added);
    }
    return new Candidate(
        spec.prompt(),
        spec.vocabulary(),
        tree.tokenIds(node),
        tree.ending(node).finishReason(),
        stopLength);
  }

  /** A child that is not a node yet, as shown to verifiers. */
  Candidate childCandidate(Candidate parent, byte[] tail, int token, Ending ending) {
    Candidate longer = parent.extend(token);
    int stopLength =
        ending == Ending.STOP_STRING ? stops.matchLength(tail, spec.vocabulary().bytes(token)) : 0;
    return new Candidate(
        spec.prompt(), spec.vocabulary(), longer.tokenIds(), ending.finishReason(), stopLength);
  }
}
