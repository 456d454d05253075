package io.urubu.schedd.rest;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Where and for whom the API serves.
 *
 * @param port on the loopback interface; 0 takes any free one
 * @param schedd its name, for which its tokens are made
 * @param keyFile made when missing
 * @param workFolder for the web server's own files
 */
public record RestSettings(
    int port,
    String schedd,
    Path keyFile,
    Path workFolder,
    InstantSource clock,
    SecureRandom random) {}
