package io.tailwalk.verifiers.process;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.verifiers.spec.SpecFiles;
import io.tailwalk.verifiers.spec.TimeLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An external program as a verifier, which communicates in JSON lines (docs/verifier-protocol.md).
 * It is started once and receives many requests, in batches; if it dies, hangs or writes invalid
 * output it is restarted a few times, and unanswered requests are repeated. Safe to share between
 * threads, which take turns. Killed, with its child processes, on close and when the JVM exits.
 */
public final class CommandVerifier implements Verifier {
  /** The field of answers about complete responses. */
  private static final String REWARD = "reward";

  /** Empty text of the probe that determines the program's capabilities. */
  private static final Candidate PROBE =
      Candidate.complete(Prompt.text(""), new NoTokens(), new int[0], FinishReason.STOP);

  private final String name;
  private final List<String> command;
  private final CommandOptions options;
  private final Map<String, String> sources;
  private final Thread atExit = new Thread(this::closeForEver, "verifier-at-exit");
  private volatile @Nullable RunningProgram program;
  private boolean scoresPrefixes;

  /** The program's answer to the first request. */
  private volatile boolean passesOrFails;

  private boolean mayGreet;
  private volatile boolean closed;
  private long nextId;

  /**
   * Starts a program and checks that it works with an empty completion.
   *
   * @param command program and arguments, without a shell
   * @throws VerifierException if it cannot be started or does not answer
   */
  public CommandVerifier(List<String> command, CommandOptions options) {
    this("cmd:" + String.join(" ", command), command, options);
  }

