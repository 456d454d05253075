package io.urubu.schedd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.Yaml;

/** The description that is checked in tells what is served, no more and no less. */
@Tag("unit")
final class OpenApiTest {
  private static Set<String> served() {
    Set<String> served = new TreeSet<>();
    for (Class<?> type : RestConfiguration.class.getAnnotation(Import.class).value()) {
      if (type.isAnnotationPresent(RestController.class)) {
        for (Method method : type.getDeclaredMethods()) {
          GetMapping get = method.getAnnotation(GetMapping.class);
          if (get != null) {
            List.of(get.path()).forEach(path -> served.add("get " + path));
          }
        }
      }
    }
    return served;
  }

  @Test
  void everyPathIsDescribedAndServed() throws IOException {
    Map<String, Object> description =
        new Yaml().load(Files.readString(Path.of("../docs/openapi.yaml")));
    Set<String> described = new TreeSet<>();
    @SuppressWarnings("unchecked") // the form of an OpenAPI file
    Map<String, Map<String, Object>> paths =
        (Map<String, Map<String, Object>>) description.getOrDefault("paths", Map.of());
    paths.forEach(
        (path, verbs) -> verbs.keySet().forEach(verb -> described.add(verb + " " + path)));

    assertThat(described).isNotEmpty().isEqualTo(served());
  }
}
