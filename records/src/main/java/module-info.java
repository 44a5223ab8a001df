/** Files, JSON and journals. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.records {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;
  requires transitive tools.jackson.core;
  requires transitive tools.jackson.databind;
  requires de.siegmar.fastcsv;
  requires com.fasterxml.jackson.annotation;

  exports io.tailwalk.records;
  exports io.tailwalk.records.input;
  exports io.tailwalk.records.scores;

  uses io.tailwalk.records.input.Compression.ZstdDecoder;
  uses io.tailwalk.records.input.Rows.ParquetRows;

  opens io.tailwalk.records to
      tools.jackson.databind;
  opens io.tailwalk.records.scores to
      tools.jackson.databind;
}
