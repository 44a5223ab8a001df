import io.tailwalk.core.model.Prompt;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.sample.PromptResult;

/** Results one by one, as prompts are answered. */
class Print implements Flow.Subscriber<PromptResult> {
  final CountDownLatch ended = new CountDownLatch(1);
  public void onSubscribe(Flow.Subscription work) { work.request(Long.MAX_VALUE); }
  public void onNext(PromptResult result) { IO.println(result.job().id() + ": " + result.sampling().draws()); }
  public void onError(Throwable failure) { IO.println(failure); ended.countDown(); }
  public void onComplete() { ended.countDown(); }
}

void main() throws InterruptedException {
  try (var model = Tailwalk.open("builtin:austen")) {
    var print = new Print();
    model.prompts(List.of(Prompt.text("It is "), Prompt.text("She "))).verifier("avoid:e").publish().subscribe(print);
    print.ended.await();
  }
}
