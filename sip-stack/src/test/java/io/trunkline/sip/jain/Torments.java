package io.trunkline.sip.jain;

import java.util.List;

/** Messages after RFC 4475 and RFC 5118, as a phone on this port of loopback would send them by UDP. */
@SuppressWarnings("StringConcatToTextBlock") // a text block ends its lines with LF alone
record Torments(int port) {
    private String via(String branch) {
        return "Via: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bK" + branch + "\r\n";
    }

    /** A sound request, from which others are made. */
    String options(String id) {
        return "OPTIONS sip:us@127.0.0.1 SIP/2.0\r\n" + via(id) + "From: <sip:p@127.0.0.1>;tag=" + id + "\r\n"
                + "To: <sip:us@127.0.0.1>\r\nCall-ID: " + id
                + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    /** After the RFCs, one line each, and plain rubbish. */
    List<String> messages() {
        return List.of(
                // 4475 3.1.1.1: short, tortuous, legal
                "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\r\nTO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n"
                        + "from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8\r\nMaX-fOrWaRdS: 0068\r\n"
                        + "Call-ID: wsinv.ndaksdj@192.0.2.1\r\nContent-Length   : 0\r\ncseq: 0009\r\n  INVITE\r\nVia  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw\r\n"
                        + "s :\r\nNewFangledHeader:   newfangled value\r\n continued newfangled value\r\nUnknownHeaderWithUnusualValue: ;;,,;;,;\r\n\r\n",
                // 3.1.1.2 wide range of characters in tokens
                "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\r\n"
                        + via("tok")
                        + "To: <sip:a@b>\r\nFrom: <sip:c@d>;tag=1\r\nCall-ID: tok\r\nCSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\r\nContent-Length: 0\r\n\r\n",
                // 3.1.1.4 escaped nulls
                "REGISTER sip:example.com SIP/2.0\r\nTo: sip:null-%00-null@example.com\r\nFrom: sip:null-%00-null@example.com;tag=8\r\nCall-ID: esc\r\nCSeq: 14 REGISTER\r\n"
                        + via("esc") + "Contact: <sip:%00@host5.example.com>\r\nL:0\r\n\r\n",
                // 3.1.2.1 extraneous separators
                "INVITE sip:user@example.com SIP/2.0\r\nTo: sip:j.user@example.com\r\nFrom: sip:caller@example.net;tag=134161461246\r\nCall-ID: bad1\r\nCSeq: 8 INVITE\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.15;;,;,,\r\nContact: \"Joe\" <sip:joe@example.org>;;;;\r\nContent-Length: 0\r\n\r\n",
                // 3.1.2.2 content length larger than the message
                options("len").replace("Content-Length: 0", "Content-Length: 9999"),
                // 3.1.2.3 negative content length
                options("neg").replace("Content-Length: 0", "Content-Length: -999"),
                // 3.1.2.4 overlarge scalars
                options("big")
                        .replace("CSeq: 1 ", "CSeq: 36893488147419103232 ")
                        .replace("Max-Forwards: 70", "Max-Forwards: 300"),
                // 3.1.2.6 unterminated quoted string
                options("quo").replace("To: <sip:us", "To: \"Mr. J. User <sip:us"),
                // 3.1.2.7 angle brackets round the request URI
                options("ang").replace("OPTIONS sip:us@127.0.0.1", "OPTIONS <sip:us@127.0.0.1>"),
                // 3.1.2.8 spaces in the request URI, 3.1.2.9 several
                options("spc").replace("OPTIONS sip:us@127.0.0.1", "OPTIONS sip:us@127.0.0.1; lr"),
                options("sp2").replace("OPTIONS sip", "OPTIONS  sip"),
                // 3.1.2.13 failure to enclose name-addr, 3.1.2.16 unknown version
                options("nam").replace("From: <sip:p@127.0.0.1>", "From: Bell, Alexander <sip:p@127.0.0.1>"),
                options("ver").replace(" SIP/2.0\r\n", " SIP/7.0\r\n"),
                // 3.1.2.17 and .18 CSeq method mismatch
                options("mis").replace("1 OPTIONS", "1 INVITE"),
                // 3.1.2.19 overlarge response code
                "SIP/2.0 4294967301 better not break the receiver\r\n" + via("resp")
                        + "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: resp\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
                // 3.2.1 missing transaction identifier, 3.3.1 missing required headers, 3.3.2 and 3.3.4 unknown schemes
                options("").replace(";branch=z9hG4bK", ""),
                "INVITE sip:user@example.com SIP/2.0\r\nCSeq: 193942 INVITE\r\nVia: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf\r\nContent-Length: 0\r\n\r\n",
                options("nobody")
                        .replace("OPTIONS sip:us@127.0.0.1", "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent"),
                options("http").replace("OPTIONS sip:us@127.0.0.1", "OPTIONS http://example.com"),
                // 3.1.1.3 and .5 percent-escapes, 3.1.1.6 blanks around line wraps, 3.1.1.7 long values
                options("esc1").replace("sip:us@", "sip:sips%3Auser%40example.com@"),
                options("esc2").replace("To: <sip:us@", "To: \"%Z%45\" <sip:u%73@"),
                options("lws").replace("Max-Forwards: 70", "Max-Forwards:\r\n\t \t70"),
                options("lng").replace("tag=", "x=" + "l".repeat(3000) + ";tag="),
                // 3.1.1.8 more after the body, 3.1.1.9 a semicolon in the user part, 3.1.1.10 odd transports
                options("dbl") + "INVITE sip:x@y SIP/2.0\r\nCall-ID: inside\r\n\r\n",
                options("sem").replace("sip:us@", "sip:user;par=u%40example.net@"),
                options("trn").replace("To:", "Via: SIP/2.0/UNKNOWN t.example;branch=z9hG4bKunk\r\nTo:"),
                // 3.1.1.12 and .13 a reason phrase of other letters, and none
                response("200 = 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e"),
                response("100 "),
                // 3.1.2.10 to .15: a wrong date, a name-addr without brackets, a bad From tag and display name
                options("dat").replace("Max-Forwards", "Date: Fri, 01 Jan 2010 16:00:00 EST\r\nMax-Forwards"),
                options("ctc")
                        .replace("Max-Forwards", "Contact: sip:user@example.com?Route=%3Csip:x%3E\r\nMax-Forwards"),
                options("asp").replace("To: <sip:us@", "To: <sip:u s@"),
                options("bdn").replace("From: <", "From: Bell; Alexander \"<>\" <"),
                // 3.3.5 unknown extensions, 3.3.6 an unknown body, 3.3.7 an unknown scheme of credentials
                options("ext")
                        .replace(
                                "Max-Forwards",
                                "Require: nothingSupportsThis\r\nProxy-Require: nor-this\r\nMax-Forwards"),
                options("unk")
                                .replace(
                                        "Content-Length: 0",
                                        "Content-Type: application/unknowntype\r\nContent-Length: 9")
                        + "<audio />",
                options("aut")
                        .replace(
                                "Max-Forwards", "Authorization: NoOneKnowsThisScheme opaque-data=here\r\nMax-Forwards"),
                // 3.3.10 to .14: an answer to somebody else, no hops left, contact parameters, escaped headers
                response("200 OK").replace("127.0.0.1:" + port, "192.0.2.198:9"),
                options("hop").replace("Max-Forwards: 70", "Max-Forwards: 0"),
                options("cpa")
                        .replace(
                                "Max-Forwards",
                                "Contact: <sip:+19725552222@gw1.example.net;unknownparam>;;expires=x\r\nMax-Forwards"),
                // 3.4.1 before RFC 3261: no branch, no tag
                options("old").replace(";branch=z9hG4bKold", "").replace(";tag=old", ""),
                // 3.3.8 multiple values in single-value fields, 3.3.9 multiple content lengths
                options("mul")
                        .replace(
                                "CSeq: 1 OPTIONS\r\n",
                                "CSeq: 1 OPTIONS\r\nCSeq: 59 INVITE\r\nCall-ID: other\r\nTo: <sip:x@y>\r\n"),
                options("cls").replace("Content-Length: 0", "Content-Length: 5\r\nContent-Length: 138"),
                // 3.3.15 an unacceptable body, 4.1 a fragment
                "INVITE sip:+1555@127.0.0.1 SIP/2.0\r\nContent-Type",
                // 5118 4.1 to 4.10: IPv6 with and without brackets and odd colons
                options("v61").replace("sip:us@127.0.0.1 SIP", "sip:[2001:db8::10] SIP"),
                options("v62").replace("sip:us@127.0.0.1 SIP", "sip:2001:db8::10 SIP"),
                options("v63").replace("sip:us@127.0.0.1 SIP", "sip:[2001:db8::10:5070] SIP"),
                options("v64").replace("127.0.0.1:" + port, "[2001:db8::9:1];received=[2001:db8:::192.0.2.1]"),
                "\0\0\0\0",
                "\r\n\r\n",
                "\r\n".repeat(2000),
                "A".repeat(60_000),
                "INVITE " + "a".repeat(20_000) + " SIP/2.0\r\n\r\n");
    }

    private String response(String status) {
        return "SIP/2.0 " + status + "\r\n" + via("resp2") + "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\n"
                + "Call-ID: resp2\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
    }

    /** Legal beginnings that go on and on, or in and in. */
    List<String> monsters() {
        String multipart = "--0\r\n".repeat(15_000);
        return List.of(
                options("m1").replace("Max-Forwards", "X: " + "(".repeat(40_000) + "\r\nMax-Forwards"),
                options("m2").replace("To: <", "To: \"" + "\\\\".repeat(20_000) + "\" <"),
                options("m3").replace("From: <", "From: " + "<".repeat(30_000)),
                options("m4").replace("Max-Forwards", "a: b\r\n".repeat(9_000) + "Max-Forwards"),
                options("m5")
                        .replace(
                                "Max-Forwards", "Contact: " + "<sip:a@b>,".repeat(5_000) + "<sip:c@d>\r\nMax-Forwards"),
                options("m6").replace("Max-Forwards", "Route: <sip:" + "a.".repeat(20_000) + "b;lr>\r\nMax-Forwards"),
                options("m7").replace("To: <sip:us@", "To: <sip:" + "%00".repeat(10_000) + "@"),
                options("m8").replace("sip:us@127.0.0.1 SIP", "sip:us@[" + "1:".repeat(20_000) + "] SIP"),
                options("m9").replace("Max-Forwards", "Via: SIP/2.0/UDP " + ";x=y".repeat(12_000) + "\r\nMax-Forwards"),
                options("m10").replace("Max-Forwards", "Accept: " + "multipart/".repeat(5_000) + "\r\nMax-Forwards"),
                options("m11")
                                .replace(
                                        "Content-Length: 0",
                                        "Content-Type: multipart/mixed;boundary=0\r\nContent-Length: "
                                                + multipart.length())
                        + multipart,
                options("m12").replace("Max-Forwards", "Subject:" + "\r\n x".repeat(15_000) + "\r\nMax-Forwards"));
    }
}
