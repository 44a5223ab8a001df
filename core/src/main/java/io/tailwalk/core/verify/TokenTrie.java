package io.tailwalk.core.verify;

import io.tailwalk.core.model.Vocabulary;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The tokens of a vocabulary as prefix trees over their bytes, in arrays in depth-first order: one
 * pass over the arrays walks all of them, and a dead byte skips a subtree. Tokens of well-formed
 * text are grouped by the classes of their characters ({@link TextClass}), a tree for each group,
 * so that a walk leaves out groups whose tokens {@link TokenSets} decides at once; all other tokens
 * are in a last group. Behind the groups is one tree of all tokens.
 */
final class TokenTrie {
  private static final Map<Vocabulary, TokenTrie> KNOWN =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The byte that leads to a node. */
  final byte[] label;

  /** The node behind a node's subtree. */
  final int[] skip;

  /** The number of bytes before {@link #label}. */
  final int[] depth;

  /**
   * The place in {@link #tokens} of the first token that ends at a node; one more element at the
   * end.
   */
  final int[] first;

  /** Tokens in the order of the nodes where they end. */
  final int[] tokens;

  /** The first node of each group, then that of the tree of all tokens, which ends the arrays. */
  final int[] groups;

  /**
   * For each group the classes of characters in its tokens, as bits; -1 for tokens that are always
   * walked.
   */
  final int[] classes;

  /** Tokens without bytes. */
  final int[] empty;

  /** The most bytes of a token. */
  final int maxDepth;

  final TokenSets sets;
  final int size;

  TokenTrie(TrieBuilder built) {
    this.label = built.label();
    this.skip = built.skip();
    this.depth = built.depth();
    this.first = built.first();
    this.tokens = built.tokens();
    this.groups = built.groups();
    this.classes = built.classes();
    this.empty = built.empty();
    this.maxDepth = built.maxDepth();
    this.sets = built.sets();
    this.size = built.size();
  }

  /** The trie of a vocabulary, built once and kept as long as the vocabulary is in use. */
  static TokenTrie of(Vocabulary vocabulary) {
    TokenTrie known = KNOWN.get(vocabulary);
    if (known == null) {
      known = new TokenTrie(new TrieBuilder(vocabulary));
      KNOWN.put(vocabulary, known);
    }
    return known;
  }
}