  private CommandVerifier(String name, List<String> command, CommandOptions options) {
    this.name = name;
    this.command = List.copyOf(command);
    this.options = options;
    this.sources = SpecFiles.ofCommand(command);
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      ask(List.of(PROBE), REWARD, new double[1]);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Parses the two halves of a specification.
   *
   * @param kind {@code cmd} or {@code cmd[30s]} (units ms, s, m)
   * @param line the command line, split at spaces; quotes group words
   * @throws IllegalArgumentException if either is malformed
   * @throws VerifierException if it cannot be started or does not answer
   */
  public static CommandVerifier ofSpec(String kind, String line) {
    CommandOptions options =
        TimeLimit.of(kind)
            .map(CommandOptions.DEFAULT::withTimeLimit)
            .orElse(CommandOptions.DEFAULT);
    return new CommandVerifier(kind + ":" + line, CommandLine.words(line), options);
  }

  @Override
  public String name() {
    return name;
  }

  /** The files among the words of the command line. */
  @Override
  public Map<String, String> sources() {
    return sources;
  }

  @Override
  public double logReward(Candidate complete) {
    double[] out = new double[1];
    logRewards(List.of(complete), out);
    return out[0];
  }

  @Override
  public void logRewards(List<Candidate> complete, double[] out) {
    ask(complete, REWARD, out);
  }

  /**
   * 0 if the program answered the first request, which is always the same, with {@code pass}: then
   * it counts as a check that passes or fails. A program with rewards uses them from the first
   * answer, or returns rewards above 1, which contradict a check.
   */
  @Override
  public double logRewardBound() {
    return passesOrFails ? 0 : Double.POSITIVE_INFINITY;
  }

  @Override
  public boolean passesOrFails() {
    return passesOrFails;
  }

  /** The program's prefix scores if it announced any, otherwise 1 everywhere. */
  @Override
  public synchronized ValueFunction prefixValue() {
    return scoresPrefixes ? new PrefixScores() : ValueFunction.ONE;
  }

  private final class PrefixScores implements ValueFunction {
    @Override
    public double logValue(Candidate prefix) {
      double[] out = new double[1];
      logValues(List.of(prefix), out);
      return out[0];
    }

    @Override
    public void logValues(List<Candidate> prefixes, double[] out) {
      ask(prefixes, "value", out);
    }
  }

  private synchronized void ask(List<Candidate> candidates, String weight, double[] out) {
    requireOpen();
    Map<Long, Integer> open = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      open.put(nextId++, i);
    }
    int failures = 0;
    while (!open.isEmpty()) {
      int before = open.size();
      Optional<String> failure = exchange(candidates, open, weight, out);
      if (failure.isPresent()) {
        requireOpen();
        failures = open.size() < before ? 0 : failures;
        String complaint = failure.get() + afterRestarts(failures) + lastErrorLine();
        kill();
        if (failures == options.maxRestarts()) {
          throw new VerifierException("the verifier " + name + " " + complaint);
        }
        pause(options.backOff().multipliedBy(1L << Math.min(failures, 20)));
        failures++;
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the verifier " + name + " is closed");
    }
  }

  private static String afterRestarts(int restarts) {
    return switch (restarts) {
      case 0 -> "";
      case 1 -> ", also after a restart";
      default -> ", also after " + restarts + " restarts";
    };
  }

  private String lastErrorLine() {
    RunningProgram running = program;
    String line = running == null ? "" : running.lastErrorLine();
    return line.isEmpty() ? "" : "; its last error line: " + line;
  }

  /**
   * Sends open requests and reads until all are answered; otherwise returns the program's failure.
   */
  private Optional<String> exchange(
      List<Candidate> candidates, Map<Long, Integer> open, String weight, double[] out) {
    RunningProgram running = running();
    open.forEach((id, i) -> running.send(Wire.request(id, candidates.get(i))));
    while (!open.isEmpty()) {
      Optional<RunningProgram.Event> event = await(running);
      if (event.isEmpty()) {
        return Optional.of("did not answer within " + options.timeLimit().toMillis() + " ms");
      }
      switch (event.get()) {
        case RunningProgram.Event.End end -> {
          return Optional.of(end.how());
        }
        case RunningProgram.Event.Line line -> {
          try {
            read(line.text(), open, weight, out);
          } catch (Wire.BadLine e) {
            return Optional.of(e.how());
          }
        }
      }
    }
    return Optional.empty();
  }

  private void read(String line, Map<Long, Integer> open, String weight, double[] out)
      throws Wire.BadLine {
    ObjectNode object = Wire.object(line);
    boolean first = mayGreet;
    mayGreet = false;
    if (first && Wire.isHello(object)) {
      scoresPrefixes = Wire.hello(object).prefixes();
      return;
    }
    try {
      Wire.Answer answer = Wire.answer(object, weight);
      Integer place = open.remove(answer.id());
      if (place == null) {
        throw new Wire.BadLine("answered id " + answer.id() + ", which was not requested");
      }
      if (weight.equals(REWARD)) {
        Rewards.require(name, answer.logWeight());
      }
      out[place] = answer.logWeight();
      if (answer.id() == 0) {
        passesOrFails = answer.passOrFail();
      }
    } catch (Wire.Complaint e) {
      throw new VerifierException("the verifier " + name + " " + e.getMessage(), e);
    }
  }

  private RunningProgram running() {
    RunningProgram running = program;
    if (running == null) {
      try {
        running = RunningProgram.start(command);
        program = running;
        mayGreet = true;
      } catch (IOException e) {
        throw new VerifierException(
            "the verifier "
                + name
                + " cannot be started: "
                + e.getMessage()
                + "; check the program's name and its permissions",
            e);
      }
    }
    return running;
  }

  private Optional<RunningProgram.Event> await(RunningProgram running) {
    try {
      return running.next(options.timeLimit());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private VerifierException interrupted(InterruptedException e) {
    kill();
    Thread.currentThread().interrupt();
    return new VerifierException("the verifier " + name + " was interrupted", e);
  }

  private void kill() {
    RunningProgram running = program;
    program = null;
    if (running != null) {
      running.close();
    }
  }

  private void closeForEver() {
    closed = true;
    kill();
  }

  /** Ends the program immediately, even during another thread's request, which then fails. */
  @Override
  public void close() {
    closeForEver();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already, and the hook stops the program.
    }
  }

  /** The vocabulary of the empty probe. */
  private static final class NoTokens implements Vocabulary {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public byte[] bytes(int token) {
      throw new IndexOutOfBoundsException(token);
    }

    @Override
    public boolean isEnd(int token) {
      throw new IndexOutOfBoundsException(token);
    }

    @Override
    public int[] encode(String text) {
      return new int[0];
    }
  }
}
