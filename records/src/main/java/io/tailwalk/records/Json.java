package io.tailwalk.records;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.verify.TargetDistribution;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as JSON: a record becomes an object of its components in their order, named in snake
 * case. What is not known, NaN or an empty {@code Optional}, is {@code null}; infinities are {@code
 * "-inf"} and {@code "inf"}. A component that is an {@link Interval} can be annotated as unwrapped,
 * which puts {@code low}, {@code high}, {@code low_kind} and {@code high_kind} in its place.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .annotationIntrospector(new ComponentOrder())
          // Components only: isX() and getX() of a record are methods for its readers.
          .changeDefaultVisibility(visible ->
              visible
                  .withFieldVisibility(Visibility.ANY)
                  .withGetterVisibility(Visibility.NONE)
                  .withIsGetterVisibility(Visibility.NONE))
          .addMixIn(Interval.class, IntervalForm.class)
          .addMixIn(Cost.class, CostForm.class)
          .addMixIn(EndKind.class, WireName.class)
          .addMixIn(Bias.class, WireName.class)
          .addMixIn(TargetDistribution.class, WireName.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new DoubleWriter())
                  .addSerializer(Double.class, new DoubleWriter())
                  .addSerializer(Estimate.class, new EstimateWriter()))
          .build();

  private Json() {}

  /**
   * The JSON of a result.
   *
   * @param result a record; its parts may be records, collections, numbers, texts and JSON trees
   */
  public static ObjectNode of(Record result) {
    return MAPPER.valueToTree(result);
  }

  /** Jackson moves renamed and unwrapped components behind the others unless told their order. */
  private static final class ComponentOrder extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public String @Nullable [] findSerializationPropertyOrder(
        MapperConfig<?> config, AnnotatedClass type) {
      String[] stated = super.findSerializationPropertyOrder(config, type);
      return stated == null && type.getRawType().isRecord()
          ? Arrays.stream(type.getRawType().getRecordComponents())
              .map(RecordComponent::getName)
              .toArray(String[]::new)
          : stated;
    }
  }

  @JsonPropertyOrder({"low", "high", "low_kind", "high_kind"})
  private interface IntervalForm {}

  /** Without its time, which differs from run to run. */
  @JsonIgnoreProperties("wall_nanos")
  private interface CostForm {}

  private interface WireName {
    @JsonValue
    String wireName();
  }

  private static final class DoubleWriter extends ValueSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializationContext context) {
      if (value.isNaN()) {
        out.writeNull();
      } else if (value.isInfinite()) {
        out.writeString(value < 0 ? Doubles.NEGATIVE_INFINITY : "inf");
      } else {
        out.writeNumber(value);
      }
    }
  }

  private static final class EstimateWriter extends ValueSerializer<Estimate> {
    private record Form(
        double value,
        double standardError,
        double low,
        double high,
        EndKind lowKind,
        EndKind highKind,
        double certainLow,
        double certainHigh,
        double guaranteedLow,
        double guaranteedHigh,
        double level,
        Bias bias,
        @Nullable String moved,
        String method) {}

    @Override
    public void serialize(Estimate estimate, JsonGenerator out, SerializationContext context) {
      Interval interval = estimate.interval();
      context.writeValue(
          out,
          new Form(
              estimate.value(),
              estimate.standardError(),
              interval.low(),
              interval.high(),
              interval.lowKind(),
              interval.highKind(),
              estimate.certain().low(),
              estimate.certain().high(),
              estimate.guaranteed().low(),
              estimate.guaranteed().high(),
              estimate.level(),
              estimate.bias(),
              estimate.moved().orElse(null),
              estimate.method()));
    }
  }
}
