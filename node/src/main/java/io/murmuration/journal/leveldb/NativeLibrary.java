package io.murmuration.journal.leveldb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusesource.leveldbjni.internal.NativeDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads LevelDB's native library, once, where there is one for this machine.
 *
 * <p>leveldbjni unpacks it into the folder for temporary files and deletes it when the process ends in order: each killed process would leave one. So it is
 * given a folder of its own, which is deleted as soon as the library is loaded.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String FOLDER_PROPERTY = "library.leveldbjni.path";
    private static final boolean LOADED = load();

    private NativeLibrary() {}

    static boolean isLoaded() {
        return LOADED;
    }

    private static boolean load() {
        try {
            if (System.getProperty(FOLDER_PROPERTY) == null) {
                loadFromFolderOfItsOwn();
            } else {
                NativeDB.LIBRARY.load();
            }
            return true;
        } catch (LinkageError | IOException e) {
            LOG.info("No native LevelDB for this machine, using the slower one in Java: {}", e.getMessage());
            return false;
        }
    }

    private static void loadFromFolderOfItsOwn() throws IOException {
        var folder = Files.createTempDirectory("murmur-leveldb-");
        System.setProperty(FOLDER_PROPERTY, folder.toString());
        try {
            NativeDB.LIBRARY.load();
        } finally {
            System.clearProperty(FOLDER_PROPERTY);
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOG.debug("This system does not delete a library in use: {}", folder, e);
        }
    }
}
