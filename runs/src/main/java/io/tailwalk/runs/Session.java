package io.tailwalk.runs;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.PromptLayout;
import io.tailwalk.records.input.Input;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.sample.PromptFiles;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.verifiers.spec.ModelOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An open model, the starting point of requests. Closing the session closes the model. */
public final class Session implements AutoCloseable {
  private static final int MOST_AT_A_TIME = 8;

  private final Supplier<LanguageModel> opener;
  private final boolean embedded;
  private final ModelSettings settings;
  private @Nullable LanguageModel model;

  /**
   * Creates a session on an open model.
   *
   * @param embedded whether the model is one of the library's own, which gain nothing from batches
   */
  public Session(LanguageModel model, boolean embedded, ModelSettings settings) {
    this(() -> model, embedded, settings);
    this.model = model;
  }

  /** Creates a session on a model that is opened at its first use. */
  Session(Supplier<LanguageModel> opener, boolean embedded, ModelSettings settings) {
    this.opener = opener;
    this.embedded = embedded;
    this.settings = settings;
  }

  /** Returns the model, opening it if it is not open yet. */
  public synchronized LanguageModel model() {
    if (model == null) {
      model = opener.get();
    }
    return model;
  }

  /**
   * Where the model is computed, for example {@code 31 of 31 layers on CUDA0 (NVIDIA H200)}; empty
   * if it is the processor, or if the model is not open yet.
   */
  public synchronized Optional<String> device() {
    return model == null
        ? Optional.empty()
        : Optional.ofNullable(model.identity().engine().get("device"));
  }

  /** Whether the model is one of the library's embedded models. */
  public boolean isEmbedded() {
    return embedded;
  }

  /** Returns a request to continue one text. */
  public Request prompt(String text) {
    return prompt(Prompt.text(text));
  }

  /** Returns a request to answer one prompt. */
  public Request prompt(Prompt prompt) {
    return new Request(this, List.of(new PromptJob(0, "1", prompt)), Optional.empty());
  }

  /** Returns a request to answer several prompts, with the ids 1, 2, and so on. */
  public Request prompts(List<Prompt> prompts) {
    List<PromptJob> jobs = new ArrayList<>();
    for (Prompt prompt : prompts) {
      jobs.add(new PromptJob(jobs.size(), Integer.toString(jobs.size() + 1), prompt));
    }
    return new Request(this, jobs, Optional.empty());
  }

  /**
   * Returns a request to answer the prompts of a file.
   *
   * @throws io.tailwalk.records.TableException if the file cannot be read
   */
  public Request prompts(Path file) {
    return promptFiles(List.of(Input.of(file)));
  }

  /**
   * Returns a request to answer the prompts of several files.
   *
   * @throws io.tailwalk.records.TableException if a file cannot be read
   */
  public Request promptFiles(List<Input> files) {
    if (files.isEmpty()) {
      throw new InputException("there is no file of prompts; give at least one");
    }
    var source = new PromptFiles(files, PromptLayout.ANY);
    return new Request(this, source.jobs(), Optional.of(source));
  }

  /**
   * Number of prompts answered at a time: an embedded model gains nothing from batches, so its
   * prompts share the threads; a server answers several at once; with other models, one prompt uses
   * all threads.
   */
  int promptsAtATime() {
    return model().capabilities().drawsItself()
        ? MOST_AT_A_TIME
        : promptsAtATime(embedded, settings.threads());
  }

  /** Number of prompts answered at a time by a model that is not open yet. */
  public static int promptsAtATime(boolean embedded, int threads) {
    return embedded ? Math.min(threads, MOST_AT_A_TIME) : 1;
  }

  /**
   * Memory limit of the tree of one prompt, in bytes, such that all trees at a time have half of
   * the heap. The limit does not depend on the number of threads, because the output depends on the
   * limit when a tree reaches it.
   *
   * @param prompts number of prompts of the run
   */
  public static long treeBytes(boolean embedded, int prompts) {
    int trees = embedded ? Math.clamp(prompts, 1, MOST_AT_A_TIME) : 1;
    return Runtime.getRuntime().maxMemory() / 2 / trees;
  }

  /** Rate of test-time training of the model; empty for none. */
  OptionalDouble testTimeRate() {
    return settings.testTimeRate();
  }

  /** Opens further models, such as a judge, with the settings of this one. */
  ModelOpener opener() {
    ModelSettings plain = settings.ofJudge();
    return name -> {
      try {
        Models.check(name, plain);
      } catch (InputException e) {
        throw InputException.about("verifier", "judge: " + e.sentence(), e);
      }
      return Models.open(name, plain);
    };
  }

  @Override
  public synchronized void close() {
    if (model != null) {
      model.close();
    }
  }
}
