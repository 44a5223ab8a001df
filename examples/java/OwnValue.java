import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.sampling.Samplers;

/** A value of your own: a guess, from a prefix, how probable passing is. */
void main() {
  ValueFunction guess = prefix -> Math.log(prefix.text().contains(",") ? 0.9 : 0.2);
  try (var model = Tailwalk.open("builtin:austen")) {
    var request = model.prompt("It is ").verifier("regex:.*,.*").maxTokens(20).modelTokens(4000).sampler(Samplers.smc(32));
    IO.println(request.value("comma", guess).draw().draws());
  }
}
