package io.tailwalk.openai;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.model.ModelException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 */
public record ServerOptions(
    List<URI> addresses,
    Optional<String> model,
    Optional<String> key,
    Optional<Path> tokenizer,
    Optional<String> dialect,
    Set<Integer> ends,
    int inFlight,
    Duration answerLimit) {
  /** Prefix of specifications. */
  public static final String PREFIX = "openai:";

  /** Default number of requests at a time. */
  public static final int IN_FLIGHT = 64;

  /** Default time limit of an answer. */
  public static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

  private static final String FORM =
      "the form is openai:URL[,model=NAME][,key=VARIABLE][,tokenizer=PATH][,dialect=vllm|llama-server]"
          + "[,replica=URL][,end=ID][,parallel=N]";

  /** Keeps copies. */
  public ServerOptions {
    addresses = List.copyOf(addresses);
    ends = Set.copyOf(ends);
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
        ANSWER_LIMIT);
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
    ServerOptions options = of(address(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1 || equals == parts[i].length() - 1) {
        throw new ModelException(FORM);
      }
      options =
          options.with(parts[i].substring(0, equals), parts[i].substring(equals + 1), environment);
    }
    return options;
  }

  private ServerOptions with(
      String name, String value, Function<String, @Nullable String> environment) {
    return switch (name) {
      case "model" ->
          new ServerOptions(
              addresses, Optional.of(value), key, tokenizer, dialect, ends, inFlight, answerLimit);
      case "key" ->
          new ServerOptions(
              addresses,
              model,
              Optional.of(secret(value, environment)),
              tokenizer,
              dialect,
              ends,
              inFlight,
              answerLimit);
      case "tokenizer" ->
          new ServerOptions(
              addresses,
              model,
              key,
              Optional.of(path(value)),
              dialect,
              ends,
              inFlight,
              answerLimit);
      case "dialect" ->
          new ServerOptions(
              addresses, model, key, tokenizer, Optional.of(value), ends, inFlight, answerLimit);
      case "replica" -> {
        List<URI> more = new ArrayList<>(addresses);
        more.add(address(value));
        yield new ServerOptions(more, model, key, tokenizer, dialect, ends, inFlight, answerLimit);
      }
      case "end" -> {
        Set<Integer> more = new TreeSet<>(ends);
        more.add(number(name, value));
        yield new ServerOptions(
            addresses, model, key, tokenizer, dialect, more, inFlight, answerLimit);
      }
      case "parallel" ->
          new ServerOptions(
              addresses,
              model,
              key,
              tokenizer,
              dialect,
              ends,
              Math.max(1, number(name, value)),
              answerLimit);
      default -> throw new ModelException("'" + name + "' is unknown; " + FORM);
    };
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
    String value = environment.apply(variable);
    if (value == null || value.isBlank()) {
      throw new ModelException(
          "key names the environment variable that holds the server's key, and '"
              + variable
              + "' is not set");
    }
    return value.strip();
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
        return address;
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
