package io.tailwalk.openai.fake;

import com.sun.net.httpserver.HttpExchange;
import io.tailwalk.core.random.Streams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Faults between a client and a server, each of which meets 5% of the requests, whatever they ask.
 */
public final class Faults {
  /** No faults. */
  public static final Faults NONE = new Faults(0, 0);

  private static final int KINDS = 6;

  private final double share;
  private final long seed;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong met = new AtomicLong();

  private Faults(double share, long seed) {
    this.share = share;
    this.seed = seed;
  }

  /** Drops, delays, cut answers, 429, 500 and garbage, 5% each. */
  public static Faults of(long seed) {
    return new Faults(0.05, seed);
  }

  /** Number of requests that met a fault. */
  public long met() {
    return met.get();
  }

  /** Whether a fault has answered the request, which is then finished. */
  boolean hits(HttpExchange exchange) throws IOException {
    double u = Streams.of(seed, requests.getAndIncrement()).nextDouble();
    int kind = share == 0 ? KINDS : (int) (u / share);
    if (kind >= KINDS) {
      return false;
    }
    met.incrementAndGet();
    byte[] garbage = "<html>\u0000 not what you asked".getBytes(StandardCharsets.UTF_8);
    switch (kind) {
      case 0 -> exchange.close();
      case 1 -> pause();
      case 2 -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{\"choices\": [".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
      }
      case 3 -> send(exchange, 429, garbage);
      case 4 -> send(exchange, 500, garbage);
      default -> send(exchange, 200, garbage);
    }
    return kind != 1;
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
