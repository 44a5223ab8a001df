package io.tailwalk.core.tree;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.TopTokens;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tree of partial responses: a node is a completion prefix, named by an int; node 0 is the
 * empty one. Nodes are only ever added. The data of a node is stored in primitive arrays, so that
 * millions fit and a walk over known nodes allocates nothing. Storage only: {@link Explorer}
 * defines and computes the numbers.
 */
public final class GenerationTree {
  /** The empty completion. */
  public static final int ROOT = 0;

  /** No node. */
  public static final int NONE = -1;

  private static final int INITIAL = 256;

  private static final long NODE_BYTES = 96;
  private static final long HANDLE_BYTES = 56;

  private int size;
  private int[] parent = new int[INITIAL];
  private int[] token = new int[INITIAL];
  private int[] depth = new int[INITIAL];
  private int[] walkParent = new int[INITIAL];
  private int[] canonical = new int[INITIAL];
  private double[] logPi = new double[INITIAL];
  private double[] logValue = new double[INITIAL];
  private double[] logOut = new double[INITIAL];
  private double[] outOverIn = new double[INITIAL];
  private long[] pathKey = new long[INITIAL];
  private Ending[] ending = new Ending[INITIAL];
  private @Nullable NodeDistribution[] distributions = new NodeDistribution[INITIAL];
  private @Nullable Children[] children = new Children[INITIAL];
  private final Map<Integer, TopTokens> heads = new HashMap<>();
  private final ChildIndex index = new ChildIndex();
  private final KeptDistributions kept;
  private long handleBytes;
  private long headBytes;
  private long childBytes;

  /**
   * A tree with only the root.
   *
   * @param rootKey the root's path key
   * @param kept where next-token distributions are kept
   */
  GenerationTree(long rootKey, KeptDistributions kept) {
    this.kept = kept;
    addRoot(rootKey);
  }

  /** Adds the root of a further copy. */
  int addRoot(long key) {
    int root = newNode();
    parent[root] = NONE;
    token[root] = -1;
    depth[root] = 0;
    canonical[root] = ROOT;
    pathKey[root] = key;
    ending[root] = Ending.OPEN;
    return root;
  }

  private int newNode() {
    if (size == parent.length) {
      grow();
    }
    int node = size++;
    walkParent[node] = NONE;
    logValue[node] = Double.NaN;
    logOut[node] = Double.NaN;
    outOverIn[node] = Double.NaN;
    return node;
  }

  /** Whether the node is the empty completion of any copy. */
  public boolean isRoot(int node) {
    return parent[node] == NONE;
  }

  /** Number of nodes. */
  public int size() {
    return size;
  }

  /** The node one token shorter; {@link #NONE} for the root. */
  public int parent(int node) {
    return parent[node];
  }

  /**
   * The node one action shorter, once the node was reached by an action; {@link #NONE} for the
   * root.
   */
  public int walkParent(int node) {
    return walkParent[node];
  }

  /** The last token; -1 for the root. */
  public int token(int node) {
    return token[node];
  }

  /** Number of tokens. */
  public int depth(int node) {
    return depth[node];
  }

  /** Log-probability (nats) of the whole prefix under the model. */
  public double logPi(int node) {
    return logPi[node];
  }

  /** {@code log V}: value of an inner node, tilt of a leaf; NaN while unknown and at the root. */
  public double logValue(int node) {
    return logValue[node];
  }

  /** {@code log S = log sum_c pi(c|v) V(c)}; NaN while the node is not expanded. */
  public double logOut(int node) {
    return logOut[node];
  }

  /** {@code S/V}, the ratio that both walks need; NaN while the node is not expanded. */
  public double outOverIn(int node) {
    return outOverIn[node];
  }

  /** A key of the path, for random streams that do not depend on the order of visits. */
  public long pathKey(int node) {
    return pathKey[node];
  }

  /** How the node ends the response. */
  public Ending ending(int node) {
    return ending[node];
  }

  /** Whether the node is a complete response. */
  public boolean isLeaf(int node) {
    return ending[node] != Ending.OPEN;
  }

  /** Whether the node's children are known. */
  public boolean isExpanded(int node) {
    return children[node] != null;
  }

  /** The children, if the node is expanded. */
  public @Nullable Children children(int node) {
    return children[node];
  }

