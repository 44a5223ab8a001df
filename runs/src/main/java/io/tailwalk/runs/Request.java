package io.tailwalk.runs;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Truncation;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.compare.CompareFigures;
import io.tailwalk.runs.compare.Comparison;
import io.tailwalk.runs.compare.SamplerSpecs;
import io.tailwalk.runs.models.ChatTurns;
import io.tailwalk.runs.sample.Answer;
import io.tailwalk.runs.sample.CustomValue;
import io.tailwalk.runs.sample.FoundCompletion;
import io.tailwalk.runs.sample.GenerateOutcome;
import io.tailwalk.runs.sample.GenerateOutput;
import io.tailwalk.runs.sample.GenerateRun;
import io.tailwalk.runs.sample.Generation;
import io.tailwalk.runs.sample.Guide;
import io.tailwalk.runs.sample.GuideValue;
import io.tailwalk.runs.sample.PromptBatch;
import io.tailwalk.runs.sample.PromptFiles;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.SampleFile;
import io.tailwalk.runs.sample.Task;
import io.tailwalk.runs.tail.TailFigures;
import io.tailwalk.runs.value.ValueFigures;
import io.tailwalk.runs.value.ValueOutcome;
import io.tailwalk.runs.value.ValueSettings;
import io.tailwalk.runs.value.ValueTraining;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.Publication;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Study;
import io.tailwalk.runs.work.StudyOutcome;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.verifiers.VerifierSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Prompts together with the settings for answering them. Requests are immutable: each setter
 * returns a new request. No work is done until a terminal method such as {@link #draw}, {@link
 * #drawAll}, {@link #write}, {@link #tail} or {@link #compare} is called.
 *
 * <p>Defaults: a verifier that accepts everything, the default sampler, one completion of at most
 * 64 tokens at temperature 1, seed 0, and {@code 16 n maxTokens} model tokens per prompt; children
 * are enumerated if the verifier can mask a complete vocabulary, otherwise 16 are drawn, or 64 with
 * a learned value.
 */
public final class Request {
  /** Default number of children of a prefix when children are drawn without a learned value. */
  public static final int DEFAULT_CHILDREN = Guide.DEFAULT_CHILDREN;

  private final Session session;
  private final List<PromptJob> jobs;
  private final Optional<PromptFiles> source;
  private final RequestSettings settings;

  Request(Session session, List<PromptJob> jobs, Optional<PromptFiles> source) {
    this(session, jobs, source, new RequestSettings());
  }

  private Request(
      Session session,
      List<PromptJob> jobs,
      Optional<PromptFiles> source,
      RequestSettings settings) {
    this.session = session;
    this.jobs = List.copyOf(jobs);
    this.source = source;
    this.settings = settings;
  }

  private Request with(Consumer<RequestSettings> change) {
    RequestSettings other = settings.copy();
    change.accept(other);
    return new Request(session, jobs, source, other);
  }

  private RequestRun prepared() {
    ChatTurns turns = settings.turns;
    return new RequestRun(session, asked(), source.map(files -> files.with(turns)), settings);
  }

  /** The prompts that the model gets. */
  private List<PromptJob> asked() {
    return jobs.stream().map(job -> job.with(settings.turns)).toList();
  }

  private RequestStudies studies() {
    return new RequestStudies(prepared());
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new InputException(sentence);
    }
  }

  /**
   * Sets the condition that completions must pass, as a specification such as {@code avoid:e and
   * length:60..80}; see {@link VerifierSpecs}.
   */
  public Request verifier(String specification) {
    return with(other -> {
      other.verifierSpec = specification;
      other.ownVerifier = Optional.empty();
    });
  }

  /**
   * Reads the prompts' files as problems of a task, and sets its verifier, stop texts and maximum
   * length, each of which can be set otherwise afterwards.
   *
   * @throws InputException if the prompts are not from files
   * @throws io.tailwalk.records.TableException if a row is not such a problem
   */
  public Request task(Task task) {
    if (source.isEmpty()) {
      throw InputException.about(
          "task", "a task reads its problems from a file of prompts; give one");
    }
    var files = new PromptFiles(source.get().inputs(), task);
    return new Request(session, files.jobs(), Optional.of(files), settings)
        .verifier(task.verifier())
        .stop(task.stop().toArray(String[]::new))
        .maxTokens(task.maxTokens());
  }

  /**
   * The same for a task by its name: {@code gsm8k}, {@code math}, {@code humaneval}, {@code mbpp}.
   */
  public Request task(String name) {
    return task(Task.named(name));
  }

  /** Makes prompts of plain text the user's turn of a chat, in the model's chat template. */
  public Request chat() {
    return turns(settings.turns.withText());
  }

  /** Sets the system message of every chat, possibly empty. */
  public Request system(String message) {
    return turns(settings.turns.withSystem(message));
  }

  /** Sets how prompts become turns of a chat. */
  public Request turns(ChatTurns turns) {
    return with(other -> other.turns = turns);
  }

  /** Sets the verifier that completions must pass; the caller closes it. */
  public Request verifier(Verifier verifier) {
    return with(other -> other.ownVerifier = Optional.of(verifier));
  }

  /**
   * Makes the verifier judge only what follows the reasoning between {@code <think>} and {@code
   * </think>}; a completion that does not close its reasoning fails.
   */
  public Request reasoning() {
    return reasoning(ReasoningTags.DEFAULT);
  }

  /**
   * Makes the verifier judge only what follows the reasoning; a completion that does not close its
   * reasoning fails. See {@link io.tailwalk.core.verify.AfterReasoning}.
   */
  public Request reasoning(ReasoningTags tags) {
    return with(other -> other.reasoning = Optional.of(tags));
  }

  /** Sets the file of a learned value that guides the sampler. */
  public Request value(Path file) {
    return with(other -> other.value = Optional.of(() -> GuideValue.read(file)));
  }

  /**
   * Sets a value function of your own that guides the sampler; it is zero where the verifier's own
   * value is zero, and records have it as {@code custom}.
   */
  public Request value(ValueFunction function) {
    return value("", function);
  }

  /**
   * Sets a value function of your own that guides the sampler. A function has no identity but its
   * name: an interrupted run can be resumed with any function of the same name.
   *
   * @param name name of the value; records have it as {@code custom NAME}
   * @param function the value of prefixes, called by several threads if several prompts are
   *     answered at a time
   */
  public Request value(String name, ValueFunction function) {
    var custom = new CustomValue(name, function);
    return with(other -> other.value = Optional.of(() -> custom));
  }

  /** Sets the sampler. */
  public Request sampler(Sampler chosen) {
    return with(other -> other.sampler = chosen);
  }

  /**
   * Sets the sampler by name, with its parameters as text.
   *
   * @throws IllegalArgumentException if the name or a parameter is unknown
   */
  public Request sampler(String name, Map<String, String> parameters) {
    return sampler(Samplers.create(name, parameters));
  }

  /** Sets how the children of a prefix are made. */
  public Request children(ExpansionRule children) {
    return with(other -> other.rule = Optional.of(children));
  }

  /**
   * Draws the children of a prefix from the model.
   *
   * @param number number of children, at least 1
   * @param block tokens per child, at least 1
   */
  public Request children(int number, int block) {
    require(
        number >= 1 && block >= 1,
        "a prefix needs at least one child of at least one token, got " + number + " of " + block);
    return children(new ExpansionRule.Sample(number, block));
  }

  /**
   * Expands a prefix by its most probable tokens and draws of the model for all others ({@link
   * ExpansionRule.HeadAndTail}).
   *
   * @param head number of most probable tokens, at least 1
   * @param draws number of draws, at least 1
   */
  public Request headAndTail(int head, int draws) {
    require(
        head >= 1 && draws >= 1,
        "a head and a tail need at least one token and one draw, got " + head + " and " + draws);
    return children(new ExpansionRule.HeadAndTail(head, draws));
  }

  /** Expands a prefix by every token of the vocabulary. */
  public Request everyToken() {
    return children(new ExpansionRule.Enumerate());
  }

  /** Sets the number of completions per prompt, at least 1. */
  public Request completions(int number) {
    require(number >= 1, "completions per prompt must be at least 1, got " + number);
    return with(other -> other.n = number);
  }

  /** Sets the maximum length of a completion, in tokens. */
  public Request maxTokens(int tokens) {
    require(tokens >= 1, "the length limit must be at least 1 token, got " + tokens);
    return with(other -> other.maxTokens = tokens);
  }

  /** Sets the sampling temperature, above 0; log-probabilities are reported at this temperature. */
  public Request temperature(double value) {
    require(
        value > 0 && Double.isFinite(value),
        "the temperature must be above 0 and finite, got " + value);
    return with(other -> other.temperature = value);
  }

  /**
   * Sets cuts of the model's distribution at the temperature; log-probabilities and the success
   * probability are those of the distribution after the cuts.
   */
  public Request truncation(Truncation cuts) {
    return with(other -> other.truncation = cuts);
  }

  /** Sets texts that end a completion and are removed from it. */
  public Request stop(String... texts) {
    require(!List.of(texts).contains(""), "a stop text must not be empty");
    return with(other -> other.stop = List.of(texts));
  }

  /** Sets the budget of each prompt, not counting the prompt's own tokens. */
  public Request budget(Budget limit) {
    return with(other -> {
      other.limits = limit;
      other.modelTokens = OptionalLong.of(limit.modelTokens());
    });
  }

  /**
   * Sets the budget of model tokens per prompt, at least 1, not counting the prompt's own tokens.
   */
  public Request modelTokens(long number) {
    require(number >= 1, "model tokens per prompt must be at least 1, got " + number);
    return with(other -> other.modelTokens = OptionalLong.of(number));
  }

  /** Sets the budget of model calls (batches) per prompt, at least 1. */
  public Request modelCalls(long number) {
    require(number >= 1, "model calls per prompt must be at least 1, got " + number);
    return with(other -> other.limits = other.limits.withModelCalls(number));
  }

  /** Sets a time limit per prompt; completions then depend on the speed of the machine. */
  public Request wallTime(Duration limit) {
    require(limit.isPositive(), "the time limit must be above 0, got " + limit);
    return with(other -> other.limits = other.limits.withWallTime(limit));
  }

  /**
   * Sets the seed: the same seed and model give the same completions with any number of threads.
   */
  public Request seed(long number) {
    return with(other -> other.seed = number);
  }

  /** Sets the command line to store in run records; empty by default. */
  public Request command(List<String> words) {
    return with(other -> other.command = List.copyOf(words));
  }

  /** Sets the watch that observes progress and may end the work. */
  public Request watch(Watch watcher) {
    return with(other -> other.watch = watcher);
  }

  /**
   * Draws completions of a single prompt.
   *
   * @throws InputException if there is more than one prompt, or the request is invalid
   * @throws CancellationException if the watch ended the work
   */
  public Sampling draw() {
    require(
        jobs.size() == 1,
        "draw() needs exactly one prompt, got " + jobs.size() + "; use drawAll()");
    return drawAll().getFirst().sampling();
  }

  /**
   * Draws completions of all prompts, several prompts at a time.
   *
   * @return one result per prompt, in order
   * @throws CancellationException if the watch ended the work
   */
  public List<PromptResult> drawAll() {
    return prepared()
        .run((model, recipe) ->
            PromptBatch.run(
                new PromptRunner(model, recipe),
                asked(),
                session.promptsAtATime(),
                settings.watch));
  }

  /** Draws completions of all prompts in the background; cancelling the future ends the work. */
  public CompletableFuture<List<PromptResult>> drawAsync() {
    var future = new CompletableFuture<List<PromptResult>>();
    Request cancellable = watch(new Cancellable(settings.watch, future::isCancelled));
    Thread.ofVirtual()
        .start(() -> {
          try {
            future.complete(cancellable.drawAll());
          } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  /** Forwards to the watch, and ends the work when the caller does. */
  private record Cancellable(Watch watch, BooleanSupplier ended) implements Watch {
    @Override
    public boolean at(long done, long total, String note) {
      return watch.at(done, total, note) && !ended.getAsBoolean();
    }

    @Override
    public boolean cancelled() {
      return watch.cancelled() || ended.getAsBoolean();
    }
  }

  /**
   * Publishes the results one by one, in order, as prompts are answered. Each subscription starts
   * its own work, which waits for a slow subscriber; when the subscriber cancels, the samplers end
   * at their next step. Whatever ends the work otherwise is delivered to {@code onError}.
   */
  public Flow.Publisher<PromptResult> publish() {
    return Publication.of(publication ->
        each(
            publication,
            (runner, ended) -> new GenerateRun(runner, session.promptsAtATime(), ended),
            publication::submit));
  }

  /**
   * Publishes each different completion that passes when it is first found, while its prompt's run
   * goes on; completions of several prompts may alternate. The draws of {@link #publish} are chosen
   * when a run ends, so a completion found need not be among them. Subscriptions work as those of
   * {@link #publish}.
   */
  public Flow.Publisher<FoundCompletion> publishCompletions() {
    return Publication.of(publication ->
        each(
            publication,
            (runner, ended) ->
                new GenerateRun(runner, session.promptsAtATime(), ended, publication::submit),
            _ -> {}));
  }

  private interface RunMaker {
    GenerateRun of(PromptRunner runner, Watch ended);
  }

  private void each(Publication<?> publication, RunMaker maker, Consumer<PromptResult> sink) {
    var ended = new Cancellable(settings.watch, publication::isEnded);
    prepared()
        .run((model, recipe) -> {
          maker
              .of(new PromptRunner(model, recipe), ended)
              .run(
                  asked(),
                  result -> {
                    ended.check();
                    sink.accept(result);
                  });
          ended.check();
          return 0;
        });
  }

  /**
   * Draws completions into a samples file, one row per completion, and writes the run record next
   * to it; an interrupted run can be resumed.
   *
   * @return whether the file is complete; false if the watch ended the work
   */
  public boolean write(Path file, IfExists mode) {
    var target = new SampleFile(file, mode, false, settings.command);
    target.check();
    requireOther(file);
    return prepared()
        .run((model, recipe) ->
            target
                    .write(
                        new PromptRunner(model, recipe),
                        asked(),
                        session.promptsAtATime(),
                        settings.watch,
                        Optional.empty(),
                        (_, _) -> {})
                    .state()
                != RunState.UNFINISHED);
  }

  /** Refuses a file that the prompts are read from. */
  private void requireOther(Path out) {
    source.ifPresent(files -> OutputFile.refuseInputs(out, files.inputs()));
  }

  /**
   * Draws completions as the command {@code generate} does: passes each answer with its rows to the
   * sink as prompts are answered, and writes a file if one is requested.
   *
   * @param output files for the completions and the recorded walk
   * @param sink receives each new answer, in order
   * @return counts of the run
   */
  public GenerateOutcome generate(GenerateOutput output, Consumer<Answer> sink) {
    output.check();
    output.file().ifPresent(this::requireOther);
    return prepared()
        .run((model, recipe) ->
            new Generation(
                    model, recipe, session.promptsAtATime(), settings.command, settings.watch)
                .run(asked(), output, sink));
  }

  /** Measures the model's success probability for each prompt, and pass@k derived from it. */
  public TailFigures tail() {
    return tail(settings.budget(1).modelTokens());
  }

  /**
   * Measures the model's success probability for each prompt, and pass@k derived from it.
   *
   * @param measureTokens model tokens per prompt for the plain draws made in addition to the
   *     sampler's run
   */
  public TailFigures tail(long measureTokens) {
    return studies().tail(measureTokens);
  }

  /**
   * Returns the result of {@link #tail()} as a study.
   *
   * @param measureTokens model tokens per prompt for the plain draws; empty for the sampler's
   *     budget
   */
  public Study tailStudy(OptionalLong measureTokens) {
    return studies().tailStudy(measureTokens);
  }

  /**
   * Writes the result of {@link #tailStudy(OptionalLong)} into a folder, which keeps the result of
   * each prompt meanwhile, so that an interrupted or killed run can be resumed.
   *
   * @param measureTokens model tokens per prompt for the plain draws; empty for the sampler's
   *     budget
   * @param resume whether to resume an unfinished study, if there is one
   */
  public StudyOutcome tailStudy(OptionalLong measureTokens, Path folder, boolean resume) {
    return studies().tailStudy(measureTokens, folder, resume);
  }

  /**
   * Compares samplers that each use the same number of model tokens.
   *
   * @param samplers samplers by label, in the order of the table
   * @param exactNodes maximum number of prefixes to expand for the exact target distribution of a
   *     prompt; 0 to skip it
   */
  public CompareFigures compare(Map<String, Sampler> samplers, long exactNodes) {
    require(!samplers.isEmpty(), "no sampler to compare; name at least one");
    return studies().compare(samplers, exactNodes);
  }

  /**
   * Returns the comparison of samplers as a study.
   *
   * @param samplers specifications such as {@code auto} and {@code vgb:walks=1}
   * @param exactNodes maximum number of prefixes to expand for the exact target distribution of a
   *     prompt; 0 to skip it, empty for the model's default
   */
  public Study compareStudy(List<String> samplers, OptionalLong exactNodes) {
    Map<String, Sampler> parsed = SamplerSpecs.parse(samplers);
    Request first = sampler(parsed.values().iterator().next());
    return first.studies().compareStudy(samplers, nodes(exactNodes));
  }

  /**
   * Writes the result of {@link #compareStudy(List, OptionalLong)} into a folder, which keeps the
   * result of each prompt meanwhile, so that an interrupted or killed run can be resumed.
   *
   * @param samplers specifications such as {@code auto} and {@code vgb:walks=1}
   * @param exactNodes maximum number of prefixes to expand for the exact target distribution of a
   *     prompt; 0 to skip it, empty for the model's default
   * @param resume whether to resume an unfinished study, if there is one
   */
  public StudyOutcome compareStudy(
      List<String> samplers, OptionalLong exactNodes, Path folder, boolean resume) {
    Map<String, Sampler> parsed = SamplerSpecs.parse(samplers);
    Request first = sampler(parsed.values().iterator().next());
    return first.studies().compareStudy(samplers, nodes(exactNodes), folder, resume);
  }

  private long nodes(OptionalLong given) {
    return given.orElse(session.isEmbedded() ? Comparison.EXACT_NODES_OF_EMBEDDED_MODELS : 0);
  }

  /**
   * Learns a value of prefixes from the model's completions of these prompts, for use with {@link
   * #value}; an interrupted run can be resumed.
   *
   * @param rollouts number of completions per prompt to learn from
   * @param out file of the value (safetensors)
   * @return the quality of the value; empty if the file was already complete, or the watch ended
   *     the work
   * @throws InputException if the value is not better than its baseline on held-out completions, or
   *     makes the sampler of this request worse; no file is written
   */
  public Optional<ValueFigures> learnValue(int rollouts, Path out, IfExists mode) {
    return learnValue(settings.ofValue(rollouts), out, mode).figures();
  }

  /**
   * Learns a value with the given settings, which override the settings of the request.
   *
   * @throws InputException if the value is refused and the settings do not force it to be written;
   *     a run that resumes has the same completions
   */
  public ValueOutcome learnValue(ValueSettings given, Path out, IfExists mode) {
    ValueTraining.check(out, mode);
    requireOther(out);
    return temperature(given.temperature())
        .studies()
        .learnValue(new ValueTraining(given, out, mode));
  }
}
