package io.trunkline.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RunningServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of calls while hundreds are up and new ones come and go. */
@Tag("full")
class ConsoleLoadTest {
    private static final int CALLS = 500;
    private static final int WATCHED_SECONDS = 20;
    private static final double SHARE_OF_A_CORE = 0.30;

    private static final double NOISE_MICROS = 5_000;
    private static final Pattern LATE = Pattern.compile("(?m)^trunkline_media_lateness_p99_micros(?:\\{.*})? (\\S+)");

    @TempDir
    static Path folder;

    @BeforeAll
    static void needsChromium() {
        Browser.assumeInstalled();
    }

    @Test
    void fiveHundredLiveCallsCostThePageLessThanAThirdOfACore() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                Browser browser = new Browser(Files.createTempDirectory(folder, "chromium"))) {
            browser.open(server.url() + "/console");
            browser.type("#key", RunningServer.ADMIN_KEY);
            browser.press("Enter");
            browser.awaitText(".rail-foot .chip", "Live");
            for (int i = 0; i < CALLS; i++) {
                server.call(new JsonObject().put("to", "+15550100001"));
            }
            browser.awaitText(".page-head p", CALLS + " calls, ");
            browser.awaitTrue(
                    "nearly all are up",
                    "fetch('/v1/calls?status=in_progress&limit=1000').then(one => one.json())"
                            + ".then(page => page.items.length >= " + CALLS * 0.9 + ")");
            double lateBefore = lateMicros(browser);
            double before = browser.processorSeconds();
            for (int i = 0; i < WATCHED_SECONDS; i++) {
                server.call(new JsonObject().put("to", "+15550100003")); // busy: comes and goes
                TimeUnit.SECONDS.sleep(1);
            }
            double share = (browser.processorSeconds() - before) / WATCHED_SECONDS;
            double lateAfter = lateMicros(browser);
            System.out.printf(
                    "the page used %.1f %% of a core; p99 of lateness %.0f µs, then %.0f µs%n",
                    share * 100, lateBefore, lateAfter);
            assertThat(share).isLessThan(SHARE_OF_A_CORE);
            assertThat(lateAfter).isLessThan(2 * lateBefore + NOISE_MICROS);

            assertThat((Integer) browser.eval("document.querySelectorAll('.call-row').length"))
                    .as("only the rows in sight exist")
                    .isLessThan(60);
            browser.eval("document.querySelector('.calls-body').scrollTop = 1e6");
            browser.awaitTrue(
                    "the last row is the first call",
                    "[...document.querySelectorAll('.call-row')].some(row =>"
                            + " row.getAttribute('aria-rowindex') === '" + (CALLS + WATCHED_SECONDS + 1) + "')");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** How late the switch sends the latest of a hundred packets. */
    private static double lateMicros(Browser browser) {
        String figures = String.valueOf(browser.eval("fetch('/metrics').then(answer => answer.text())"));
        Matcher found = LATE.matcher(figures);
        assertThat(found.find()).as("the figure is there").isTrue();
        return Double.parseDouble(found.group(1));
    }
}
