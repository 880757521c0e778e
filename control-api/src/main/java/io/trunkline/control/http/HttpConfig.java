package io.trunkline.control.http;

import java.util.List;

/**
 * Where the API listens.
 *
 * @param bind addresses; one whose family this machine lacks is skipped
 * @param port 0 takes any that is free
 * @param eventLoops how many event loops serve requests
 */
public record HttpConfig(List<String> bind, int port, int eventLoops) {}
