package io.tailwalk.verifiers.prm;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.tailwalk.core.ServerKey;
import io.tailwalk.core.verify.VerifierException;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to a reward server and repeats them after temporary failures: no connection, no
 * answer in time, 429 (after the time in Retry-After, up to a minute) and 5xx. The time limit
 * covers the whole answer, whose size is bounded. The number of concurrent requests is bounded. The
 * key is sent only in the Authorization header.
 */
final class RewardClient implements AutoCloseable {
  static final int MAX_ATTEMPTS = 5;
  static final int LONGEST_ANSWER = 16 << 20;
  private static final int AT_A_TIME = 8;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String name;
  private final URI address;
  private final RewardShape shape;
  private final Optional<String> key;
  private final Duration timeLimit;
  private final Semaphore room = new Semaphore(AT_A_TIME);
  private final HttpClient http;
  private final RetryPolicy<JsonNode> retries;

  /** A temporary failure. */
  private static final class Passing extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final @Nullable Duration wait;

    Passing(String message, @Nullable Duration wait, @Nullable Throwable cause) {
      super(message, cause);
      this.wait = wait;
    }
  }

  RewardClient(
      String name,
      URI address,
      RewardShape shape,
      Optional<String> key,
      Duration timeLimit,
      Duration firstWait) {
    this.name = name;
    this.address = address;
    this.shape = shape;
    this.key = key;
    this.timeLimit = timeLimit;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(timeLimit)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    this.retries =
        RetryPolicy.<JsonNode>builder()
            .handle(Passing.class)
            .withMaxAttempts(MAX_ATTEMPTS)
            .withBackoff(firstWait, firstWait.multipliedBy(1L << MAX_ATTEMPTS))
            .withDelayFnOn(
                context ->
                    context.getLastException() instanceof Passing p && p.wait != null
                        ? p.wait
                        : Duration.ofMillis(-1),
                Passing.class)
            .build();
  }

  /**
   * The scores of the texts of a query.
   *
   * @throws VerifierException if the server fails permanently or its answer is invalid
   */
  double[] scores(RewardQuery query) {
    String body = shape.request(query).toString();
    try {
      JsonNode answer = Failsafe.with(retries).get(() -> ask(body));
      return shape.scores(answer, query);
    } catch (Passing e) {
      throw failure(e.getMessage() + " (asked " + MAX_ATTEMPTS + " times)", e);
    } catch (RewardShape.BadAnswer e) {
      throw failure("its answer " + e.getMessage(), e);
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw failure("the question was interrupted", e);
      }
      throw e;
    }
  }

  private VerifierException failure(String what, Throwable cause) {
    return new VerifierException("the verifier " + name + " failed: " + what, cause);
  }

  private JsonNode ask(String body) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    key.ifPresent(secret -> request.header("Authorization", ServerKey.header(secret)));
    room.acquire();
    try {
      return read(send(request.build()));
    } finally {
      room.release();
    }
  }

  /**
   * A request's own timeout ends with the headers, so the wait for the whole answer is limited
   * here.
   */
  private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    try {
      return answer.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Passing("no answer in time from " + address.getAuthority(), null, e);
    } catch (ExecutionException e) {
      if (String.valueOf(e.getCause()).contains("body exceeds capacity")) {
        throw failure("its answer is longer than " + (LONGEST_ANSWER >> 20) + " MiB", e);
      }
      throw new Passing("no answer from " + address.getAuthority(), null, e);
    } finally {
      answer.cancel(true);
    }
  }

  private JsonNode read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 429 || status >= 500) {
      throw new Passing("the server returned " + status, retryAfter(response), null);
    }
    if (status != 200) {
      throw failure(
          "the server returned " + status + fix(status), new IOException("status " + status));
    }
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw failure("its answer is not JSON", e);
    }
  }

  private String fix(int status) {
    return switch (status) {
      case 401, 403 ->
          key.isPresent()
              ? "; check the value of the environment variable that key= names"
              : "; give key=NAME, the environment variable that holds the server's key";
      case 404 -> "; check the address's path";
      default -> "";
    };
  }

  private static @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    if (!seconds.matches("\\d{1,6}")) {
      return null;
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(seconds));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
