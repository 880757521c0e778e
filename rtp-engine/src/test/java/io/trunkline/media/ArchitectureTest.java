package io.trunkline.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
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

    private static final String[] MEDIA_PATH = {
        "io.trunkline.media.loop..",
        "io.trunkline.media.net..",
        "io.trunkline.media.rtp..",
        "io.trunkline.media.graph.."
    };

    @Test
    void theMediaPathNeverLogs() {
        noClasses()
                .that()
                .resideInAnyPackage(MEDIA_PATH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..", "io.netty.util.internal.logging..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a media thread counts, it does not log")
                .check(MAIN);
    }

    @Test
    void theMediaPathNeverWaitsForALock() {
        noClasses()
                .that()
                .resideInAnyPackage(MEDIA_PATH)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.concurrent\\.(locks\\.(?!LockSupport).*|.*BlockingQueue|Semaphore|CountDownLatch)")
                .because("a media thread waits for nobody")
                .check(MAIN);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(MEDIA_PATH)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because("a media thread waits for nobody")
                .check(MAIN);
    }
}
