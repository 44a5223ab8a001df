package io.tailwalk.records;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The readers and writers of {@link JsonText}. They are apart from it because making them takes a
 * tenth of the start of a run that reads and writes no JSON.
 */
final class JsonMappers {
  /** Refuses duplicate names and anything after the value. */
  static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Also keeps fractions digit for digit. */
  static final JsonMapper EXACT =
      STRICT
          .rebuild()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Also accepts {@code NaN} and {@code Infinity}. */
  static final JsonMapper DATA =
      EXACT.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** The same for one value of many in a stream. */
  static final JsonMapper PARTS =
      DATA.rebuild().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonMappers() {}
}
