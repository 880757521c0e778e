package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the distribution carries, by the bill of materials that the build makes. */
class LicencesTest {
    private static final Path BILL =
            Path.of(System.getProperty("trunkline.home"), "control-api/target/trunkline.cdx.json");

    /** Of several licences one is enough: it is the user's choice. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "Bouncy Castle Licence", // MIT in its words
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-4-Clause", // FreeTTS says "BSD-style"
            "0BSD",
            "CC0-1.0",
            "Public Domain",
            "EPL-1.0",
            "EPL-2.0",
            "LGPL 2.1 license"); // unmodified

    @Test
    void everyLibraryThatIsShippedHasALicenceOfTheList() throws IOException {
        assumeTrue(Files.exists(BILL), "needs the bill of materials, which Maven makes");
        List<JsonObject> parts = objects(new JsonObject(Files.readString(BILL)).getJsonArray("components"));
        assertThat(parts).hasSizeGreaterThan(50);
        assertThat(parts)
                .allSatisfy(part ->
                        assertThat(licences(part)).as(part.getString("purl")).anyMatch(ALLOWED::contains));
    }

    private static List<String> licences(JsonObject part) {
        if ("io.trunkline".equals(part.getString("group"))) {
            return List.of("Apache-2.0");
        }
        return objects(part.getJsonArray("licenses", new JsonArray())).stream()
                .map(one -> one.getJsonObject("license", new JsonObject()))
                .flatMap(licence -> Stream.of(licence.getString("id", ""), licence.getString("name", "")))
                .toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
