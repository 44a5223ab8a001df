/** Files, JSON and journals. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.records {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;
  requires transitive tools.jackson.core;
  requires transitive tools.jackson.databind;
  requires com.fasterxml.jackson.annotation;

  exports io.tailwalk.records;
  exports io.tailwalk.records.scores;

  opens io.tailwalk.records to
      tools.jackson.databind;
  opens io.tailwalk.records.scores to
      tools.jackson.databind;
}
