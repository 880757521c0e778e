package io.trunkline.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house rules of rtp-engine, each with the sentence a build that breaks it ends with. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.trunkline");

    @Test
    void dependsOnNoneOfOursAndOnNoServerLibrary() {
        noClasses()
                .that()
                .resideInAPackage("io.trunkline.media..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.trunkline.sip..",
                        "io.trunkline.control..",
                        "io.vertx..",
                        "javax.sip..",
                        "gov.nist..",
                        "java.sql..",
                        "java.net.http..",
                        "io.netty.handler.codec.http..")
                .because("rtp-engine is media alone: no module of ours, no Vert.x, no JAIN-SIP, no HTTP, no SQL")
                .check(MAIN);
    }
}
