package io.tailwalk.runs.work;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the input is invalid. The message is one sentence that names the file or setting and
 * the fix.
 */
public final class InputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable String setting;
  private final String sentence;

  /** Creates an exception with one sentence. */
  public InputException(String sentence) {
    super(sentence);
    this.setting = null;
    this.sentence = sentence;
  }

  /** Creates an exception with one sentence and its cause. */
  public InputException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.setting = null;
    this.sentence = sentence;
  }

  private InputException(String setting, String sentence, @Nullable Throwable cause) {
    super(setting + ": " + sentence, cause);
    this.setting = setting;
    this.sentence = sentence;
  }

  /**
   * Creates an exception about a setting.
   *
   * @param setting name of the setting, words joined by hyphens; a user interface may show another
   *     name
   */
  public static InputException about(String setting, String sentence) {
    return new InputException(setting, sentence, null);
  }

  /** Creates an exception about a setting, with its cause. */
  public static InputException about(String setting, String sentence, Throwable cause) {
    return new InputException(setting, sentence, cause);
  }

  /** The invalid setting, if the exception is about a setting. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }

  /** The sentence without the setting. */
  public String sentence() {
    return sentence;
  }
}
