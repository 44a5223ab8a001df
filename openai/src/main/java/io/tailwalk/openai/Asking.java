package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.openai.http.AnswerException;
import io.tailwalk.openai.http.Endpoints;
import io.tailwalk.openai.http.Query;
import io.tailwalk.openai.http.RefusedException;
import io.tailwalk.openai.http.UnreachableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks servers and says in one sentence what went wrong.
 *
 * @param name the model's name in messages
 */
record Asking(String name, Endpoints endpoints) {

  /**
   * The answers, in order.
   *
   * @param key questions with the same key go to the same server
   * @throws ModelException if a question has no answer
   */
  <T> List<T> all(long key, List<Query<T>> queries) {
    return said(name, () -> endpoints.ask(key, queries));
  }

  /** The answer to one question. */
  <T> T one(long key, Query<T> query) {
    return all(key, List.of(query)).getFirst();
  }

  /** The result of work with servers, whose failures become a sentence. */
  static <T> T said(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      throw new ModelException(
          name + " refused a request with status " + e.status() + ": " + e.getMessage() + fix(e),
          e);
    } catch (AnswerException e) {
      throw new ModelException(name + " cannot be used: its answer " + e.getMessage(), e);
    } catch (UnreachableException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Empty if the server refuses the question or answers something else. */
  static <T> Optional<T> answered(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (AnswerException e) {
      return Optional.empty();
    } catch (RefusedException e) {
      // 403 is also the answer of a route that the server was not started with.
      if (e.status() == 401) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static String fix(RefusedException refused) {
    return switch (refused.status()) {
      case 401, 403 ->
          refused.keySent()
              ? "; check the value of the environment variable that key= names"
              : "; give key=VARIABLE, the environment variable that holds the server's key";
      default -> "";
    };
  }
}
