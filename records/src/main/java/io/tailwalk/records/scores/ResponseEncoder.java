package io.tailwalk.records.scores;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.records.TableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The token ids of prompts and responses under one model. */
final class ResponseEncoder {
  private final String name;
  private final LanguageModel model;
  private final Vocabulary vocabulary;

  ResponseEncoder(String name, LanguageModel model) {
    this.name = name;
    this.model = model;
    this.vocabulary = model.vocabulary();
  }

  /**
   * Ids of a prompt and of the response behind it.
   *
   * @param moved whether blanks of the prompt belong to the response
   */
  @SuppressWarnings("ArrayRecordComponent") // ids as the model takes them
  record Encoded(int[] prompt, int[] response, boolean moved) {
    Encoded(int[] prompt, int[] response) {
      this(prompt, response, false);
    }
  }

  /**
   * The ids of a response with its prompt.
   *
   * @throws TableException that names file, row and model if they would be those of another text
   */
  Encoded encode(GivenResponse given) {
    return switch (given.response()) {
      case GivenResponse.Text text ->
          switch (text.boundary()) {
            case SEPARATE -> new Encoded(prompt(given), alone(given, text.text()));
            case BLANKS_MOVED -> blanksMoved(given, text.text());
            case JOINED -> joined(given, text(given), text.text());
          };
      case GivenResponse.Tokens tokens -> tokens(given, tokens);
    };
  }

  private int[] prompt(GivenResponse given) {
    if (given.prompt() instanceof Prompt.Tokens tokens) {
      requireKnown(given, "prompt_token_ids", tokens.tokenIds());
    }
    return ids(given, given.prompt());
  }

  private int[] ids(GivenResponse given, Prompt prompt) {
    try {
      return model.encode(prompt);
    } catch (ModelException e) {
      throw ResponseScorer.failed(given, name, e);
    }
  }

  private Encoded tokens(GivenResponse given, GivenResponse.Tokens tokens) {
    if (!tokens.text().isEmpty() && !stand(tokens)) {
      if (given.prompt() instanceof Prompt.Tokens || tokens.text().indexOf('\uFFFD') >= 0) {
        throw refused(
            given,
            "its token ids do not stand for its text under " + name,
            "give the texts of prompt and completion, or the ids of this model");
      }
      return new Encoded(prompt(given), alone(given, tokens.text()));
    }
    requireKnown(given, "completion_token_ids", tokens.ids());
    if (tokens.promptIds().isEmpty()) {
      return new Encoded(prompt(given), array(tokens.ids()));
    }
    requireKnown(given, "prompt_token_ids", tokens.promptIds());
    return new Encoded(array(tokens.promptIds()), array(tokens.ids()));
  }

  /** Whether ids are those of the text; a stop text may follow, and a character may be cut. */
  private boolean stand(GivenResponse.Tokens tokens) {
    return tokens.ids().stream().allMatch(id -> id < vocabulary.size())
        && vocabulary.decode(array(tokens.ids())).startsWith(tokens.text());
  }

  private void requireKnown(GivenResponse given, String field, List<Integer> ids) {
    for (int id : ids) {
      if (id >= vocabulary.size()) {
        throw refused(
            given,
            "\"%s\" holds %d, and %s has %d tokens".formatted(field, id, name, vocabulary.size()),
            "give ids of this model's vocabulary");
      }
    }
  }

  private static String text(GivenResponse given) {
    return given.prompt() instanceof Prompt.Text plain ? plain.text() : "";
  }

  private Encoded blanksMoved(GivenResponse given, String text) {
    String prompt = text(given);
    int[] before = prompt(given);
    int[] whole = ids(given, Prompt.text(prompt + text));
    int[] behind = encoded(given, text);
    boolean exact = Arrays.equals(vocabulary.decodeBytes(behind), bytes(text));
    boolean across =
        whole.length != before.length + behind.length
            || !Arrays.equals(whole, 0, before.length, before, 0, before.length);
    if (exact && !across) {
      return new Encoded(before, behind);
    }
    String context = prompt.replaceFirst(" +$", "");
    try {
      Encoded moved = joined(given, context, prompt.substring(context.length()) + text);
      return new Encoded(moved.prompt(), moved.response(), true);
    } catch (TableException e) {
      // As when the completion spells a control token.
      if (!exact) {
        throw e;
      }
      return new Encoded(before, behind);
    }
  }

  private int[] alone(GivenResponse given, String text) {
    int[] ids = encoded(given, text);
    if (!Arrays.equals(vocabulary.decodeBytes(ids), bytes(text))) {
      throw otherText(given, vocabulary.decode(ids));
    }
    return ids;
  }

  private int[] encoded(GivenResponse given, String text) {
    try {
      return vocabulary.encode(text);
    } catch (ModelException e) {
      throw ResponseScorer.failed(given, name, e);
    }
  }

  /**
   * Context and response as one text, split behind as many tokens as the context alone has. This is
   * lm-evaluation-harness's way; a token across the boundary then belongs to the response.
   */
  private Encoded joined(GivenResponse given, String context, String text) {
    int[] whole = ids(given, Prompt.text(context + text));
    int[] before = ids(given, Prompt.text(context));
    byte[] read = vocabulary.decodeBytes(whole);
    byte[] expected = concat(vocabulary.decodeBytes(before), bytes(text));
    // A text that begins the document may get the blank that the model puts before every text.
    boolean begun = context.isEmpty() && Arrays.equals(read, concat(bytes(" "), expected));
    if (whole.length < before.length || !(begun || Arrays.equals(read, expected))) {
      throw otherText(given, vocabulary.decode(whole));
    }
    int[] response = Arrays.copyOfRange(whole, before.length, whole.length);
    int[] prompt = Arrays.copyOf(whole, before.length);
    if (prompt.length == 0 && vocabulary.textStart().isPresent()) {
      prompt = new int[] {vocabulary.textStart().getAsInt()};
    }
    return new Encoded(prompt, response);
  }

  private TableException otherText(GivenResponse given, String decoded) {
    return refused(
        given,
        "the tokens of the completion under %s decode to %s"
            .formatted(name, TableException.quoted(decoded)),
        "a score for them would be that of a different text; remove the row or choose text that"
            + " the model can write");
  }

  private static TableException refused(GivenResponse given, String problem, String fix) {
    return TableException.at(given.file(), given.row(), problem, fix);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static int[] array(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }
}
