import io.tailwalk.core.verify.*;
import io.tailwalk.runs.Tailwalk;

/** A check of your own: the text has an even number of words. */
record EvenWords() implements Verifier {
  public String name() { return "even words"; }
  public double logTau(Candidate text) { return text.text().split(" ").length % 2 == 0 ? 0 : Double.NEGATIVE_INFINITY; }
}

void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    model.prompt("It is ").verifier(new EvenWords()).maxTokens(20).draw().draws()
        .forEach(draw -> IO.println(draw.text()));
  }
}
