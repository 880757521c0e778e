package io.trunkline.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RunningServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the console, in a real browser against the whole program. */
class ConsoleWalkTest {
    private static final long FIRST_VIEW_BYTES = 300_000;
    private static final double FIRST_VIEW_MILLIS = 1_000;

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Hook hook;

    private Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Browser.assumeInstalled();
        server = new RunningServer(folder);
        hook = new Hook();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
            hook.close();
        }
    }

    @BeforeEach
    void openBrowser() throws Exception {
        browser = new Browser(Files.createTempDirectory(folder, "chromium"));
    }

    /** Whatever was done: no error, no warning, and no other host was asked. */
    @AfterEach
    void nothingWasWrong() {
        try {
            assertThat(browser.complaints()).isEmpty();
            browser.assertOnlyAsked(server.url());
        } finally {
            browser.close();
        }
    }

    @Test
    void placesACallWatchesItHearsItReadsItsSignallingAndSendsAWebhookAgain() throws Exception {
        signIn();
        browser.click("a.button[href='/console/place']");
        browser.type("[name=to]", "+15550100002");
        browser.type(
                "[name=say_text]",
                "Hello, this is a call that was placed by hand, and that speaks for a while: long enough for whoever listens"
                        + " to make up their mind about who it was that answered. After that it says goodbye, and hangs up.");
        choose("[name=record]", "dual");
        choose("[name=amd]", "curve");
        browser.eval("document.querySelector('details').open = true");
        browser.type("[name=callback_url]", hook.url());
        browser.awaitText("pre.code", "\"hypotheses\": true");
        look("place");
        browser.click("form .button.primary");

        browser.awaitText(".call-head .chip", "In progress");
        browser.awaitTrue("a curve grows", "document.querySelector('.curve.machine')?.getAttribute('d').length > 40");
        look("call-live");
        browser.awaitText(".call-head .chip", "Completed");
        browser.awaitText(".call-head .tag", "machine");

        browser.awaitTrue(
                "the waveform is drawn",
                "document.querySelector('.wave .played path')?.getAttribute('d').length > 500");
        browser.awaitTrue("its quality is drawn", "document.querySelector('svg .curve.mos')");
        look("call-over");
        browser.eval("document.querySelector('audio').muted = true");
        browser.click(".player .round");
        browser.awaitTrue("the recording plays", "document.querySelector('audio').currentTime > 0.2");

        assertThat((Integer) browser.eval("document.querySelectorAll('.ladder g[role=button]').length"))
                .isGreaterThanOrEqualTo(6);
        browser.eval("document.querySelector('.ladder g[role=button]').dispatchEvent(new Event('click'))");
        browser.awaitText("pre.code", "INVITE sip:+15550100002@");

        browser.awaitText(".deliveries", "delivered");
        long before = hook.received("call.created");
        browser.click(".deliveries .button");
        RunningServer.await("the webhook comes again", () -> hook.received("call.created") > before);
        accessible("a call");
    }

    @Test
    void controlsALiveCallByHand() throws Exception {
        signIn();
        String id = server.call(new JsonObject().put("to", "+15550100006").put("tag", "by hand"));
        browser.awaitText(".call-row a", "+15550100006");
        browser.awaitText(".call-row .chip", "In progress");
        browser.eval("document.activeElement.blur()");
        browser.press("j");
        browser.press("Enter");
        browser.awaitTrue("the call's page", "location.pathname === '/console/calls/" + id + "'");
        browser.type("form[data-verb=say] input", "Somebody speaks.");
        browser.press("Enter");
        server.awaitEvent(id, "playback.started");
        browser.awaitTrue("the timeline shows it", "document.querySelector('.bar-play')");
        browser.click("[data-verb=record]");
        server.awaitEvent(id, "recording.started");
        browser.type("form[data-verb=send] input", "12#");
        browser.press("Enter");
        browser.click("[data-verb=hangup]");
        browser.awaitText(".call-head .chip", "Completed");
        browser.awaitTrue("the hand is gone", "document.querySelector('.controls.hidden')");
    }

    @Test
    void talksToAPhoneThroughTheBrowserAndTakesOverACallThatRuns() throws Exception {
        signIn();
        browser.open(server.url() + "/console/place?kind=webrtc&to=%2B15550100006");
        browser.awaitTrue("the kind is offered", "document.querySelector('[name=kind][value=webrtc]')?.checked");
        browser.click("form .button.primary");
        browser.awaitText(".call-head .chip", "In progress");
        browser.awaitTrue("it is connected", "document.querySelector('[data-talk=connected]')");
        String id = String.valueOf(browser.eval("location.pathname.split('/').at(-1)"));
        server.awaitEvent(id, "webrtc.connected");
        look("talk");
        browser.click(".talk-bar .danger");
        server.awaitEvent(id, "call.ended");
        browser.awaitTrue("nobody is talked to", "document.querySelector('.talk-bar.hidden')");

        String other = server.call(new JsonObject().put("to", "+15550100006"));
        server.awaitEvent(other, "call.answered");
        browser.open(server.url() + "/console/calls/" + other);
        browser.click("[data-verb=webrtc]");
        server.awaitEvent(other, "webrtc.connected");
        browser.click("[data-verb=hangup]");
        server.awaitEvent(other, "call.ended");
        browser.awaitTrue("the browser hears of it", "document.querySelector('.talk-bar.hidden')");
    }

    @Test
    void filtersLiveInTheAddressAndKeysLeadAround() throws Exception {
        signIn();
        String busy = server.call(new JsonObject().put("to", "+15550100003"));
        server.awaitEvent(busy, "call.ended");
        browser.awaitText(".call-row .chip", "Busy");
        choose("select[aria-label=Status]", "busy");
        browser.awaitTrue("the address says so", "location.search === '?status=busy'");
        browser.open(server.url() + "/console/calls?status=busy");
        browser.awaitText(".call-row .chip", "Busy");
        browser.awaitTrue(
                "nothing else is shown",
                "[...document.querySelectorAll('.call-row .chip')].every(one => one.textContent === 'Busy')");
        browser.press("/");
        browser.awaitTrue("the search has the focus", "document.activeElement.type === 'search'");
        browser.press("Escape");
        browser.press("?");
        browser.awaitText("dialog[open]", "Place a call");
        look("keys");
    }

    @Test
    void addsATrunkAndProbesIt() throws Exception {
        signIn();
        browser.open(server.url() + "/console/trunks");
        browser.awaitText(".empty", "No trunk yet");
        browser.click(".page-head .button");
        browser.type("dialog [name=name]", "carrier");
        browser.type("dialog [name=host]", "127.0.0.1");
        browser.type("dialog [name=port]", String.valueOf(server.sipPort()));
        browser.type("dialog [name=prefixes]", "+999");
        browser.click("dialog .button.primary");
        browser.click("[data-trunk=carrier]");
        browser.awaitTrue("a report", "document.querySelector('[data-probe]')");
        browser.awaitText(".probe", "127.0.0.1");
        look("trunks");
        accessible("trunks");
        browser.open(server.url() + "/console/start");
        browser.awaitText("[data-step='Add your trunk']", "carrier");
        look("start");
    }

    @Test
    void theFirstViewIsSmallAndSwift() throws Exception {
        signIn();
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 3 && best > FIRST_VIEW_MILLIS; i++) {
            browser.tools().ask("Network.clearBrowserCache", new JsonObject());
            long before = browser.received();
            browser.open(server.url() + "/console/calls?tag=view" + i);
            browser.awaitTrue(
                    "the list", "location.search === '?tag=view" + i + "' && document.querySelector('.calls-body')");
            best = Math.min(
                    best,
                    ((Number) browser.eval(
                                    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 9999"))
                            .doubleValue());
            assertThat(browser.received() - before).isBetween(10_000L, FIRST_VIEW_BYTES);
        }
        assertThat(best).isLessThan(FIRST_VIEW_MILLIS);
    }

    @Test
    void everyPageIsAccessibleInLightAndDarkAndFitsAPhone() throws Exception {
        browser.open(server.url() + "/console");
        browser.awaitTrue("the door", "document.querySelector('#key')");
        look("sign-in");
        accessible("sign-in");
        signIn();
        for (String page : new String[] {
            "calls",
            "place",
            "dashboard",
            "start",
            "trunks",
            "numbers",
            "keys",
            "money",
            "webhooks",
            "voices",
            "sandbox"
        }) {
            browser.open(server.url() + "/console/" + page);
            browser.awaitTrue(page, "document.querySelector('.main h1') && location.pathname.endsWith('" + page + "')");
            accessible(page);
            browser.dark(true);
            accessible(page + " in the dark");
            browser.size(390, 800, true);
            assertThat(browser.eval("document.documentElement.scrollWidth <= innerWidth"))
                    .as(page + " fits a phone")
                    .isEqualTo(true);
            look(page + "-phone-dark");
            browser.size(1280, 860, false);
            browser.dark(false);
        }
    }

    @Test
    void signedOutIsSignedOut() throws Exception {
        signIn();
        browser.eval("[...document.querySelectorAll('button')].find(one => one.textContent === 'Sign out').click()");
        browser.awaitTrue("the door", "document.querySelector('#key')");
        browser.open(server.url() + "/console/calls");
        browser.awaitTrue("the door again", "document.querySelector('#key')");
    }

    private void signIn() throws Exception {
        browser.open(server.url() + "/console");
        browser.type("#key", RunningServer.ADMIN_KEY);
        browser.press("Enter");
        browser.awaitTrue("signed in", "document.querySelector('.calls-body')");
        browser.awaitText(".rail-foot .chip", "Live");
    }

    private void choose(String selector, String value) throws InterruptedException {
        browser.awaitTrue(selector, "document.querySelector(" + Browser.quoted(selector) + ")");
        browser.eval("(() => { const one = document.querySelector(" + Browser.quoted(selector) + "); one.value = '"
                + value + "'; one.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    private void look(String name) throws Exception {
        browser.screenshot(name);
    }

    private void accessible(String what) throws Exception {
        browser.eval("window.axe || (() => {" + AxeCore.script() + "})(), true");
        Object found = browser.eval(
                "axe.run().then(done => done.violations.filter(one => one.impact === 'serious' || one.impact === 'critical')"
                        + ".map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 160)).join(' | ')).join('; '))");
        assertThat(found).as("serious findings of axe: " + what).isEqualTo("");
    }
}
