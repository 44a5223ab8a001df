package io.tailwalk.openai;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.dialect.LlamaServerDialect;
import io.tailwalk.openai.dialect.TextDialect;
import io.tailwalk.openai.http.Endpoint;
import io.tailwalk.openai.http.Endpoints;
import io.tailwalk.openai.http.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Opens a served model: what server it is, its tokens, what it can be asked for. */
final class ServerOpening {
  /** A server that failed rests as many first waits: half a minute by default. */
  private static final int REST = 60;

  /** Control tokens that are asked whether they end a response. */
  private static final int MOST_PROBES = 64;

  private ServerOpening() {}

  static LanguageModel open(String name, ServerOptions options) {
    List<Endpoint> all =
        options.addresses().stream()
            .map(address ->
                new Endpoint(
                    address,
                    options.key(),
                    options.inFlight(),
                    options.answerLimit(),
                    options.firstWait()))
            .toList();
    try {
      return Asking.said(name, () -> open(name, options, all));
    } catch (ModelException e) {
      all.forEach(Endpoint::close);
      throw e;
    }
  }

  private static LanguageModel open(String name, ServerOptions options, List<Endpoint> all) {
    var recognition = new Recognition(all.getFirst(), options);
    Optional<TextDialect> texts = recognition.textDialect();
    if (texts.isPresent()) {
      return new TextModel(
          name, texts.get(), new Asking(name, new Endpoints(all, _ -> true, options.firstWait())));
    }
    Dialect dialect = recognition.dialect();
    var check = new ReplicaCheck(all.getFirst(), options, dialect);
    all.subList(1, all.size()).forEach(check::require);
    Duration rest = options.firstWait().multipliedBy(REST);
    var endpoints = new Endpoints(all, endpoint -> isSame(check, endpoint), rest);
    return of(name, options, endpoints, dialect, check.sampled());
  }

  private static boolean isSame(ReplicaCheck check, Endpoint endpoint) {
    try {
      check.require(endpoint);
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  private static ServerModel of(
      String name, ServerOptions options, Endpoints endpoints, Dialect dialect, String sampled) {
    Endpoint first = endpoints.all().getFirst();
    int[] some = first.ask(dialect.tokens("a", true));
    List<RefusedException> refusals = new ArrayList<>();
    Optional<double[]> distribution = distribution(first, dialect, some, refusals);
    byte[][] bytes;
    List<String> controls = List.of();
    Set<Integer> known = options.ends();
    if (options.tokenizer().isPresent()) {
      TokenizerFile file = TokenizerFile.read(options.tokenizer().get());
      bytes = file.bytes();
      controls = file.controls();
      known = union(known, file.ends());
    } else if (dialect instanceof LlamaServerDialect llama) {
      bytes = first.ask(llama.vocabulary());
    } else {
      throw new ModelException(
          name + " does not show its tokens; give tokenizer=, the model's tokenizer.json");
    }
    if (distribution.isPresent()) {
      bytes = ofLength(name, bytes, distribution.get().length);
    }
    BitSet ends = ends(first, dialect, some, bytes, known);
    OptionalInt start = start(first, dialect, some);
    List<String> parsed = dialect instanceof LlamaServerDialect ? List.of() : controls;
    var asking = new Asking(name, endpoints);
    var vocabulary =
        new ServerVocabulary(
            bytes, ends, parsed, text -> asking.one(0, dialect.tokens(text, false)), start);
    Set<Capability> can = EnumSet.of(Capability.DRAW);
    if (dialect.scores()) {
      can.add(Capability.SCORE);
    }
    int mostTop = bytes.length;
    if (distribution.isPresent()) {
      can.add(Capability.DISTRIBUTION);
    } else {
      mostTop =
          new TopLimit(first, dialect, some, bytes.length).measured(refusals.stream().findFirst());
    }
    if (mostTop > 0) {
      can.add(Capability.TOP_K);
    }
    return new ServerModel(
        name,
        dialect,
        asking,
        vocabulary,
        new Capabilities(can, Capabilities.LogProbKind.RAW, dialect.seeds(), mostTop),
        dialect.facts().model() + "\n" + dialect.facts().fingerprint() + "\n" + sampled);
  }

  private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
    var all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  /** Servers pad their output; such ids have no token but a probability. */
  private static byte[][] ofLength(String name, byte[][] bytes, int length) {
    if (bytes.length > length) {
      throw new ModelException(
          name
              + " has "
              + length
              + " tokens, but the tokenizer has "
              + bytes.length
              + ": it belongs to another model");
    }
    byte[][] padded = Arrays.copyOf(bytes, length);
    for (int id = bytes.length; id < length; id++) {
      padded[id] = new byte[0];
    }
    return padded;
  }

  /**
   * The distribution after some tokens; empty if the server does not show it whole.
   *
   * @param refusals receives the server's refusal
   */
  private static Optional<double[]> distribution(
      Endpoint server, Dialect dialect, int[] some, List<RefusedException> refusals) {
    if (!dialect.showsDistributions()) {
      return Optional.empty();
    }
    try {
      return Optional.of(server.ask(dialect.distribution(some)));
    } catch (RefusedException e) {
      if (e.status() == 400 || e.status() == 422) {
        refusals.add(e);
        return Optional.empty();
      }
      throw e;
    }
  }

  private static BitSet ends(
      Endpoint server, Dialect dialect, int[] some, byte[][] bytes, Set<Integer> known) {
    var ends = new BitSet(bytes.length);
    if (!known.isEmpty()) {
      for (int id : known) {
        if (id < 0 || id >= bytes.length) {
          throw new ModelException("end token " + id + " is not among " + bytes.length + " tokens");
        }
        ends.set(id);
      }
      return ends;
    }
    IntStream.range(0, bytes.length)
        .filter(id -> bytes[id].length == 0)
        .limit(MOST_PROBES)
        .filter(id -> server.ask(dialect.ends(some, id)))
        .forEach(ends::set);
    return ends;
  }

  private static OptionalInt start(Endpoint server, Dialect dialect, int[] with) {
    int[] without = server.ask(dialect.tokens("a", false));
    return with.length > without.length ? OptionalInt.of(with[0]) : OptionalInt.empty();
  }
}
