package io.tailwalk.openai;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.ServerKey;
import io.tailwalk.core.model.ModelException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is served and how it is asked.
 *
 * @param addresses the server's address, and those of replicas of it
 * @param model the model's name on the server; empty for its only one
 * @param key secret of the server, sent in the Authorization header
 * @param tokenizer the model's tokenizer.json, or the folder that has it; empty if the server shows
 *     its tokens
 * @param dialect the kind of server; empty to find out
 * @param ends ids of end tokens beside those that are found
 * @param inFlight largest number of requests at a time, at least 1
 * @param answerLimit longest time until an answer is complete
 * @param firstWait wait before a failed request is repeated for the first time; it doubles
 */
public record ServerOptions(
    List<URI> addresses,
    Optional<String> model,
    Optional<String> key,
    Optional<Path> tokenizer,
    Optional<ServerKind> dialect,
    Set<Integer> ends,
    int inFlight,
    Duration answerLimit,
    Duration firstWait) {
  /** Prefix of specifications. */
  public static final String PREFIX = "openai:";

  /** Default number of requests at a time. */
  public static final int IN_FLIGHT = 64;

  /** Default time limit of an answer. */
  public static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

  /** Default wait before the first repetition. */
  public static final Duration FIRST_WAIT = Duration.ofMillis(500);

  private static final int MOST_AT_A_TIME = 1024;

  private static final Set<String> NAMES =
      Set.of("model", "key", "tokenizer", "dialect", "replica", "end", "parallel");

  private static final String FORM =
      "the form is openai:URL[,model=NAME][,key=VARIABLE][,tokenizer=PATH][,dialect="
          + ServerKind.names()
          + "][,replica=URL][,end=ID][,parallel=N]";

  /** Keeps copies; refuses a key that no header can carry. */
  public ServerOptions {
    addresses = List.copyOf(addresses);
    ends = Set.copyOf(ends);
    key.ifPresent(ServerKey::header);
    if (addresses.isEmpty() || inFlight < 1) {
      throw new IllegalArgumentException("a server needs an address and at least 1 request");
    }
  }

  /** The options of one server with all defaults. */
  public static ServerOptions of(URI address) {
    return new ServerOptions(
        List.of(address),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        IN_FLIGHT,
        ANSWER_LIMIT,
        FIRST_WAIT);
  }

  /**
   * Reads a specification, {@code openai:URL,name=value,...}.
   *
   * @param environment values of environment variables, from which the key comes
   * @throws ModelException if it has another form, or names a variable that is not set
   */
  public static ServerOptions parse(String spec, Function<String, @Nullable String> environment) {
    if (!spec.startsWith(PREFIX)) {
      throw new ModelException(FORM);
    }
    String[] parts = spec.substring(PREFIX.length()).split(",", -1);
    Map<String, List<String>> given = new HashMap<>();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      int equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        throw new ModelException(FORM);
      }
      String name = part.substring(0, equals);
      if (!NAMES.contains(name)) {
        throw new ModelException("'" + name + "' is unknown; " + FORM);
      }
      given.computeIfAbsent(name, _ -> new ArrayList<>()).add(part.substring(equals + 1));
    }
    List<URI> addresses = new ArrayList<>(List.of(address(parts[0])));
    given.getOrDefault("replica", List.of()).forEach(replica -> addresses.add(address(replica)));
    Set<Integer> ends = new TreeSet<>();
    given.getOrDefault("end", List.of()).forEach(end -> ends.add(number("end", end)));
    return new ServerOptions(
        addresses,
        one(given, "model"),
        one(given, "key").map(variable -> secret(variable, environment)),
        one(given, "tokenizer").map(ServerOptions::path),
        one(given, "dialect").map(ServerKind::of),
        ends,
        one(given, "parallel").map(ServerOptions::parallel).orElse(IN_FLIGHT),
        ANSWER_LIMIT,
        FIRST_WAIT);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ServerOptions"
        + addresses.stream().map(URI::toString).map(Addresses::shown).toList()
        + model.map(name -> ", model " + name).orElse("")
        + (key.isPresent() ? ", with a key" : "");
  }

  private static Optional<String> one(Map<String, List<String>> given, String name) {
    List<String> values = given.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new ModelException(name + " is given twice; " + FORM);
    }
    return values.stream().findFirst();
  }

  private static int parallel(String value) {
    int number = value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
    if (number < 1 || number > MOST_AT_A_TIME) {
      throw new ModelException(
          "parallel must be a whole number from 1 to "
              + MOST_AT_A_TIME
              + ", got '"
              + value
              + "'; "
              + FORM);
    }
    return number;
  }

  private static int number(String name, String value) {
    if (!value.matches("\\d{1,9}")) {
      throw new ModelException(name + " must be a whole number, got '" + value + "'; " + FORM);
    }
    return Integer.parseInt(value);
  }

  private static Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new ModelException("tokenizer is no path on this system: " + value, e);
    }
  }

  private static String secret(String variable, Function<String, @Nullable String> environment) {
    try {
      return ServerKey.ofVariable(variable, environment);
    } catch (IllegalArgumentException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Addresses are often given with the first part of OpenAI's routes, as other clients want it. */
  private static URI routesBegin(URI address) {
    return URI.create(address.toString().replaceFirst("/v1/?$", ""));
  }

  private static URI address(String text) {
    try {
      URI address = new URI(text);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (http
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return routesBegin(address);
      }
    } catch (URISyntaxException e) {
      throw new ModelException("not an address: " + Addresses.shown(text) + "; " + FORM, e);
    }
    throw new ModelException(
        "not an address of a server, http://HOST:PORT without user, query or fragment: "
            + Addresses.shown(text)
            + "; "
            + FORM);
  }
}
