package io.trunkline.sip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house rules of sip-stack, each with the sentence a build that breaks it ends with. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.trunkline");

    @Test
    void dependsOnNoneOfOursAndOnNoServerLibrary() {
        noClasses()
                .that()
                .resideInAPackage("io.trunkline.sip..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.trunkline.media..", "io.trunkline.control..", "io.vertx..", "java.sql..", "java.net.http..")
                .because("sip-stack is signalling alone: no module of ours, no Vert.x, no HTTP, no SQL")
                .check(MAIN);
    }

    @Test
    void knowsJainSipInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.trunkline.sip.jain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.sip..", "gov.nist..")
                .because("JAIN-SIP stays behind io.trunkline.sip.jain; the rest speaks io.trunkline.sip.wire")
                .check(MAIN);
    }
}
