package io.tailwalk.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.Streams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks against their definition, token by token. */
class MaskWalkTest {
  private static final String[] PIECES = {
    "a", "b", "the", " ", "  ", "Z", "7", "\"", "\\", "\n", "\u007f", "-", "é", "ÿ", "€", "中", "𝄞",
    "\u0000"
  };

  /** Tokens of random text, of parts of characters, of ill-formed bytes and of nothing. */
  private record RandomVocabulary(List<byte[]> tokens) implements Vocabulary {
    static RandomVocabulary of(RandomGenerator random, int size) {
      var tokens = new ArrayList<byte[]>();
      for (int i = 0; i < size; i++) {
        var text = new StringBuilder();
        int longest = random.nextInt(20) == 0 ? 45 : 5;
        for (int j = random.nextInt(longest); j >= 0; j--) {
          text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        tokens.add(
            switch (random.nextInt(8)) {
              case 0 -> new byte[0];
              case 1 -> Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
              case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
              case 3 -> new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(256)};
              case 4 -> new byte[] {(byte) random.nextInt(256)};
              default -> bytes;
            });
      }
      return new RandomVocabulary(tokens);
    }

    @Override
    public int size() {
      return tokens.size();
    }

    @Override
    public byte[] bytes(int token) {
      return tokens.get(token);
    }

    @Override
    public boolean isEnd(int token) {
      return token == 0;
    }

    @Override
    public int[] encode(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A random automaton with every state alive, whose rows are shown, shown in part, or not. */
  private static final class RandomAutomaton implements ByteAutomaton {
    private final int[][] next;
    private final boolean[] accepting;
    private final int shown;

    RandomAutomaton(RandomGenerator random, int states, int shown) {
      this.next = new int[states][256];
      this.accepting = new boolean[states];
      this.shown = shown;
      for (int state = 0; state < states; state++) {
        accepting[state] = random.nextBoolean();
        boolean counts = random.nextBoolean();
        int usual = counts ? state + 1 == states ? DEAD : state + 1 : state;
        Arrays.fill(next[state], usual);
        boolean onlyAscii = random.nextInt(4) > 0;
        for (int i = random.nextInt(4); i > 0; i--) {
          int from = random.nextInt(onlyAscii ? 128 : 256);
          int to = Math.min(onlyAscii ? 128 : 256, from + 1 + random.nextInt(40));
          Arrays.fill(next[state], from, to, random.nextInt(states + 1) - 1);
        }
      }
    }

    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte b) {
      return next[state][b & 0xFF];
    }

    @Override
    public boolean accepts(int state) {
      return accepting[state];
    }

    @Override
    public int @Nullable [] row(int state) {
      if (shown == 0) {
        return null;
      }
      int[] row = next[state].clone();
      for (int b = 0; shown == 1 && b < 256; b += 3) {
        row[b] = UNKNOWN;
      }
      return row;
    }
  }

  private static void check(ByteAutomaton automaton, Vocabulary vocabulary, int state) {
    var cache = new MaskCache(automaton, vocabulary);
    for (int round = 0; round < 2; round++) {
      var alive = new MaskScores(cache.alive(state));
      var accepted = new MaskScores(cache.accepted(state));
      double[] all = new double[vocabulary.size()];
      alive.logScores(all);
      for (int token = 0; token < vocabulary.size(); token++) {
        int end = automaton.run(state, vocabulary.bytes(token));
        boolean lives = end != ByteAutomaton.DEAD;
        String shown = Arrays.toString(vocabulary.bytes(token));
        assertThat(alive.logScore(token) == 0).as(shown).isEqualTo(lives);
        assertThat(all[token] == 0).as(shown).isEqualTo(lives);
        assertThat(accepted.logScore(token) == 0)
            .as(shown)
            .isEqualTo(lives && automaton.accepts(end));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void masks_randomAutomata_equalTokenByToken(int shown) {
    RandomGenerator random = Streams.of(61, shown);
    for (int i = 0; i < 100; i++) {
      Vocabulary vocabulary = RandomVocabulary.of(random, 1 + random.nextInt(400));
      var automaton = new RandomAutomaton(random, 1 + random.nextInt(60), shown);
      check(automaton, vocabulary, 0);
    }
  }

  @Test
  void masks_textAutomata_equalTokenByToken() {
    RandomGenerator random = Streams.of(62);
    Vocabulary vocabulary = RandomVocabulary.of(random, 3000);
    for (String avoided : List.of("z", "aé", "€中", "𝄞\n", "\"", "-7 ")) {
      var automaton = new TextAutomata.Avoid(avoided);
      for (int state : reached(automaton, random)) {
        check(automaton, vocabulary, state);
      }
    }
    for (int max : new int[] {0, 3, 31, 40, 200, Integer.MAX_VALUE}) {
      var automaton = new TextAutomata.Length(Math.min(2, max), max);
      for (int state : reached(automaton, random)) {
        check(automaton, vocabulary, state);
      }
    }
    check(new TextAutomata.Any(), vocabulary, 0);
  }

  private static List<Integer> reached(ByteAutomaton automaton, RandomGenerator random) {
    var states = new ArrayList<Integer>(List.of(automaton.start()));
    for (int i = 0; i < 12; i++) {
      int state = automaton.start();
      var text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at < bytes.length && state != ByteAutomaton.DEAD; at++) {
        states.add(state);
        state = automaton.step(state, bytes[at]);
      }
    }
    return states.stream().distinct().toList();
  }

  @Test
  void alive_ofNothingKnown_walksEveryToken() {
    Vocabulary vocabulary = RandomVocabulary.of(Streams.of(63), 500);
    var automaton = new TextAutomata.Avoid("b");
    TokenTrie trie = TokenTrie.of(vocabulary);
    Closure known = new ClosureFinder(automaton).of(0);
    assertThat(known.wideIsFree()).isTrue();
    assertThat(known.room()).isEqualTo(Closure.ENDLESS);
    assertThat(MaskWalk.alive(trie, automaton, 0, known))
        .isEqualTo(MaskWalk.alive(trie, automaton, 0, Closure.NONE));
  }

  @Test
  void masks_manyStates_keepBoundedMemory() {
    Vocabulary vocabulary = RandomVocabulary.of(Streams.of(64), 4000);
    var cache = new MaskCache(new TextAutomata.Length(0, 1_000_000), vocabulary, 1 << 17);
    long[] first = cache.alive(0);
    for (int count = 1; count < 3000; count++) {
      cache.alive(count * Utf8.STATES);
      assertThat(cache.size() * vocabulary.size() / 8).isLessThan(2 << 17);
    }
    assertThat(cache.alive(0)).isNotSameAs(first).isEqualTo(first);
  }
}
