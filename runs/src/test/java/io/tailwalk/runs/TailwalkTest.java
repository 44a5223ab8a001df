package io.tailwalk.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailwalkTest {
  private static final Session MODEL = Tailwalk.open("builtin:austen");

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    MODEL.close();
  }

  private static Request request() {
    return MODEL
        .prompt("It is ")
        .verifier("avoid:e")
        .completions(4)
        .maxTokens(12)
        .budget(Budget.ofModelTokens(600))
        .seed(1);
  }

  private static List<String> texts(Sampling sampling) {
    return sampling.draws().stream().map(Completion::text).toList();
  }

  private Path prompts() throws IOException {
    return Files.writeString(
        folder.resolve("p.jsonl"),
        "{\"id\": \"a\", \"prompt\": \"It is \"}\n{\"id\": \"b\", \"prompt\": \"She \"}\n");
  }

  @Test
  void draw_passesTheVerifier_andRepeatsBySeed() {
    Sampling sampling = request().draw();
    assertThat(texts(sampling)).hasSize(4).noneMatch(text -> text.contains("e"));
    assertThat(sampling.successProbability().low()).isPositive();
    assertThat(texts(request().draw())).isEqualTo(texts(sampling));
    assertThat(texts(request().seed(2).draw())).isNotEqualTo(texts(sampling));
    assertThat(texts(request().verifier(Verifiers.avoid("e")).draw())).isEqualTo(texts(sampling));
  }

  /** A value that says nothing changes nothing but the children; records name it. */
  @Test
  void value_ofYourOwn_guides() throws IOException {
    ValueFunction shunned = prefix -> prefix.text().contains("a") ? -50.0 : 0.0;
    Request request = request().everyToken();
    Request guided = request.value(shunned).sampler(Samplers.actionRejection());
    assertThat(texts(guided.draw())).hasSize(4).noneMatch(text -> text.matches(".*[ae].*"));
    assertThat(texts(request.sampler(Samplers.actionRejection()).draw()))
        .anyMatch(text -> text.contains("a"));
    Path file = folder.resolve("valued.jsonl");
    assertThat(guided.value("shun a", shunned).write(file, IfExists.REFUSE)).isTrue();
    assertThat(file).content().contains("\"value\":\"custom shun a\"");
    assertThat(guided.write(file, IfExists.OVERWRITE)).isTrue();
    assertThat(file).content().contains("\"value\":\"custom\"");
  }

  /** Whatever a value says, a prefix that cannot pass is left alone. */
  @Test
  void value_ofYourOwn_keepsTheZerosOfTheVerifier() {
    Request guided = request().value(prefix -> prefix.text().contains("e") ? 9.0 : 0.0);
    assertThat(texts(guided.draw())).hasSize(4).noneMatch(text -> text.contains("e"));
  }

  /** A request stays what it was when another is made of it. */
  @Test
  void with_isAnotherRequest() {
    Request first = request();
    Request second = first.completions(1);
    assertThat(first.draw().draws()).hasSize(4);
    assertThat(second.draw().draws()).hasSize(1);
  }

  @Test
  void draw_ownModel_isTheSame() {
    try (Session own = Tailwalk.over(BuiltinModels.open("builtin:austen"))) {
      Sampling sampling =
          own.prompt("It is ")
              .verifier("avoid:e")
              .completions(4)
              .maxTokens(12)
              .budget(Budget.ofModelTokens(600))
              .seed(1)
              .draw();
      assertThat(texts(sampling)).isEqualTo(texts(request().draw()));
    }
  }

  @Test
  void badRequests_areInputExceptions() throws IOException {
    assertThatThrownBy(() -> Tailwalk.open("austen")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> request().completions(0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> request().maxTokens(0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> request().temperature(0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> request().stop("")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> request().verifier("avoids:e").draw())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("avoids");
    Path file = prompts();
    assertThatThrownBy(() -> MODEL.prompts(file).draw()).isInstanceOf(InputException.class);
  }

  @Test
  void drawAsync_cancelled_endsTheWork() throws Exception {
    var watch = new AskedWatch();
    CompletableFuture<List<PromptResult>> future =
        request()
            .budget(Budget.ofModelTokens(10_000_000_000L))
            .sampler(Samplers.bestOfN())
            .verifier(AskedWatch.slow(false))
            .watch(watch)
            .drawAsync();
    watch.awaitWork();
    future.cancel(true);
    assertThat(future).isCancelled();
    watch.requireEnded();
    assertThat(request().drawAsync().get(60, TimeUnit.SECONDS).getFirst().sampling().draws())
        .hasSize(4);
  }

  /** An ended run is gone on with, to the same bytes. */
  @Test
  void write_endedAndResumed_isTheSameFile() throws IOException {
    Request request = MODEL.prompts(prompts()).verifier("avoid:e").maxTokens(6).seed(3);
    Path whole = folder.resolve("whole.jsonl");
    assertThat(request.write(whole, IfExists.REFUSE)).isTrue();
    assertThatThrownBy(() -> request.write(whole, IfExists.REFUSE))
        .isInstanceOf(InputException.class);
    Path cut = folder.resolve("cut.jsonl");
    var stopping = new StopAfter(1);
    assertThat(request.watch(stopping).write(cut, IfExists.REFUSE)).isFalse();
    assertThat(cut).doesNotExist();
    assertThat(request.write(cut, IfExists.RESUME)).isTrue();
    assertThat(cut).hasSameTextualContentAs(whole);
    assertThat(folder.resolve("cut.run.json")).exists();
  }

  /** Ends the work when so much of it has been told. */
  private static final class StopAfter implements Watch {
    private final AtomicInteger left;

    StopAfter(int ticks) {
      left = new AtomicInteger(ticks);
    }

    @Override
    public boolean at(long done, long total, String note) {
      return left.decrementAndGet() > 0;
    }

    @Override
    public boolean cancelled() {
      return left.get() <= 0;
    }
  }

  @Test
  void tail_holdsWhatPlainDrawsFind() {
    var figures = request().completions(1).tail(4000);
    var prompt = figures.prompts().getFirst();
    double drawn = (double) prompt.passed() / prompt.drawn();
    assertThat(drawn).isBetween(prompt.together().low(), prompt.together().high());
    assertThat(figures.curve()).isNotEmpty();
  }

  @Test
  void compare_everySampler_hasARow() {
    Map<String, io.tailwalk.sampling.Sampler> samplers = new LinkedHashMap<>();
    samplers.put("auto", Samplers.create("auto", Map.of()));
    samplers.put("plain", Samplers.create("best-of-n", Map.of()));
    var figures = request().compare(samplers, 0);
    assertThat(figures.rows()).extracting(row -> row.label()).containsExactly("auto", "plain");
  }

  @Test
  void draw_watchThatSaysStop_isCancelled() {
    assertThatThrownBy(() -> request().watch(new StopAfter(0)).draw())
        .isInstanceOf(CancellationException.class);
    assertThat(request().draw().stopReason()).isIn(StopReason.DONE, StopReason.MODEL_TOKENS);
  }
}
