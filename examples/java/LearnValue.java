import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.work.IfExists;

/** A check of complete texts only: no letter e. */
record NoE(String name) implements Verifier {
  @Override
  public double logReward(Candidate complete) {
    return complete.text().contains("e") ? Double.NEGATIVE_INFINITY : 0;
  }
}

/** A value of prefixes learnt from rollouts, and completions that it guides. */
void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    var request = model.prompt("It is ").verifier(new NoE("no e")).maxTokens(12).seed(1);
    var figures = request.learnValue(600, Path.of("value.safetensors"), IfExists.OVERWRITE);
    IO.println("rollouts that pass: " + figures.orElseThrow().passed());
    figures.orElseThrow().pilot().ifPresent(pilot -> IO.println(pilot.ratio()));
    IO.println(request.value(Path.of("value.safetensors")).completions(2).draw().draws());
  }
}
