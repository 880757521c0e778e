package io.trunkline.control;

import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.TestPki;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** baresip, which picks up at once and says back what it hears. */
final class Softphone implements AutoCloseable {
    static final String NUMBER = "+15551230001";

    private final String address;
    private final int port;
    private final Path home;
    private final Process process;

    /**
     * @param address where it is: it names this one in its media, wherever it was called at
     * @param account what its account says beside its name, such as {@code ;mediaenc=srtp-mand}
     * @param commands what it does first, such as {@code /dial sip:…}
     */
    Softphone(Path home, String address, TestPki pki, String account, String... commands) throws Exception {
        this.address = address;
        this.home = home;
        port = FreePorts.next();
        Files.createDirectories(home);
        TestPki.Issued own = pki.issue(address);
        Files.writeString(home.resolve("own.pem"), own.certificate() + own.key());
        Files.writeString(home.resolve("root.pem"), pki.rootPem());
        Files.writeString(home.resolve("uuid"), "11111111-2222-3333-4444-555555555555");
        Files.writeString(
                home.resolve("accounts"),
                "<sip:" + NUMBER + "@" + address + ":" + port + ">;regint=0;answermode=auto" + account);
        Files.writeString(home.resolve("config"), config());
        List<String> command = new ArrayList<>(List.of("baresip", "-f", home.toString(), "-v"));
        Arrays.stream(commands).forEach(one -> command.addAll(List.of("-e", one)));
        process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        RunningServer.await("baresip is up", () -> log().contains("baresip is ready"));
    }

    static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/baresip"));
    }

    static Optional<String> ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    private String config() {
        return String.join(
                "\n",
                "sip_listen " + address + ":" + port,
                "sip_certificate " + home.resolve("own.pem"),
                "sip_cafile " + home.resolve("root.pem"),
                "rtcp_mux yes",
                // No ringback tone: it would take the echo's device away from the call.
                "audio_path " + home,
                "audio_player aubridge,echo",
                "audio_source aubridge,echo",
                "audio_alert aubridge,alert",
                "module_path /usr/lib/baresip/modules",
                "module g711.so",
                "module opus.so",
                "module aubridge.so",
                "module srtp.so",
                "module dtls_srtp.so",
                "module ice.so",
                "module_tmp account.so",
                "module_app menu.so",
                "");
    }

    int port() {
        return port;
    }

    /** It listens for TLS beside its port for UDP and TCP. */
    int tlsPort() {
        return port + 1;
    }

    String log() {
        try {
            return Files.readString(home.resolve("log"));
        } catch (IOException notYet) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }
}
