import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.verifiers.VerifierSpecs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Judges one answer a line of standard input: the expected answer, a tab, a completion, both in
 * Base64. Prints {@code pass}, {@code fail} or {@code refused} and the milliseconds.
 */
final class AnswerSuite {
  private AnswerSuite() {}

  /** A vocabulary whose only token is the text. */
  private record OneToken(byte[] text) implements Vocabulary {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public byte[] bytes(int token) {
      return text;
    }

    @Override
    public boolean isEnd(int token) {
      return false;
    }

    @Override
    public int[] encode(String written) {
      throw new UnsupportedOperationException();
    }
  }

  public static void main(String[] args) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t");
      long start = System.nanoTime();
      String verdict = verdict(decoded(fields[0]), decoded(fields[1]).getBytes(StandardCharsets.UTF_8));
      System.out.println(verdict + "\t" + (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static String verdict(String expected, byte[] completion) {
    String quoted = '"' + expected.replace("\"", "\"\"") + '"';
    try (Verifier verifier = VerifierSpecs.parse("answer:" + quoted)) {
      Candidate candidate =
          Candidate.complete(
              Prompt.text(""), new OneToken(completion), new int[] {0}, FinishReason.STOP);
      return verifier.logReward(candidate) == 0 ? "pass" : "fail";
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