  /** The node of the first copy with the same prefix, which stores the next-token distribution. */
  public int canonical(int node) {
    return canonical[node];
  }

  /** The next-token distribution at the node, if it was evaluated. */
  @Nullable NodeDistribution distribution(int node) {
    return distributions[canonical[node]];
  }

  /** The most probable next tokens at the node, if the model listed them. */
  @Nullable TopTokens head(int node) {
    return heads.get(canonical[node]);
  }

  /** The child by a token, or {@link #NONE}. */
  public int find(int node, int nextToken) {
    return index.find(node, nextToken, parent, token);
  }

  /** The completion token ids of a node. */
  public int[] tokenIds(int node) {
    int[] ids = new int[depth[node]];
    for (int at = node, i = ids.length - 1; i >= 0; i--, at = parent[at]) {
      ids[i] = token[at];
    }
    return ids;
  }

  /** Approximate bytes of memory held. */
  public long memoryBytes() {
    return size * NODE_BYTES + kept.bytes() + handleBytes + headBytes + childBytes;
  }

  int add(int parentNode, int nextToken, double logProb, Ending end, long key) {
    int shared = canonicalChild(parentNode, nextToken, logProb, end, key);
    int node = newNode();
    parent[node] = parentNode;
    token[node] = nextToken;
    depth[node] = depth[parentNode] + 1;
    canonical[node] = shared == NONE ? node : shared;
    logPi[node] = logPi[parentNode] + logProb;
    pathKey[node] = key;
    ending[node] = end;
    index.add(node, parent, token, size);
    return node;
  }

  /**
   * The node of the first copy that holds the same prefix; {@link #NONE} in the first copy itself.
   */
  private int canonicalChild(int parentNode, int nextToken, double logProb, Ending end, long key) {
    int above = canonical[parentNode];
    if (above == parentNode) {
      return NONE;
    }
    int known = find(above, nextToken);
    return known == NONE ? add(above, nextToken, logProb, end, key) : known;
  }

  void setWalkParent(int node, int from) {
    walkParent[node] = from;
  }

  void setLogValue(int node, double value) {
    logValue[node] = value;
    updateRatio(node);
  }

  void setLogOut(int node, double value) {
    logOut[node] = value;
    updateRatio(node);
  }

  void setChildren(int node, Children made) {
    children[node] = made;
    addBytes(made.memoryBytes());
  }

  /** Counts memory that is kept as long as the tree. */
  void addBytes(long more) {
    childBytes += more;
  }

  /** Stores the distribution of a node that was evaluated for the first time or again. */
  void setDistribution(int node, LogProbs distribution) {
    int shared = canonical[node];
    NodeDistribution known = distributions[shared];
    if (known == null) {
      distributions[shared] = new NodeDistribution(kept, shared, distribution);
      handleBytes += HANDLE_BYTES;
    } else if (known.isDropped()) {
      known.set(distribution);
    }
  }

  void setHead(int node, TopTokens head) {
    heads.put(canonical[node], head);
    headBytes += head.memoryBytes();
  }

  private void updateRatio(int node) {
    double out = logOut[node];
    if (isRoot(node)) {
      outOverIn[node] = Double.POSITIVE_INFINITY;
    } else if (out == Double.NEGATIVE_INFINITY) {
      outOverIn[node] = 0;
    } else {
      outOverIn[node] = Math.exp(out - logValue[node]);
    }
  }

  private void grow() {
    int larger = Math.addExact(parent.length, parent.length / 2);
    parent = Arrays.copyOf(parent, larger);
    token = Arrays.copyOf(token, larger);
    depth = Arrays.copyOf(depth, larger);
    walkParent = Arrays.copyOf(walkParent, larger);
    canonical = Arrays.copyOf(canonical, larger);
    logPi = Arrays.copyOf(logPi, larger);
    logValue = Arrays.copyOf(logValue, larger);
    logOut = Arrays.copyOf(logOut, larger);
    outOverIn = Arrays.copyOf(outOverIn, larger);
    pathKey = Arrays.copyOf(pathKey, larger);
    ending = Arrays.copyOf(ending, larger);
    distributions = Arrays.copyOf(distributions, larger);
    children = Arrays.copyOf(children, larger);
  }
}
