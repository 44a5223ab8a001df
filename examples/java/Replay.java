import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.sample.GenerateOutput;
import io.tailwalk.sampling.Samplers;

/** A page that replays a walk on the tree of prefixes, step by step. */
void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    var request = model.prompt("It is ").verifier("avoid:e").maxTokens(20).modelTokens(4000).sampler(Samplers.vgbMomentum());
    request.generate(GenerateOutput.NONE.withReplay(Path.of("walk.html")), answer -> answer.transcript().forEach(IO::println));
    IO.println("walk.html: " + Files.exists(Path.of("walk.html")));
  }
}
