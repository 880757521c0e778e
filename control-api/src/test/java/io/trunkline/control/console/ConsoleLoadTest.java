package io.trunkline.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RunningServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
            browser.awaitText(".page-head p", CALLS + " calls, " + CALLS + " live");
            browser.awaitTrue("all are up", "fetch('/v1/calls?status=in_progress&limit=1000').then(one => one.json())"
                    + ".then(page => page.items.length === " + CALLS + ")");
            double before = browser.processorSeconds();
            for (int i = 0; i < WATCHED_SECONDS; i++) {
                server.call(new JsonObject().put("to", "+15550100003")); // busy: comes and goes
                TimeUnit.SECONDS.sleep(1);
            }
            double share = (browser.processorSeconds() - before) / WATCHED_SECONDS;
            System.out.printf("the page used %.1f %% of a core%n", share * 100);
            assertThat(share).isLessThan(SHARE_OF_A_CORE);

            assertThat((Integer) browser.eval("document.querySelectorAll('.call-row').length"))
                    .as("only the rows in sight exist")
                    .isLessThan(60);
            browser.eval("document.querySelector('.calls-body').scrollTop = 1e6");
            browser.awaitTrue("the last row is the first call", "[...document.querySelectorAll('.call-row')].some(row =>"
                    + " row.getAttribute('aria-rowindex') === '" + (CALLS + WATCHED_SECONDS + 1) + "')");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
