import io.tailwalk.runs.Tailwalk;
import io.tailwalk.sampling.Samplers;

/** Two samplers side by side at the same cost. */
void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    var samplers = Map.of("walk", Samplers.vgbMomentum(),
        "plain", Samplers.bestOfN());
    var table = model.prompt("It is ").verifier("avoid:e").completions(4).maxTokens(20).compare(samplers, 0);
    table.rows().forEach(row -> IO.println(row.label() + " " + row.accuracy() + " " + row.cost().modelTokens()));
  }
}
