package io.tailwalk.runs.work;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.records.Json;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What servers were asked for, in the record of a run. */
public final class ServedJson {
  private ServedJson() {}

  /** Adds the field {@code servers}, unless there are none. */
  public static void put(ObjectNode record, List<ServedUsage> servers) {
    if (servers.isEmpty()) {
      return;
    }
    ArrayNode list = record.putArray("servers");
    for (ServedUsage one : servers) {
      list.add(
          Json.of(
              new Form(
                  Addresses.withoutSecrets(one.address()),
                  one.requests(),
                  one.repeatedRequests(),
                  one.leftOut(),
                  one.drawnTokens(),
                  number(one.drawnTokensReported()),
                  number(one.promptTokensReported()),
                  number(one.cachedTokensReported()))));
    }
  }

  private record Form(
      String address,
      long requests,
      long repeatedRequests,
      boolean leftOut,
      long drawnTokens,
      @Nullable Long drawnTokensReported,
      @Nullable Long promptTokensReported,
      @Nullable Long cachedTokensReported) {}

  private static @Nullable Long number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
