package io.trunkline.sip.jain;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A stack alone in a process of its own, which answers every call in. It says its port, and then does what it is told
 * by lines: {@code call PORT} places a call, {@code heap} says how many bytes are in use.
 */
final class SmallStack {
    private SmallStack() {}

    public static void main(String[] args) throws IOException {
        try (Switchboard board = new Switchboard("small");
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            board.trunks(Trunk.peer("anybody-here", Switchboard.udp(9)));
            Thread.ofVirtual().start(() -> answer(board));
            System.out.println("port " + board.port);
            String order;
            while ((order = orders.readLine()) != null) {
                System.out.println(
                        order.startsWith("call ") ? call(board, Integer.parseInt(order.substring(5))) : heap());
            }
        }
    }

    private static void answer(Switchboard board) {
        while (true) {
            try {
                board.answerable().call().answer(Sdps.offer(50000));
            } catch (AssertionError e) {
                // nobody called for a while: the next
            }
        }
    }

    private static String call(Switchboard board, int port) {
        board.trunks(Trunk.peer("t", Switchboard.udp(port)));
        CallLog log = new CallLog();
        var call = board.call("t", "+15550100001", log);
        log.await(SipEvent.Answered.class);
        call.hangup(SipEnd.Reason.HANGUP_LOCAL);
        return "ended " + log.awaitEnd().reason();
    }

    private static String heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return "heap " + (runtime.totalMemory() - runtime.freeMemory()) + " " + runtime.maxMemory();
    }
}
