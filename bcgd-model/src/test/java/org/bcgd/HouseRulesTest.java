// SPDX-License-Identifier: Apache-2.0
package org.bcgd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The laws of the house, as far as a machine can check them. */
@AnalyzeClasses(packages = "org.bcgd", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

  @ArchTest
  static final ArchRule arrowsOnlyPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("failure")
          .definedBy("org.bcgd.failure..")
          .layer("vector")
          .definedBy("org.bcgd.vector..")
          .layer("parallel")
          .definedBy("org.bcgd.parallel..")
          .layer("checksum")
          .definedBy("org.bcgd.checksum..")
          .layer("randomness")
          .definedBy("org.bcgd.randomness..")
          .layer("quantization")
          .definedBy("org.bcgd.quantization..")
          .layer("parameters")
          .definedBy("org.bcgd.parameters..")
          .layer("data")
          .definedBy("org.bcgd.data..")
          .layer("descent")
          .definedBy("org.bcgd.descent..")
          .layer("network")
          .definedBy("org.bcgd.network..")
          .layer("engine")
          .definedBy("org.bcgd.engine..")
          .layer("checkpoint")
          .definedBy("org.bcgd.checkpoint..")
          .layer("importing")
          .definedBy("org.bcgd.importing..")
          .layer("benchmark")
          .definedBy("org.bcgd.benchmark..")
          .layer("packed")
          .definedBy("org.bcgd.packed..")
          .layer("theory")
          .definedBy("org.bcgd.theory..")
          .layer("export")
          .definedBy("org.bcgd.export..")
          .whereLayer("failure")
          .mayNotAccessAnyLayer()
          .whereLayer("vector")
          .mayOnlyAccessLayers("failure")
          .whereLayer("parallel")
          .mayNotAccessAnyLayer()
          .whereLayer("checksum")
          .mayNotAccessAnyLayer()
          .whereLayer("randomness")
          .mayNotAccessAnyLayer()
          .whereLayer("quantization")
          .mayOnlyAccessLayers("parallel", "vector")
          .whereLayer("parameters")
          .mayOnlyAccessLayers("parallel", "vector", "checksum", "randomness", "quantization")
          .whereLayer("data")
          .mayOnlyAccessLayers("failure", "randomness")
          .whereLayer("descent")
          .mayOnlyAccessLayers("parallel", "vector", "parameters", "quantization")
          .whereLayer("network")
          .mayOnlyAccessLayers(
              "checksum", "failure", "randomness", "quantization", "parameters", "data")
          .whereLayer("engine")
          .mayOnlyAccessLayers("failure", "vector", "quantization", "parameters", "data", "network")
          .whereLayer("benchmark")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("checksum", "failure", "parameters", "descent")
          .whereLayer("importing")
          .mayOnlyAccessLayers("failure", "parameters")
          .whereLayer("packed")
          .mayOnlyAccessLayers(
              "checksum", "failure", "quantization", "parameters", "data", "engine")
          .whereLayer("theory")
          .mayOnlyAccessLayers("randomness", "quantization", "parameters", "descent")
          .whereLayer("export")
          .mayOnlyAccessLayers("quantization", "data", "engine", "packed");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("org.bcgd.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyNetworksAreDeeplearning4js =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.bcgd.network..", "org.bcgd.engine.graph..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
                  .and(
                      DescribedPredicate.not(
                          JavaClass.Predicates.resideInAPackage("org.nd4j.shade.."))));

  /** To look whether a file is whole loads no native library. */
  @ArchTest
  static final ArchRule wholenessNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("org.bcgd.data.transform.integrity")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax..", "org.bcgd.data.transform.integrity");

  /** ND4J carries the schema of ONNX, with a protobuf that no cluster's can clash with. */
  @ArchTest
  static final ArchRule onlyTheExportWritesOnnx =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bcgd.export")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("onnx..", "org.nd4j.shade.protobuf..");

  /** The engine reads graphs; their execution by Deeplearning4j is not its business. */
  @ArchTest
  static final ArchRule theEngineDoesNotRunDeeplearning4j =
      noClasses()
          .that()
          .resideInAPackage("org.bcgd.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j.linalg.factory..", "org.deeplearning4j.nn.graph..");

  /** What classifies with a packed model runs without the library that described its network. */
  @ArchTest
  static final ArchRule inferenceNeedsNoDeeplearning4j =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.bcgd.packed", "org.bcgd.engine.inference", "org.bcgd.engine.folded")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bcgd.network..", "org.deeplearning4j..", "org.nd4j..");

  @ArchTest
  static final ArchRule onlyTheEngineKnowsOneDnn =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bcgd.engine.onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco.dnnl..");

  @ArchTest
  static final ArchRule noneKnowsSparkOrHadoop =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule nothingIsRandomWithoutAKey =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bcgd.randomness")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Impl)");

  @ArchTest
  static final ArchRule nobodyEndsTheProcess =
      noClasses().should().callMethod(System.class, "exit", int.class);
}
