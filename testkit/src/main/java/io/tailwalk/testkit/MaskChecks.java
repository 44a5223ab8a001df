package io.tailwalk.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Checks masks of an automaton against their definition: every token run by itself. */
public final class MaskChecks {
  private MaskChecks() {}

  /**
   * A vocabulary of random tokens: texts put together from pieces, beginnings and ends of their
   * bytes, single bytes, ill-formed pairs of bytes, and nothing at all.
   *
   * @param pieces texts, of which some should be what the automaton looks for
   */
  public static TestVocabulary vocabulary(RandomGenerator random, int size, List<String> pieces) {
    var tokens = new ArrayList<byte[]>();
    for (int i = 0; i < size; i++) {
      var text = new StringBuilder();
      int longest = random.nextInt(20) == 0 ? 45 : 5;
      for (int j = random.nextInt(longest); j >= 0; j--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      tokens.add(
          switch (random.nextInt(9)) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 3 -> new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(256)};
            case 4 -> new byte[] {(byte) random.nextInt(256)};
            default -> bytes;
          });
    }
    return TestVocabulary.ofBytes(tokens);
  }

  /**
   * Asserts that the masks behind a text are those of the automaton, token by token.
   *
   * @param fresh automata of the same language that nobody has asked for anything, so that no state
   *     was computed for another token; one is used for each token
   * @return how many tokens are live
   */
  public static int assertTokenByToken(
      AutomatonVerifier verifier,
      Supplier<? extends ByteAutomaton> fresh,
      Vocabulary vocabulary,
      int[] text) {
    Candidate prefix = Candidate.partial(Prompt.text(""), vocabulary, text);
    ChildScores values = verifier.prefixValue().childLogValues(prefix);
    double[] alive = new double[vocabulary.size()];
    values.logScores(alive);
    double[] accepted = new double[vocabulary.size()];
    ChildScores rewards = verifier.childLogRewards(prefix, FinishReason.LENGTH);
    rewards.logScores(accepted);
    int live = 0;
    for (int token = 0; token < vocabulary.size(); token++) {
      ByteAutomaton automaton = fresh.get();
      byte[] all = prefix.extend(token).bytes();
      int end = automaton.run(automaton.start(), all);
      boolean lives = end != ByteAutomaton.DEAD;
      String shown = verifier.name() + " at " + Arrays.toString(all);
      assertEquals(log(lives), alive[token], shown);
      assertEquals(log(lives), values.logScore(token), shown);
      assertEquals(log(lives && automaton.accepts(end)), accepted[token], shown);
      assertEquals(accepted[token], rewards.logScore(token), shown);
      live += lives ? 1 : 0;
    }
    return live;
  }

  /**
   * {@link #assertTokenByToken} along texts of live tokens, with random vocabularies.
   *
   * @param name names the verifier, and seeds the texts
   * @param fresh automata of one language
   * @param pieces see {@link #vocabulary}
   * @return how many tokens were live
   */
  public static int assertOnRandomTexts(
      String name, Supplier<? extends ByteAutomaton> fresh, List<String> pieces) {
    var live = new AtomicInteger();
    Sweep.of(name.hashCode())
        .cases(6)
        .run((random, _) -> {
          TestVocabulary vocabulary = vocabulary(random, 250, pieces);
          ByteAutomaton automaton = fresh.get();
          var verifier = new AutomatonVerifier(name, automaton);
          int[] text = {};
          for (int i = 0; i < 10; i++) {
            live.addAndGet(assertTokenByToken(verifier, fresh, vocabulary, text));
            text = extended(text, automaton, vocabulary, random);
          }
        });
    return live.get();
  }

  /** A text with one more token that leaves it alive, or half of it if none is found. */
  private static int[] extended(
      int[] text, ByteAutomaton automaton, TestVocabulary vocabulary, RandomGenerator random) {
    int state = automaton.run(automaton.start(), vocabulary.decodeBytes(text));
    int[] more =
        random
            .ints(400, 0, vocabulary.size())
            .filter(t ->
                vocabulary.bytes(t).length > 0
                    && automaton.run(state, vocabulary.bytes(t)) != ByteAutomaton.DEAD)
            .limit(1)
            .toArray();
    int length = more.length == 0 ? text.length / 2 : text.length;
    int[] longer = Arrays.copyOf(text, length + more.length);
    System.arraycopy(more, 0, longer, length, more.length);
    return longer;
  }

  private static double log(boolean passes) {
    return passes ? 0.0 : Double.NEGATIVE_INFINITY;
  }
}
