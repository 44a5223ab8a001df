import io.tailwalk.runs.Tailwalk;

/** How probable passing is under the model itself, and pass@k from it. */
void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    var tail = model.prompt("It is ").verifier("avoid:e and length:20..30").maxTokens(30).tail(4000);
    IO.println(tail.prompts().getFirst().together().interval());
    tail.curve().stream().filter(point -> point.k() <= 1000)
        .forEach(point -> IO.println(point.k() + ": " + point.predicted().interval()));
  }
}
