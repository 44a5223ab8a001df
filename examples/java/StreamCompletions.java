import io.tailwalk.core.cost.Budget;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.sample.FoundCompletion;
import io.tailwalk.sampling.Samplers;

/** Completions as they are found; the third ends the work, whatever is left of the budget. */
class FirstThree implements Flow.Subscriber<FoundCompletion> {
  Flow.Subscription work; final CountDownLatch left = new CountDownLatch(3);
  public void onSubscribe(Flow.Subscription begun) { work = begun; work.request(Long.MAX_VALUE); }
  public void onNext(FoundCompletion found) { IO.println(found.completion().text()); left.countDown(); if (left.getCount() == 0) work.cancel(); }
  public void onError(Throwable failure) { IO.println(failure); }
  public void onComplete() {}
}

void main() throws InterruptedException {
  try (var model = Tailwalk.open("builtin:austen")) {
    var first = new FirstThree();
    var request = model.prompt("It is ").verifier("avoid:e").completions(90_000).budget(Budget.ofModelTokens(90_000_000));
    request.sampler(Samplers.bestOfN()).publishCompletions().subscribe(first);
    first.left.await();
  }
}
