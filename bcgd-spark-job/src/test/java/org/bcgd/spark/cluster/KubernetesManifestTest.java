// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.bcgd.spark.cli.BcgdMain;
import org.bcgd.spark.settings.Settings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifest for the Kubernetes operator: every key is one that the operator or the core API
 * knows, and it says the same as launcher, settings and image.
 */
class KubernetesManifestTest {

  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path CONF = Path.of("..", "conf");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JAVA_OPTIONS =
      "--add-modules=jdk.incubator.vector -XX:+UseParallelGC";
  private static final String LOG_OPTION =
      " -Dlog4j2.configurationFile=file:/opt/bcgd/conf/log4j2.properties";

  // The fields of v1beta2 that a training may use, from the operator's api/v1beta2.
  private static final Map<String, Set<String>> OPERATOR =
      Map.of(
          "spec",
          Set.of(
              "type",
              "mode",
              "image",
              "imagePullPolicy",
              "sparkVersion",
              "mainClass",
              "mainApplicationFile",
              "arguments",
              "restartPolicy",
              "sparkConf",
              "volumes",
              "driver",
              "executor"),
          "restartPolicy",
          Set.of(
              "type",
              "onFailureRetries",
              "onFailureRetryInterval",
              "onSubmissionFailureRetries",
              "onSubmissionFailureRetryInterval"),
          "driver",
          Set.of(
              "cores",
              "memory",
              "memoryOverhead",
              "serviceAccount",
              "configMaps",
              "volumeMounts",
              "podSecurityContext",
              "securityContext"),
          "executor",
          Set.of(
              "instances",
              "cores",
              "memory",
              "memoryOverhead",
              "deleteOnTermination",
              "volumeMounts",
              "podSecurityContext",
              "securityContext"));

  private static JsonNode manifest;
  private static JsonNode spec;

  @BeforeAll
  static void read() throws IOException {
    manifest = documents(DEPLOY.resolve("kubernetes/training.yaml")).get(0);
    spec = manifest.path("spec");
  }

