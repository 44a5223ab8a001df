package io.tailwalk.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.interval.Interval;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a public signature of the library names, a program can name and read too. */
class PublicTypesTest {

  @Test
  void publicSignatures_nameAccessibleTypesOnly() throws IOException, URISyntaxException {
    List<Class<?>> api = publicTypes();
    assertThat(api).contains(Tailwalk.class, Request.class).hasSizeGreaterThan(40);
    Set<String> hidden = new TreeSet<>();
    for (Class<?> type : api) {
      signatures(type)
          .forEach(named -> {
            if (!isAccessible(named)) {
              hidden.add(type.getName() + " shows " + named.getName());
            }
          });
    }
    assertThat(hidden).isEmpty();
  }

  /** The check itself: a signature with a hidden type is found, in any place of the signature. */
  @Test
  void hiddenTypes_areFound() {
    assertThat(signatures(Shown.class).filter(named -> !isAccessible(named)))
        .containsOnly(Hidden.class);
    assertThat(isAccessible(Interval.class)).isTrue();
  }

  private record Hidden() {}

  /** A type with a hidden one among its type arguments. */
  public record Shown(List<? extends Hidden[]> parts) {}

  private static List<Class<?>> publicTypes() throws IOException, URISyntaxException {
    Path root = Path.of(Tailwalk.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root.resolve("io/tailwalk/runs"))) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
          .map(file -> load(file.replace(".class", "").replaceAll("[/\\\\]", ".")))
          .filter(PublicTypesTest::isAccessible)
          .<Class<?>>map(type -> type)
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicTypesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isAccessible(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
      if (!Modifier.isPublic(at.getModifiers()) || at.isAnonymousClass() || at.isLocalClass()) {
        return false;
      }
    }
    return true;
  }

  private static Stream<Class<?>> signatures(Class<?> type) {
    Stream<Type> parents =
        Stream.concat(
            Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()));
    Stream<Type> fields =
        Stream.of(type.getDeclaredFields())
            .filter(field -> isShown(field.getModifiers()))
            .map(Field::getGenericType);
    Stream<Type> results =
        Stream.of(type.getDeclaredMethods())
            .filter(method -> isShown(method.getModifiers()) && !method.isSynthetic())
            .map(Method::getGenericReturnType);
    Stream<Type> parameters =
        Stream.<Executable>concat(
                Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors()))
            .filter(call -> isShown(call.getModifiers()) && !call.isSynthetic())
            .flatMap(call ->
                Stream.concat(
                    Stream.of(call.getGenericParameterTypes()),
                    Stream.of(call.getGenericExceptionTypes())));
    return Stream.of(parents, fields, results, parameters)
        .flatMap(types -> types)
        .flatMap(PublicTypesTest::classes);
  }

  private static boolean isShown(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static Stream<Class<?>> classes(Type type) {
    return switch (type) {
      case Class<?> named -> Stream.of(element(named));
      case ParameterizedType generic ->
          Stream.concat(
              classes(generic.getRawType()),
              Stream.of(generic.getActualTypeArguments()).flatMap(PublicTypesTest::classes));
      case GenericArrayType array -> classes(array.getGenericComponentType());
      case WildcardType wildcard ->
          Stream.of(wildcard.getUpperBounds()).flatMap(PublicTypesTest::classes);
      case TypeVariable<?> _ -> Stream.of();
      default -> throw new AssertionError("an unknown kind of type: " + type);
    };
  }

  private static Class<?> element(Class<?> type) {
    return type.isArray() ? element(type.getComponentType()) : type;
  }
}
