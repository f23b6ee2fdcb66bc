// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hadoop.conf.Configuration;

/**
 * An object store that speaks S3 and knows one user: S3Proxy, a process that keeps all in memory.
 */
final class ObjectStore implements AutoCloseable {

  static final String USER = "operator";
  static final String SECRET = "only-the-operator-knows";

  private static final Path JAR = Path.of("target", "s3proxy", "s3proxy.jar");
  private static final Pattern S3A =
      Pattern.compile(
          "/(hadoop-aws|aws-java-sdk|jmespath|httpclient|httpcore|ion-java"
              + "|jackson-dataformat-cbor|wildfly-openssl)[^/]*[.]jar$");

  private final Process process;
  private final String endpoint;

  private ObjectStore(Process process, String endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts the store with one empty bucket. */
  static ObjectStore in(Path directory, String bucket) throws Exception {
    String endpoint = "http://127.0.0.1:" + StandaloneCluster.freePort();
    Path properties = directory.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=transient
        jclouds.identity=memory
        jclouds.credential=memory
        """
            .formatted(endpoint, USER, SECRET));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-Xmx512m", "-jar", JAR.toString(), "--properties", properties.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("s3proxy.log").toFile())
            .start();
    ObjectStore store = new ObjectStore(process, endpoint);
    try {
      store.create(bucket);
      return store;
    } catch (Exception e) {
      store.close();
      throw e;
    }
  }

  /** What S3A must be told of any store but Amazon's, as Hadoop's settings. */
  Map<String, String> place() {
    return Map.of("fs.s3a.endpoint", endpoint, "fs.s3a.path.style.access", "true");
  }

  /** Hadoop as the operator has it. */
  Configuration hadoop() {
    Map<String, String> settings = new TreeMap<>(place());
    settings.put("fs.s3a.access.key", USER);
    settings.put("fs.s3a.secret.key", SECRET);
    Configuration hadoop = new Configuration();
    settings.forEach(hadoop::set);
    return hadoop;
  }

  /** Of the class path of this test what S3A is made of, as spark-submit takes it. */
  static String jars() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(path -> S3A.matcher(path).find())
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** By a signed address, since S3A makes no buckets. */
  private void create(String bucket) throws Exception {
    long expires = Instant.now().plusSeconds(600).getEpochSecond();
    URI address =
        URI.create(
            "%s/%s?AWSAccessKeyId=%s&Expires=%s&Signature=%s"
                .formatted(
                    endpoint,
                    bucket,
                    USER,
                    expires,
                    signature("PUT\n\n\n" + expires + "\n/" + bucket)));
    HttpRequest put = HttpRequest.newBuilder(address).PUT(BodyPublishers.noBody()).build();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (true) {
      try {
        int status = HttpClient.newHttpClient().send(put, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          throw new IOException("the store answers with " + status);
        }
        return;
      } catch (ConnectException e) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }

  /** Amazon's, version 2. */
  private static String signature(String request) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] signed = mac.doFinal(request.getBytes(StandardCharsets.UTF_8));
    return URLEncoder.encode(Base64.getEncoder().encodeToString(signed), StandardCharsets.UTF_8);
  }
}
