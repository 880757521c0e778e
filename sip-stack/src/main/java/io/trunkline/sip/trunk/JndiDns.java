package io.trunkline.sip.trunk;

import io.trunkline.sip.Trunk.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DNS by the JDK: addresses from the system's resolver, SRV and NAPTR through JNDI. */
public final class JndiDns implements Dns {
    private static final Logger LOG = LoggerFactory.getLogger(JndiDns.class);

    /** {@code dns://address:port}; empty is the system's. */
    private final Optional<String> server;

    public JndiDns() {
        this(Optional.empty());
    }

    public JndiDns(Optional<String> server) {
        this.server = server;
    }

    @Override
    public List<InetAddress> addresses(String host) {
        if (server.isPresent() && !host.matches("[0-9.]+|.*:.*")) {
            return asked(host);
        }
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            LOG.debug("no address for {}", host);
            return List.of();
        }
    }

    /** By the given server alone. */
    private List<InetAddress> asked(String host) {
        List<InetAddress> found = new ArrayList<>();
        for (String type : List.of("A", "AAAA")) {
            lookup(host, type).forEach(text -> found.add(InetAddress.ofLiteral(text)));
        }
        return found;
    }

    @Override
    public List<Target> services(String domain, Transport transport) {
        List<Target> found = new ArrayList<>();
        for (String name : names(domain, transport)) {
            found.addAll(srv(name, transport));
        }
        return found;
    }

    /** RFC 3263 4.1: NAPTR names the SRV records of a transport; without one the usual name is asked. */
    private List<String> names(String domain, Transport transport) {
        String service =
                switch (transport) {
                    case UDP -> "SIP+D2U";
                    case TCP -> "SIP+D2T";
                    case TLS -> "SIPS+D2T";
                };
        List<String> replacements = lookup(domain, "NAPTR").stream()
                .map(line -> line.split("\\s+", -1))
                .filter(f -> f.length >= 6 && f[3].replace("\"", "").equalsIgnoreCase(service))
                .sorted(Comparator.comparingInt((String[] f) -> Integer.parseInt(f[0]))
                        .thenComparingInt(f -> Integer.parseInt(f[1])))
                .map(f -> f[f.length - 1])
                .toList();
        String usual = (transport == Transport.TLS
                        ? "_sips._tcp."
                        : "_sip._" + transport.name().toLowerCase(Locale.ROOT) + ".")
                + domain;
        return replacements.isEmpty() ? List.of(usual) : replacements;
    }

    private List<Target> srv(String name, Transport transport) {
        record Service(int priority, int weight, Target target) {}
        List<Service> services = new ArrayList<>();
        for (String line : lookup(name, "SRV")) {
            String[] f = line.split("\\s+", -1);
            if (f.length == 4 && !f[3].equals(".") && f[2].matches("\\d+")) {
                String host = f[3].endsWith(".") ? f[3].substring(0, f[3].length() - 1) : f[3];
                services.add(new Service(
                        Integer.parseInt(f[0]),
                        Integer.parseInt(f[1]),
                        new Target(host, Integer.parseInt(f[2]), transport)));
            }
        }
        Collections.shuffle(services);
        services.sort(Comparator.comparingInt(Service::priority).thenComparingInt(s -> -s.weight()));
        return services.stream().map(Service::target).toList();
    }

    /** The names come from our configuration and from DNS; records are read as text, no object is ever made of them. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private List<String> lookup(String name, String type) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        server.ifPresent(url -> settings.put(Context.PROVIDER_URL, url));
        settings.put("com.sun.jndi.dns.timeout.initial", "800");
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        List<String> lines = new ArrayList<>();
        try {
            DirContext context = new InitialDirContext(settings);
            Attribute records = context.getAttributes(name, new String[] {type}).get(type);
            if (records != null) {
                NamingEnumeration<?> all = records.getAll();
                while (all.hasMore()) {
                    lines.add(String.valueOf(all.next()));
                }
            }
            context.close();
        } catch (NamingException e) {
            LOG.debug("no {} for {}", type, name);
        }
        return lines;
    }
}