  @Test
  void itIsAnApplicationOfTheOperator() {
    assertThat(manifest.path("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(manifest.path("kind").asText()).isEqualTo("SparkApplication");
    assertThat(keys(manifest)).containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
    assertThat(keys(spec)).isSubsetOf(OPERATOR.get("spec"));
    assertThat(keys(spec.path("restartPolicy"))).isSubsetOf(OPERATOR.get("restartPolicy"));
    assertThat(keys(spec.path("driver").path("configMaps").path(0)))
        .containsExactlyInAnyOrder("name", "path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void aPodIsKnownKeyByKeyAndHasNoPrivileges(String role) throws IOException {
    JsonNode pod = spec.path(role);
    assertThat(keys(pod)).isSubsetOf(OPERATOR.get(role));

    PodSecurityContext security = known(pod.path("podSecurityContext"), PodSecurityContext.class);
    assertThat(security.getRunAsNonRoot()).isTrue();
    SecurityContext container = known(pod.path("securityContext"), SecurityContext.class);
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    for (JsonNode mount : pod.path("volumeMounts")) {
      assertThat(volumes()).contains(known(mount, VolumeMount.class).getName());
    }
    assertThat(pod.path("memoryOverhead").asText()).isNotEmpty();
  }

  @Test
  void itRestartsADriverThatWasLost() {
    assertThat(spec.path("restartPolicy").path("type").asText()).isEqualTo("OnFailure");
  }

  @Test
  void itSaysTheSameAsTheLauncherAndTheSettingsOfSpark() throws IOException {
    assertThat(spec.path("mainClass").asText()).isEqualTo(BcgdMain.class.getName());
    String launcher = Files.readString(DEPLOY.resolve("bcgd"));
    assertThat(launcher).contains("java_options=\"" + JAVA_OPTIONS, BcgdMain.class.getName());
    JsonNode conf = spec.path("sparkConf");
    for (String role : List.of("driver", "executor")) {
      assertThat(conf.path("spark." + role + ".defaultJavaOptions").asText())
          .isEqualTo(JAVA_OPTIONS + LOG_OPTION);
    }
    Properties defaults = new Properties();
    try (var in = Files.newBufferedReader(CONF.resolve("spark-defaults.conf"))) {
      defaults.load(in);
    }
    defaults.remove("spark.driver.memory");
    defaults.forEach((key, value) -> assertThat(conf.path((String) key).asText()).isEqualTo(value));
  }

  @Test
  void whatTheSettingsNameLiesWhereItIsUsed() throws IOException {
    List<String> arguments =
        JSON.convertValue(spec.path("arguments"), new TypeReference<List<String>>() {});
    Path file = Path.of(arguments.get(1));
    List<String> overrides =
        arguments.stream().skip(2).filter(word -> !word.equals("--set")).toList();

    Settings settings = Settings.read(CONF.resolve(file.getFileName()), overrides);

    assertThat(arguments.get(0)).isEqualTo("train");
    assertThat(file.getParent())
        .hasToString(spec.path("driver").path("configMaps").path(0).path("path").asText());
    String data = settings.dataset().path().orElseThrow();
    String start = settings.initialWeights().from().orElseThrow();
    assertThat(List.of(data, start, settings.run().folder()))
        .allSatisfy(used -> assertThat(isMounted(used, "driver")).as(used).isTrue());
    assertThat(isMounted(data, "executor")).isTrue();
  }

  private static boolean isMounted(String uri, String role) {
    return JSON
        .convertValue(
            spec.path(role).path("volumeMounts"), new TypeReference<List<VolumeMount>>() {})
        .stream()
        .anyMatch(mount -> uri.startsWith("file://" + mount.getMountPath() + "/"));
  }

  // What Spark's backend for Kubernetes creates, watches and cleans up.
  @Test
  void theDriverMayStartItsExecutors() throws IOException {
    String account = spec.path("driver").path("serviceAccount").asText();
    List<JsonNode> access = documents(DEPLOY.resolve("kubernetes/access.yaml"));

    assertThat(access)
        .extracting(part -> part.path("kind").asText())
        .containsExactly("ServiceAccount", "Role", "RoleBinding");
    assertThat(access)
        .extracting(part -> part.path("metadata").path("name").asText())
        .containsOnly(account);
    JsonNode rights = access.get(1).path("rules").path(0);
    assertThat(rights.path("resources"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("pods", "services", "configmaps", "persistentvolumeclaims");
    assertThat(rights.path("verbs"))
        .extracting(JsonNode::asText)
        .contains("create", "watch", "deletecollection");
    assertThat(access.get(2).path("roleRef").path("name").asText()).isEqualTo(account);
    assertThat(access.get(2).path("subjects").path(0).path("name").asText()).isEqualTo(account);
  }

  @Test
  void imageAndManifestAgree() throws IOException {
    String dockerfile = Files.readString(DEPLOY.resolve("kubernetes/Dockerfile"));
    String version = spec.path("sparkVersion").asText();
    assertThat(version).isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    assertThat(dockerfile)
        .contains("-t " + spec.path("image").asText() + " ")
        .contains("FROM spark:" + version + "-scala2.12-java17-")
        .contains(spec.path("mainApplicationFile").asText().replace("local://", ""))
        .endsWith("USER 185\n");
    assertThat(spec.path("driver").path("podSecurityContext").path("runAsUser").asInt())
        .isEqualTo(185);
  }

  /** The documents of a file, through maps, which resolves the YAML's anchors. */
  private static List<JsonNode> documents(Path yaml) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (String document : Files.readString(yaml).split("\n---\n")) {
      Object values = Serialization.unmarshal(document, Map.class);
      documents.add(JSON.valueToTree(values));
    }
    return documents;
  }

  private static List<String> volumes() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode volume : spec.path("volumes")) {
      names.add(known(volume, Volume.class).getName());
    }
    return names;
  }

  /** A part of the core API, of which every key at every depth must be one of its class's. */
  private static <T> T known(JsonNode part, Class<T> type) throws IOException {
    requireKnown(part, JSON.constructType(type));
    return JSON.treeToValue(part, type);
  }

  private static void requireKnown(JsonNode part, JavaType type) {
    Map<String, JavaType> properties = new HashMap<>();
    JSON.getSerializationConfig()
        .introspect(type)
        .findProperties()
        .forEach(property -> properties.put(property.getName(), property.getPrimaryType()));
    for (String key : keys(part)) {
      assertThat(properties).as(type.getRawClass().getSimpleName()).containsKey(key);
      if (part.path(key).isObject()) {
        requireKnown(part.path(key), properties.get(key));
      }
    }
  }

  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
