import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.Tailwalk;

/** A check of your own: an even number of words. */
record EvenWords(String name) implements Verifier {
  public double logReward(Candidate complete) {
    return complete.text().strip().split("\\s+").length % 2 == 0 ? 0 : Double.NEGATIVE_INFINITY;
  }
}

void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    var result = model.prompt("It is ").verifier(new EvenWords("even words")).maxTokens(20).draw();
    result.draws().forEach(draw -> IO.println(draw.text()));
  }
}
