import io.tailwalk.runs.Tailwalk;
import io.tailwalk.core.model.Prompt;
import java.util.concurrent.SubmissionPublisher;

/** Results one by one as prompts are answered, and a future that can be cancelled. */
void main() throws Exception {
  try (var model = Tailwalk.open("builtin:austen")) {
    var request = model.prompts(List.of(Prompt.text("It is "), Prompt.text("She "))).verifier("avoid:e").maxTokens(20);
    var results = new SubmissionPublisher<io.tailwalk.runs.sample.PromptResult>(Runnable::run, 16);
    var done = results.consume(result -> IO.println(result.job().id() + ": " + result.sampling().draws()));
    request.drawAsync().get().forEach(results::submit);
    results.close();
    done.get();
    request.drawAsync().cancel(true);
  }
}
