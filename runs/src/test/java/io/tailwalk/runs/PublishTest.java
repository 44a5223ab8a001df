package io.tailwalk.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.sample.FoundCompletion;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Samplers;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PublishTest {
  private static final Session MODEL = Tailwalk.open("builtin:austen");

  @AfterAll
  static void close() {
    MODEL.close();
  }

  private static Request request() {
    return MODEL
        .prompts(List.of(Prompt.text("It is "), Prompt.text("She ")))
        .verifier("avoid:e")
        .maxTokens(6);
  }

  /** More work than anyone waits for. */
  private static Request endless(Watch watch) {
    return MODEL
        .prompt("It is ")
        .maxTokens(12)
        .sampler(Samplers.bestOfN())
        .completions(100_000_000)
        .budget(Budget.ofModelTokens(10_000_000_000L))
        .watch(watch);
  }

  /** Keeps every signal; requests nothing by itself. */
  private static final class Heard<T> implements Flow.Subscriber<T> {
    private static final Object END = "end";
    private final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Flow.Subscription> subscription = new LinkedBlockingQueue<>();

    Flow.Subscription subscription() {
      return subscription.element();
    }

    Object next() throws InterruptedException {
      Object signal = signals.poll(60, TimeUnit.SECONDS);
      assertThat(signal).as("a signal in time").isNotNull();
      return signal == null ? END : signal;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.add(given);
    }

    @Override
    public void onNext(T result) {
      signals.add(result);
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(failure);
    }

    @Override
    public void onComplete() {
      signals.add(END);
    }
  }

  private static <T> Heard<T> subscribe(Flow.Publisher<T> publisher) {
    var heard = new Heard<T>();
    publisher.subscribe(heard);
    return heard;
  }

  private static <T> Heard<T> all(Flow.Publisher<T> publisher) {
    Heard<T> heard = subscribe(publisher);
    heard.subscription().request(Long.MAX_VALUE);
    return heard;
  }

  @Test
  void publish_givesResultsInOrder() throws Exception {
    var heard = all(request().publish());
    var drawn = request().drawAll();
    for (PromptResult expected : drawn) {
      assertThat(heard.next())
          .isInstanceOfSatisfying(
              PromptResult.class,
              result -> {
                assertThat(result.job()).isEqualTo(expected.job());
                assertThat(result.sampling().draws()).isEqualTo(expected.sampling().draws());
              });
    }
    assertThat(heard.next()).isEqualTo("end");
  }

  /** One prompt whose result is far away: the sampler itself hears of the cancellation. */
  @Test
  void publish_cancelled_endsTheWorkAtItsNextStep() throws Exception {
    var watch = new AskedWatch();
    var heard = all(endless(watch).verifier(AskedWatch.slow(false)).publish());
    watch.awaitWork();
    heard.subscription().cancel();
    watch.requireEnded();
    assertThat(heard.signals).isEmpty();
  }

  @Test
  void publish_nothingRequested_waits() throws Exception {
    var heard = subscribe(request().publish());
    heard.subscription().request(1);
    assertThat(heard.next()).isNotEqualTo("end");
    assertThat(heard.signals.poll(300, TimeUnit.MILLISECONDS)).isNull();
    heard.subscription().request(1);
    assertThat(heard.next()).isNotEqualTo("end");
    assertThat(heard.next()).isEqualTo("end");
  }

  @Test
  void publish_badRequest_isAnError() throws Exception {
    var heard = subscribe(request().publish());
    heard.subscription().request(0);
    assertThat(heard.next()).isInstanceOf(IllegalArgumentException.class);
  }

  /** An error on the thread that starts the work, before there are workers. */
  @Test
  void publish_error_isDelivered() throws Exception {
    var error = new LinkageError("a class is missing");
    var broken =
        new Verifier() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public double logReward(Candidate complete) {
            return 0;
          }

          @Override
          public boolean masksVocabulary() {
            throw error;
          }
        };
    assertThat(all(request().verifier(broken).publish()).next()).isSameAs(error);
    assertThat(all(request().verifier("avoids:e").publish()).next())
        .isInstanceOf(InputException.class);
  }

  @Test
  void publish_endedByItsWatch_isCancelled() throws Exception {
    var steps = new AtomicInteger();
    var ending =
        new Watch() {
          @Override
          public boolean at(long done, long total, String note) {
            return steps.incrementAndGet() < 3;
          }

          @Override
          public boolean cancelled() {
            return steps.get() >= 3;
          }
        };
    assertThat(all(endless(ending).publish()).next()).isInstanceOf(CancellationException.class);
  }

  @Test
  void publishCompletions_areFoundBeforeTheRunEnds() throws Exception {
    var watch = new AskedWatch();
    var heard = all(endless(watch).verifier(AskedWatch.slow(true)).publishCompletions());
    for (int i = 0; i < 5; i++) {
      assertThat(heard.next())
          .isInstanceOfSatisfying(
              FoundCompletion.class, found -> assertThat(found.completion().text()).isNotEmpty());
    }
    heard.subscription().cancel();
    watch.requireEnded();
    assertThat(heard.signals).doesNotContain("end");
    assertThat(heard.signals).doesNotHaveDuplicates();
  }

  @Test
  void publishCompletions_ofAllPrompts_thenEnd() throws Exception {
    var heard = all(request().sampler(Samplers.bestOfN()).publishCompletions());
    var ids = new TreeSet<String>();
    Object signal = heard.next();
    while (signal instanceof FoundCompletion found) {
      ids.add(found.job().id());
      signal = heard.next();
    }
    assertThat(signal).isEqualTo("end");
    assertThat(ids).containsExactly("1", "2");
  }
}
