import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.work.IfExists;

/** A set of prompts into a file; an interrupted run is resumed. */
void main() throws Exception {
  var prompts = Files.writeString(Path.of("prompts.jsonl"), "{\"prompt\": \"It is \"}\n{\"prompt\": \"She \"}\n");
  try (var model = Tailwalk.open("builtin:austen")) {
    boolean finished = model.prompts(prompts).verifier("avoid:e").completions(2).maxTokens(20)
        .watch((done, total, note) -> true)
        .write(Path.of("samples.jsonl"), IfExists.RESUME);
    IO.println(finished ? Files.readString(Path.of("samples.jsonl")) : "interrupted");
  }
}
