package io.tailwalk.openai.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.tailwalk.core.ServerKey;
import io.tailwalk.core.model.ServedUsage;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One server. Temporary failures, which never depend on what an answer contains, are repeated: no
 * connection, no answer in time, an answer that breaks off, and the statuses 408, 409, 425, 429,
 * 500, 502, 503 and 504. The size of answers is bounded. The key is sent in the Authorization
 * header only, and never to another address: redirects are not followed.
 */
public final class Endpoint implements AutoCloseable {
  /** Times that a request is sent before its failure counts as permanent. */
  public static final int MOST_ATTEMPTS = 4;

  private static final int UNAUTHORIZED = 401;
  private static final Set<Integer> TEMPORARY = Set.of(408, 409, 425, 429, 500, 502, 503, 504);
  private static final long LONGEST_ANSWER = 64L << 20;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A description of the server is computed at once, so that a silent one is noticed soon. */
  private static final Duration RESOURCE = Duration.ofSeconds(10);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI address;
  private final Optional<String> key;
  private final Duration answerLimit;
  private final AdaptiveLimit limit;
  private final HttpClient http;
  private final RetryPolicy<JsonNode> retries;
  private final LongAdder calls = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final ReportedUsage reported = new ReportedUsage();

  /** A temporary failure. */
  private static final class Passing extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final @Nullable Duration wait;
    private final boolean overloaded;

    Passing(String message, @Nullable Duration wait, boolean overloaded) {
      super(message);
      this.wait = wait;
      this.overloaded = overloaded;
    }
  }

  /**
   * Sends nothing yet.
   *
   * @param address the server's address, without a path or with the path in front of its routes
   * @param key secret of the server, if it needs one
   * @param inFlight largest number of requests at a time, at least 1
   * @param answerLimit longest time until an answer is complete
   * @param firstWait wait before the first repetition; it doubles
   */
  public Endpoint(
      URI address, Optional<String> key, int inFlight, Duration answerLimit, Duration firstWait) {
    this.address = address;
    this.key = key;
    this.answerLimit = answerLimit;
    this.limit = new AdaptiveLimit(inFlight);
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.retries =
        RetryPolicy.<JsonNode>builder()
            .handle(Passing.class)
            .withMaxAttempts(MOST_ATTEMPTS)
            .withBackoff(firstWait, firstWait.multipliedBy(1L << MOST_ATTEMPTS))
            .withJitter(0.5)
            .withDelayFnOn(
                context ->
                    context.getLastException() instanceof Passing p && p.wait != null
                        ? p.wait
                        : Duration.ofMillis(-1),
                Passing.class)
            .onRetry(_ -> repeated.increment())
            .build();
  }

  /** The server's address. */
  public URI address() {
    return address;
  }

  /** Requests that were sent, repetitions included. */
  public long calls() {
    return calls.sum();
  }

  /** Requests that were repeated. */
  public long repeated() {
    return repeated.sum();
  }

  /** What the server was asked for, as counted here and as it reports it. */
  ServedUsage usage(boolean leftOut) {
    return new ServedUsage(
        address.toString(),
        calls(),
        repeated(),
        leftOut,
        reported.drawn(),
        reported.drawnReported(),
        reported.prompt(),
        reported.cached());
  }

  /**
   * Asks a question.
   *
   * @throws RefusedException if the server refuses it
   * @throws UnreachableException if the server does not answer after several attempts
   * @throws AnswerException if its answer is not what was asked for
   */
  public <T> T ask(Query<T> query) {
    byte[] body = JSON.writeValueAsBytes(query.body());
    HttpRequest.Builder request =
        request(query.path())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    JsonNode answer = repeatedly(request.build());
    T meaning = query.read().apply(answer);
    reported.add(answer, query.drawn().applyAsLong(meaning));
    return meaning;
  }

  /**
   * Reads a resource; a missing node if the server has none of that name.
   *
   * @throws RefusedException if the server refuses for another reason
   * @throws UnreachableException if the server does not answer after several attempts
   */
  public JsonNode get(String path) {
    try {
      return repeatedly(request(path).GET().build());
    } catch (RefusedException e) {
      if (e.status() == 404 || e.status() == 405) {
        return MissingNode.getInstance();
      }
      throw e;
    }
  }

  private HttpRequest.Builder request(String path) {
    String base = address.toString();
    URI uri = URI.create((base.endsWith("/") ? base : base + "/") + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    key.ifPresent(secret -> request.header("Authorization", ServerKey.header(secret)));
    return request;
  }

  private JsonNode repeatedly(HttpRequest request) {
    try {
      return Failsafe.with(retries).get(() -> once(request));
    } catch (Passing e) {
      throw new UnreachableException(
          address.getAuthority() + " " + e.getMessage() + ", asked " + MOST_ATTEMPTS + " times", e);
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new UnreachableException("the question was interrupted", e);
      }
      throw e;
    }
  }

  private JsonNode once(HttpRequest request) throws InterruptedException {
    limit.acquire();
    boolean overloaded = false;
    try {
      return read(send(request));
    } catch (Passing e) {
      overloaded = e.overloaded;
      throw e;
    } finally {
      limit.release(overloaded);
    }
  }

  /**
   * A request's own time limit ends with the headers, so the wait for the whole answer is limited
   * here.
   */
  private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
    boolean isResource = request.method().equals("GET");
    Duration limit = isResource && answerLimit.compareTo(RESOURCE) > 0 ? RESOURCE : answerLimit;
    calls.increment();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Passing("gave no answer within " + limit.toSeconds() + " s", null, false);
    } catch (ExecutionException e) {
      if (String.valueOf(e.getCause()).contains("body exceeds capacity")) {
        throw new AnswerException("is longer than " + (LONGEST_ANSWER >> 20) + " MiB");
      }
      throw new Passing("gave no answer", null, true);
    } finally {
      answer.cancel(true);
    }
  }

  private JsonNode read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 200) {
      try {
        return Events.are(response.headers().firstValue("Content-Type").orElse(""))
            ? parts(response.body())
            : JSON.readTree(response.body());
      } catch (JacksonException e) {
        throw new Passing("gave an answer that is not JSON", null, false);
      }
    }
    if (status == UNAUTHORIZED) {
      // Its body may repeat the key, or parts of it.
      throw new RefusedException(
          status,
          key.isPresent() ? "it does not accept the key that was sent" : "it asks for a key",
          key.isPresent());
    }
    if (status >= 300 && status < 400) {
      throw new RefusedException(
          status,
          "redirects are not followed, because a key would go with them; give the address that"
              + " answers itself",
          key.isPresent());
    }
    String words = ServerWords.of(response.body(), key);
    boolean broken = words.contains("not JSON compliant") || words.contains("NaN");
    if (TEMPORARY.contains(status) && !broken) {
      boolean overloaded = status == 429 || status == 503;
      throw new Passing("returned status " + status + ": " + words, wait(response), overloaded);
    }
    throw new RefusedException(status, words, key.isPresent());
  }

  /** An answer in parts fails as a whole if it breaks off, or if a part states an error. */
  private JsonNode parts(byte[] body) {
    JsonNode parts = Events.parts(body);
    for (JsonNode part : parts) {
      if (part.has("error")) {
        throw new Passing(
            "failed inside an answer: " + ServerWords.of(JSON.writeValueAsBytes(part), key),
            null,
            false);
      }
    }
    if (!parts.isArray()) {
      throw new Passing("gave an answer that breaks off", null, false);
    }
    return parts;
  }

  private static @Nullable Duration wait(HttpResponse<byte[]> response) {
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
