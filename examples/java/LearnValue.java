import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.work.IfExists;

/** A value of prefixes learnt from rollouts, and completions that it guides. */
void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    var request = model.prompt("It is ").verifier("avoid:e").maxTokens(6).seed(1);
    var figures = request.learnValue(300, Path.of("value.safetensors"), IfExists.OVERWRITE);
    IO.println("rollouts that pass: " + figures.orElseThrow().passed());
    IO.println(request.value(Path.of("value.safetensors")).completions(2).draw().draws());
  }
}
