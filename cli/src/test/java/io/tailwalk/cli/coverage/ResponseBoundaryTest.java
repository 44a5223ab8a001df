package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.ResponseGroup;
import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.records.scores.ResponseReader;
import io.tailwalk.records.scores.ResponseScorer;
import io.tailwalk.records.scores.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a response begins, under a model whose words carry the blank before them. */
class ResponseBoundaryTest {
  private static final List<String> PIECES = List.of("is", " is", "Paris", " Paris", " ", ".", "!");

  @TempDir private Path folder;

  /** Takes the longest piece at each place; the distribution depends on the last token. */
  private static final class Words extends PureModel {
    Words() {
      super(new ModelIdentity("words", "words", "of a test"), new Pieces());
    }

    static double[] scores(int last) {
      double[] scores = new double[PIECES.size()];
      for (int token = 0; token < scores.length; token++) {
        scores[token] = (last * 7 + token * 3) % 5;
      }
      return scores;
    }

    @Override
    protected LogProbs distribution(int[] prompt, int[] prefix) {
      int last = prefix.length > 0 ? prefix[prefix.length - 1] : prompt[prompt.length - 1];
      return LogProbs.of(scores(last));
    }

    @Override
    public void close() {}
  }

  private static final class Pieces implements Vocabulary {
    @Override
    public int size() {
      return PIECES.size();
    }

    @Override
    public byte[] bytes(int token) {
      return PIECES.get(token).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isEnd(int token) {
      return false;
    }

    @Override
    public int[] encode(String text) {
      List<Integer> tokens = new ArrayList<>();
      int at = 0;
      while (at < text.length()) {
        int best = -1;
        for (int token = 0; token < PIECES.size(); token++) {
          boolean longer = best < 0 || PIECES.get(token).length() > PIECES.get(best).length();
          if (longer && text.startsWith(PIECES.get(token), at)) {
            best = token;
          }
        }
        at += best < 0 ? 1 : PIECES.get(best).length();
        if (best >= 0) {
          tokens.add(best);
        }
      }
      return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private static double logProb(int last, int token) {
    double[] scores = Words.scores(last);
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score);
    }
    return scores[token] - Math.log(sum);
  }

  private List<Score> score(String rows, ResponseOptions options, long moved) throws IOException {
    Path file = Files.writeString(folder.resolve("samples_t.jsonl"), rows);
    List<Score> scores = new ArrayList<>();
    try (Words model = new Words()) {
      var scorer = new ResponseScorer("words", model, false);
      for (ResponseGroup group :
          ResponseGroup.of(ResponseReader.read(List.of(Input.of(file)), options).responses())) {
        scores.addAll(scorer.score(group).scores());
      }
      assertThat(scorer.moved()).isEqualTo(moved);
    }
    return scores;
  }

  @Test
  void blankAtTheEndOfAPrompt_belongsToTheWordBehindIt() throws IOException {
    String row = "{\"prompt\": \" is \", \"completion\": \"Paris.\"}\n";
    // After " is": " Paris", then ".".
    List<Double> moved = score(row, ResponseOptions.DEFAULT, 1).getFirst().logProbs();
    assertThat(moved).hasSize(2);
    assertThat(moved.get(0)).isCloseTo(logProb(1, 3), within(1e-12));
    assertThat(moved.get(1)).isCloseTo(logProb(3, 5), within(1e-12));
    List<Double> kept =
        score(row, ResponseOptions.DEFAULT.withBlanksKept(true), 0).getFirst().logProbs();
    assertThat(kept.get(0)).isCloseTo(logProb(4, 2), within(1e-12));
    // Without a word that has the blank, nothing runs across the boundary.
    List<Double> mark =
        score("{\"prompt\": \" is \", \"completion\": \"!\"}", ResponseOptions.DEFAULT, 0)
            .getFirst()
            .logProbs();
    assertThat(mark).hasSize(1);
    assertThat(mark.getFirst()).isCloseTo(logProb(4, 6), within(1e-12));
  }

  /** The harness's own rule, on contexts with and without blanks at the end. */
  @Test
  void harnessRows_areEncodedAsOneText() throws IOException {
    String rows =
        """
        {"doc_id": 0, "arguments": [[" is ", "Paris"]], "resps": [[[-1, true]]]}
        {"doc_id": 1, "arguments": [[" is", " Paris"]], "resps": [[[-1, true]]]}
        {"doc_id": 2, "arguments": [[" is ", "!"]], "resps": [[[-1, true]]]}
        """;
    List<Score> scores = score(rows, ResponseOptions.DEFAULT, 0);
    assertThat(scores.get(0).logProbs()).hasSize(1);
    assertThat(scores.get(0).logProbs().getFirst()).isCloseTo(logProb(1, 3), within(1e-12));
    assertThat(scores.get(1).logProbs()).isEqualTo(scores.get(0).logProbs());
    assertThat(scores.get(2).logProbs()).hasSize(2);
    assertThat(scores.get(2).logProbs().getFirst()).isCloseTo(logProb(1, 4), within(1e-12));
  }

  @Test
  void textThatTokensDoNotGiveBack_isRefused() {
    assertThatThrownBy(() ->
            score("{\"prompt\": \" is\", \"completion\": \" Rome\"}", ResponseOptions.DEFAULT, 0))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("row 1: the tokens of the completion under words decode to \" \"");
  }
}
