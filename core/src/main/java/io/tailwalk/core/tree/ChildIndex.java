package io.tailwalk.core.tree;

import java.util.Arrays;

/**
 * Open-addressing index from (node, token) to a child; keys are read from the tree's own arrays.
 */
final class ChildIndex {
  private int[] slots = filled(1024);

  private static int[] filled(int length) {
    int[] fresh = new int[length];
    Arrays.fill(fresh, GenerationTree.NONE);
    return fresh;
  }

  int find(int node, int nextToken, int[] parent, int[] token) {
    int mask = slots.length - 1;
    for (int at = hash(node, nextToken) & mask;
        slots[at] != GenerationTree.NONE;
        at = (at + 1) & mask) {
      int child = slots[at];
      if (parent[child] == node && token[child] == nextToken) {
        return child;
      }
    }
    return GenerationTree.NONE;
  }

  void add(int child, int[] parent, int[] token, int size) {
    if (size * 2L > slots.length) {
      rebuild(parent, token, size - 1);
    }
    insert(child, parent, token);
  }

  private void rebuild(int[] parent, int[] token, int upTo) {
    slots = filled(Math.multiplyExact(slots.length, 2));
    for (int child = GenerationTree.ROOT + 1; child < upTo; child++) {
      if (parent[child] != GenerationTree.NONE) {
        insert(child, parent, token);
      }
    }
  }

  private void insert(int child, int[] parent, int[] token) {
    int mask = slots.length - 1;
    int at = hash(parent[child], token[child]) & mask;
    while (slots[at] != GenerationTree.NONE) {
      at = (at + 1) & mask;
    }
    slots[at] = child;
  }

  private static int hash(int node, int nextToken) {
    int mixed = node * 0x9E3779B9 + nextToken * 0x85EBCA6B;
    return mixed ^ (mixed >>> 15);
  }
}
