package io.tailwalk.verifiers.regex;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a character as an automaton (The Unicode Standard 16.0, table 3-7): from node {@link
 * #ROOT} each byte leads to another node or to a class of characters. Equal nodes are one, so bytes
 * that do not matter are not remembered. Overlong forms and surrogates lead nowhere.
 */
final class Utf8 {
  static final int ROOT = 0;

  /** What a byte leads to if it leads nowhere. */
  static final int NOWHERE = Integer.MIN_VALUE;

  private final Classes classes;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<IntBuffer, Integer> numbers = new HashMap<>();
  private final Map<Long, Integer> uniform = new HashMap<>();

  /** A node. Callers do not change its arrays. */
  static final class Node {
    private final char[] slots;
    private final int[] targets;

    Node(char[] slots, int[] targets) {
      this.slots = slots;
      this.targets = targets;
    }

    /** For each byte the number of its target. */
    char[] slots() {
      return slots;
    }

    /** Classes of characters, {@code ~node}, or {@link #NOWHERE}. */
    int[] targets() {
      return targets;
    }
  }

  Utf8(Classes classes) {
    this.classes = classes;
    int[] first = new int[256];
    Arrays.fill(first, NOWHERE);
    nodes.add(new Node(new char[0], new int[0]));
    for (int b = 0; b < 0x80; b++) {
      first[b] = leaf(b);
    }
    for (int b = 0xC2; b < 0xE0; b++) {
      first[b] = inner((b & 0x1F) << 6, 1, 0x80);
    }
    for (int b = 0xE0; b < 0xF0; b++) {
      first[b] = inner((b & 0x0F) << 12, 2, 0x800);
    }
    for (int b = 0xF0; b < 0xF5; b++) {
      first[b] = inner((b & 0x07) << 18, 3, 0x10000);
    }
    nodes.set(ROOT, node(first));
  }

  Node node(int number) {
    return nodes.get(number);
  }

  private int leaf(int codePoint) {
    int characterClass = classes.of(codePoint);
    return characterClass == Classes.NONE ? NOWHERE : characterClass;
  }

  /** The node for code points from one on, with so many bytes to come, that are not below least. */
  private int inner(int from, int bytes, int least) {
    int width = 1 << (6 * bytes);
    int last = from + width - 1;
    if (from >= least && last <= Character.MAX_CODE_POINT) {
      int range = classes.range(from);
      if (range == classes.range(last)) {
        return leaf(from) == NOWHERE ? NOWHERE : uniform(leaf(from), bytes);
      }
    }
    int[] targets = new int[256];
    Arrays.fill(targets, NOWHERE);
    for (int i = 0; i < 64; i++) {
      int start = from + i * (width / 64);
      boolean possible = start + width / 64 > least && start <= Character.MAX_CODE_POINT;
      if (possible) {
        targets[0x80 + i] = bytes == 1 ? leaf(start) : inner(start, bytes - 1, least);
      }
    }
    return number(targets);
  }

  private int uniform(int characterClass, int bytes) {
    long key = (long) characterClass << 2 | bytes;
    Integer known = uniform.get(key);
    if (known == null) {
      int[] targets = new int[256];
      Arrays.fill(targets, NOWHERE);
      Arrays.fill(
          targets, 0x80, 0xC0, bytes == 1 ? characterClass : uniform(characterClass, bytes - 1));
      known = number(targets);
      uniform.put(key, known);
    }
    return known;
  }

  private int number(int[] targets) {
    boolean leads = false;
    for (int b = 0x80; b < 0xC0; b++) {
      leads |= targets[b] != NOWHERE;
    }
    if (!leads) {
      return NOWHERE;
    }
    IntBuffer key = IntBuffer.wrap(targets, 0x80, 0x40);
    Integer known = numbers.get(key);
    if (known == null) {
      known = ~nodes.size();
      nodes.add(node(targets));
      numbers.put(key, known);
    }
    return known;
  }

  private static Node node(int[] byByte) {
    char[] slots = new char[256];
    int[] targets = new int[256];
    int count = 0;
    Map<Integer, Integer> known = new HashMap<>();
    for (int b = 0; b < 256; b++) {
      if (b > 0 && byByte[b] == byByte[b - 1]) {
        slots[b] = slots[b - 1];
        continue;
      }
      Integer slot = known.get(byByte[b]);
      if (slot == null) {
        slot = count;
        known.put(byByte[b], slot);
        targets[count++] = byByte[b];
      }
      slots[b] = (char) slot.intValue();
    }
    return new Node(slots, Arrays.copyOf(targets, count));
  }
}
