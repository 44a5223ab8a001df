package io.tailwalk.verifiers.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One run of an external program: lines in, lines out, each pipe served by its own thread so that
 * neither side can block the other.
 */
final class RunningProgram implements AutoCloseable {
  private static final int MAX_LINE = 1 << 20;

  /** A program that writes more than this without a request has to wait. */
  private static final int MAX_UNREAD = 10_000;

  private final Process process;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MAX_UNREAD);
  private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile String lastErrorLine = "";

  /** An event of the program. */
  sealed interface Event {
    /** The program wrote a line. */
    record Line(String text) implements Event {}

    /** The output ended or is invalid; the description has no subject. */
    record End(String how) implements Event {}
  }

  private RunningProgram(Process process) {
    this.process = process;
  }

  /** Starts the program. */
  static RunningProgram start(List<String> command) throws IOException {
    var program = new RunningProgram(new ProcessBuilder(command).start());
    program.thread("output", program::readOutput);
    program.thread("errors", program::readErrors);
    program.thread("input", program::writeInput);
    return program;
  }

  private void thread(String what, Runnable task) {
    String name = "verifier-" + process.pid() + "-" + what;
    threads.add(Thread.ofPlatform().daemon().name(name).start(task));
  }

  /** Sends a line asynchronously. */
  void send(String line) {
    outgoing.add((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The next event; empty if none comes within the limit. */
  Optional<Event> next(Duration limit) throws InterruptedException {
    return Optional.ofNullable(events.poll(limit.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** The last line it wrote to its standard error; empty if none. */
  String lastErrorLine() {
    return lastErrorLine;
  }

  private void readOutput() {
    try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
      var line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          events.put(new Event.Line(line.toString()));
          line.setLength(0);
        } else if (line.length() == MAX_LINE) {
          events.put(new Event.End("wrote a line of more than a million characters"));
          return;
        } else {
          line.append((char) c);
        }
      }
      events.put(new Event.End(howItEnded()));
    } catch (IOException e) {
      boolean _ = events.offer(new Event.End("closed its output: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String howItEnded() throws InterruptedException {
    return process.waitFor(1, TimeUnit.SECONDS)
        ? "ended with status " + process.exitValue()
        : "closed its output";
  }

  private void readErrors() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          lastErrorLine = line.strip();
        }
      }
    } catch (IOException e) {
      // The program has ended; its earlier output is kept.
    }
  }

  private void writeInput() {
    try (OutputStream out = process.getOutputStream()) {
      while (true) {
        out.write(outgoing.take());
        if (outgoing.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      // The program no longer reads; its end is detected on its output.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the program and its child processes. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    threads.forEach(Thread::interrupt);
  }
}
