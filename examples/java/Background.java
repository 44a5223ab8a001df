import io.tailwalk.runs.Tailwalk;

/** A future of the results; cancelling it ends the work. */
void main() throws Exception {
  try (var model = Tailwalk.open("builtin:austen")) {
    var request = model.prompt("It is ").verifier("avoid:e").maxTokens(20);
    IO.println(request.drawAsync().get().getFirst().sampling().draws());
    var endless = request.modelTokens(1_000_000_000).drawAsync();
    IO.println("ended: " + endless.cancel(true));
  }
}
